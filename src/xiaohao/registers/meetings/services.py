"""Writing items and the sheet of a meeting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from xiaohao.core.models import Account, Person
from xiaohao.core.services import records
from xiaohao.ledger.register import change_plainly, create_plainly
from xiaohao.ledger.services import controls
from xiaohao.registers.meetings.models import Item, Meeting
from xiaohao.registers.meetings.recusal import kin_named, names_of


def derived(item: Item, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with what follows from them: the kin that are named, and who spoke last."""
    known = dict(values)
    if "concerned_others" in known:
        known["concerned_kin"] = kin_named(item.organ, known["concerned_others"])
    if "speaking_order" in known:
        names = names_of(known["speaking_order"])
        people = item.organ.people.filter(name__in=names[-1:]).order_by("left_on", "pk")
        if names and not people:
            raise ValidationError({"speaking_order": _("名册里没有“%(name)s”。") % {"name": names[-1]}})
        known["last_speaker"] = people.first() if names else None
    return known


def create_item(item: Item, values: Mapping[str, Any], by: Account) -> Any:
    """Create an item with what follows from it."""
    return create_plainly(item, derived(item, values), by)


def change_item(item: Item, values: Mapping[str, Any], by: Account, expected_version: int) -> Any:
    """Change an item with what follows from it."""
    return change_plainly(item, derived(item, values), by, expected_version)


@dataclass(frozen=True)
class ItemRecord:
    """What is written down of an item in the meeting."""

    item: Item
    values: Mapping[str, Any] = field(default_factory=dict)
    recused: Sequence[Person] = ()


@transaction.atomic
def record_sheet(
    *,
    meeting: Meeting,
    present: Sequence[Person],
    absences: str,
    items: Sequence[ItemRecord],
    by: Account,
    expected_version: int,
) -> Meeting:
    """Write down who came, who left for which item, who spoke in which order, and the votes.

    What happened is written as it happened; what broke a rule the controls then say. Refused is only what
    cannot be: people who were not invited, more votes than voters.
    """
    entitled = set(meeting.members.all())
    strangers = [person.name for person in present if person not in entitled]
    if strangers:
        raise ValidationError(_("不在应到名单里：%(names)s。") % {"names": "、".join(strangers)})
    changed = records.change(
        meeting,
        {"present": list(present), "absences": absences, "state": Meeting.State.HELD},
        by=by,
        action="decision_meeting.recorded",
        expected_version=expected_version,
    )
    for one in items:
        _record_item(one, set(present), by)
    controls.run_for(changed)
    return changed


def _record_item(one: ItemRecord, present: set[Person], by: Account) -> None:
    voters = len(present - set(one.recused))
    votes = sum(one.values.get(name) or 0 for name in ("votes_for", "votes_against", "votes_abstain"))
    if votes > voters:
        raise ValidationError(
            _("%(item)s：票数 %(votes)s 多于参加表决的 %(voters)s 人。")
            % {"item": one.item, "votes": votes, "voters": voters}
        )
    values = derived(one.item, {**one.values, "recused": list(one.recused)})
    changed = records.change(one.item, values, by=by, action="meeting_item.recorded")
    controls.run_for(changed)

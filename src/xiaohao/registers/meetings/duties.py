"""Reminded before the meeting: who must leave for which item."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.core.models import Organ
from xiaohao.ledger.duties import Duty, declare
from xiaohao.registers.meetings.models import Item, Meeting
from xiaohao.registers.meetings.recusal import recusals

AHEAD = (Meeting.State.PLANNED, Meeting.State.SENT)


def _recusals(organ: Organ, _today: dt.date, people: frozenset[int] | None) -> Iterable[Duty]:
    """Yield a reminder to each member who must leave, and to the chair; a fixed number of queries."""
    rows = Item.objects.filter(organ=organ, meeting__state__in=AHEAD).select_related("meeting__kind")
    items = list(rows.prefetch_related("concerned", "concerned_kin__person", "recused", "meeting__members"))
    for item in items:
        for one in recusals([item], item.meeting.members.all())[item.pk]:
            for person in {one.person.pk, item.meeting.chair_id}:
                if people is None or person in people:
                    yield Duty(
                        key=f"meetings.recusal:{item.pk}:{one.person.pk}",
                        person=person,
                        what=_("会议回避提醒：%(name)s应当回避") % {"name": one.person.name},
                        subject=f"{item.meeting} {item.title}",
                        address=reverse("meetings_item", args=[item.meeting_id]),
                        due_on=item.meeting.held_on,
                    )


declare("meetings.recusals", _recusals)

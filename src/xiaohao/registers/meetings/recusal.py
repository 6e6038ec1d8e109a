"""Who must leave when an item is discussed: those it concerns, and those whose kin it concerns.

《公务员法》第七十四条、第七十六条; 《党政领导干部选拔任用工作条例》.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xiaohao.core.models import Organ, Person
from xiaohao.registers.meetings.models import Item, Kin

SEPARATORS = re.compile(r"[、，,;；\s]+")


@dataclass(frozen=True)
class Recusal:
    """Somebody who must leave, why, and whether it is recorded that he did."""

    person: Person
    reason: str
    recorded: bool


def names_of(text: str) -> list[str]:
    """Return the names a text gives, in their order; unlike a cell of a table, spaces separate them too."""
    return [name for name in SEPARATORS.split(text) if name]


def kin_named(organ: Organ, text: str) -> list[Kin]:
    """Return the registered kin a text names: a person by name, a firm by what he runs."""
    names = set(names_of(text))
    if not names:
        return []
    rows = Kin.objects.filter(organ=organ).select_related("person")
    return [one for one in rows if one.name in names or (one.work and one.work in names)]


def recusals(items: Iterable[Item], members: Iterable[Person]) -> Mapping[int, list[Recusal]]:
    """Return by item who of the members must leave; items with concerned, kin and recused prefetched."""
    entitled = {person.pk for person in members}
    found: dict[int, list[Recusal]] = {}
    for item in items:
        left = {person.pk for person in item.recused.all()}
        reasons: dict[Person, str] = {}
        for person in item.concerned.all():
            reasons[person] = _("议题涉及本人")
        for kin in item.concerned_kin.all():
            reason = _("议题涉及%(relation)s%(name)s") % {"relation": kin.relation, "name": kin.name}
            reasons.setdefault(kin.person, reason)
        found[item.pk] = [
            Recusal(person, reason, person.pk in left)
            for person, reason in reasons.items()
            if person.pk in entitled
        ]
    return found

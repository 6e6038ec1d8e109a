"""Duties that follow from what registers declare."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from xiaohao.core.days import day_of
from xiaohao.core.models import Organ
from xiaohao.ledger.duties import Duty, declare
from xiaohao.ledger.register import REGISTERS, Due, Register


def _duties(organ: Organ, _today: dt.date, people: frozenset[int] | None) -> Iterable[Duty]:
    """Yield what is owed on the rows of every register; one query for each kind of duty."""
    for register in REGISTERS.values():
        for due in register.dues:
            yield from _of(register, due, organ, people)


def _of(register: Register, due: Due, organ: Organ, people: frozenset[int] | None) -> Iterable[Duty]:
    rows = register.model._default_manager.filter(due.open, organ=organ).exclude(**{due.people: None})
    if people is not None:
        rows = rows.filter(**{f"{due.people}__in": people})
    for row in rows.select_related(*register.related):
        hears = _number(row, due.hears) if due.hears else None
        yield Duty(
            key=f"{register.key}.{due.key}:{row.pk}",
            person=_number(row, due.people),
            what=due.what,
            subject=_("%(register)s：%(row)s") % {"register": register.title, "row": row},
            address=register.address(row.pk),
            due_on=getattr(row, due.due_on) if due.due_on else None,
            nag_from=None if due.due_on else day_of(row.created_at),
            hears=(hears,) if hears else (),
        )


def _number(row: Any, path: str) -> Any:
    """Return the number of the person at the end of a path of fields."""
    *way, last = path.split("__")
    for name in way:
        row = getattr(row, name)
    return getattr(row, f"{last}_id")


declare("registers", _duties)

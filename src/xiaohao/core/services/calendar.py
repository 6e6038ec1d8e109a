"""The working calendar: the library's table, and what an administrator entered on top."""

import datetime as dt

from django.db import transaction

from xiaohao.core.models import Account, CalendarDay, CalendarYear
from xiaohao.core.services import audit
from xiaohao.lib.working_days import LAST_SHIPPED_YEAR, WorkingDays


def working_days() -> WorkingDays:
    """Return the calendar as it stands now; the entered days win over the library's."""
    return WorkingDays(
        dict(CalendarDay.objects.values_list("day", "working")),
        covered_years=list(CalendarYear.objects.values_list("year", flat=True)),
    )


def known_until() -> int:
    """Return the last year whose holidays are known, from the library or entered in full."""
    known, entered = LAST_SHIPPED_YEAR, set(CalendarYear.objects.values_list("year", flat=True))
    while known + 1 in entered:
        known += 1
    return known


@transaction.atomic
def set_day(*, day: dt.date, working: bool, name: str, source: str, by: Account) -> CalendarDay:
    """Make a day a working day or a day of rest, with the notice that says so."""
    known = CalendarDay.objects.filter(day=day).first()
    entered = CalendarDay(day=day, working=working, name=name, source=source)
    entered.save()
    changes = {"working": [known.working if known else None, working]}
    _log(by, "calendar.day_set", str(day), changes, source)
    return entered


@transaction.atomic
def remove_day(*, day: dt.date, by: Account) -> None:
    """Take an entered day back; the library or the week decides again."""
    found = CalendarDay.objects.filter(day=day)
    if found.exists():
        found.delete()
        _log(by, "calendar.day_removed", str(day), {}, "")


@transaction.atomic
def complete_year(*, year: int, source: str, by: Account) -> None:
    """Say that a year's notice has been entered in full: its other days follow the week for certain."""
    CalendarYear.objects.update_or_create(year=year, defaults={"source": source})
    _log(by, "calendar.year_completed", str(year), {}, source)


@transaction.atomic
def reopen_year(*, year: int, by: Account) -> None:
    """Take back that a year was entered in full."""
    found = CalendarYear.objects.filter(year=year)
    if found.exists():
        found.delete()
        _log(by, "calendar.year_reopened", str(year), {}, "")


def _log(by: Account, action: str, label: str, changes: dict[str, list[bool | None]], note: str) -> None:
    event = audit.Event(action, "calendar", None, label, changes, note)
    audit.write(by.organ, [event], by=by)

"""Working days of the state calendar, with swapped Sundays, and how sure the count is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

LAST_SHIPPED_YEAR: int = max(day.year for day in chinese_calendar.holidays)


@dataclass(frozen=True)
class DayKind:
    """Whether a day is worked; not ``certain`` where the year's holidays are not yet announced."""

    working: bool
    certain: bool


@dataclass(frozen=True)
class CountedDay:
    """A day reached by counting; not ``certain`` where a day on the way was guessed."""

    day: date
    certain: bool


@dataclass(frozen=True)
class CountedDays:
    """A number of working days; not ``certain`` where one of them was guessed."""

    days: int
    certain: bool


class WorkingDays:
    """Counts working days by an own table, then the library's calendar, then the weekday.

    ``table`` maps single days to True (working) or False (free) and wins over the library. ``covered_years``
    are the years whose table is complete: a day it leaves out certainly follows the weekday.
    """

    def __init__(self, table: Mapping[date, bool] | None = None, covered_years: Collection[int] = ()) -> None:
        self._table = dict(table or {})
        self._covered_years = frozenset(covered_years)

    def kind(self, day: date) -> DayKind:
        """Tell whether ``day`` is worked. Never fails: an unknown year follows the weekday, uncertainly."""
        if day in self._table:
            return DayKind(self._table[day], certain=True)
        weekday = day.weekday() < 5
        if day.year in self._covered_years:
            return DayKind(weekday, certain=True)
        try:
            return DayKind(chinese_calendar.is_workday(day), certain=True)
        except NotImplementedError:  # the library has no holidays for this year
            return DayKind(weekday, certain=False)

    def add(self, start: date, days: int) -> CountedDay:
        """Return the ``days``-th working day after ``start``, which itself is not counted.

        Raises ``ValueError`` for a negative number.
        """
        if days < 0:
            raise ValueError("days must not be negative")
        day, certain = start, True
        while days:
            day += timedelta(days=1)
            kind = self.kind(day)
            certain = certain and kind.certain
            days -= kind.working
        return CountedDay(day, certain)

    def between(self, start: date, end: date) -> CountedDays:
        """Count working days after ``start`` up to and including ``end``; negative if it is earlier."""
        if end < start:
            counted = self.between(end, start)
            return CountedDays(-counted.days, counted.certain)
        kinds = [self.kind(start + timedelta(days=step)) for step in range(1, (end - start).days + 1)]
        return CountedDays(sum(kind.working for kind in kinds), all(kind.certain for kind in kinds))

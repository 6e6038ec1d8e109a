"""The time the chart spans, and where on it a day stands."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

WIDTH = 1000  # a place on the chart is counted in per mille of its width
FURTHEST = 730  # days from today; one wrong date must not squeeze all bars into a corner


@dataclass(frozen=True)
class Month:
    """A month on the scale: where it begins and how wide it is, in per mille."""

    label: str
    x: int
    width: int


@dataclass(frozen=True)
class Span:
    """From the first day of a month to the first day of the month after the last."""

    start: dt.date
    end: dt.date

    def place(self, day: dt.date) -> int:
        """Return the place of the beginning of a day in per mille; days outside stand at the edge."""
        share = (day - self.start).days * WIDTH / (self.end - self.start).days
        return max(0, min(WIDTH, round(share)))

    def months(self) -> list[Month]:
        """Return the labelled months; of a long span only some are labelled."""
        edges = list(_month_starts(self.start, self.end))
        every = next(step for step in (1, 2, 3, 6, 12) if len(edges) <= 14 * step)
        chosen = edges[::every]
        ends = [*chosen[1:], self.end]
        return [
            Month(_label(day, first=day == self.start), self.place(day), self.place(end) - self.place(day))
            for day, end in zip(chosen, ends, strict=True)
        ]


def span_of(days: Iterable[dt.date], today: dt.date) -> Span:
    """Return the span of whole months that holds today and all the days within two years of it."""
    far = dt.timedelta(days=FURTHEST)
    held = [today, *(max(today - far, min(today + far, day)) for day in days)]
    return Span(min(held).replace(day=1), next_month(max(held)))


def next_month(day: dt.date) -> dt.date:
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _month_starts(start: dt.date, end: dt.date) -> Iterator[dt.date]:
    while start < end:
        yield start
        start = next_month(start)


def _label(day: dt.date, *, first: bool) -> str:
    return f"{day.year}.{day.month}" if first or day.month == 1 else _("%(month)s月") % {"month": day.month}

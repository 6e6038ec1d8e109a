"""Indicators: named numbers over registers and ledger, for a period; each opens the records behind it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import Sum, TextChoices
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.core.models import Account, Record
from xiaohao.core.then import EARLIEST, LATEST
from xiaohao.lib.money import yuan_of


@dataclass(frozen=True)
class Period:
    """Days from ``first`` to ``last``, both counted."""

    first: dt.date
    last: dt.date

    @classmethod
    def year_to(cls, today: dt.date) -> "Period":
        """Return the calendar year up to a day."""
        return cls(today.replace(month=1, day=1), today)

    @classmethod
    def read(cls, first: str, last: str, today: dt.date) -> "Period":
        """Return the period of an address; the year to date where it names none. Raises ``BadRequest``."""
        usual = cls.year_to(today)
        try:
            start = parse_date(first) if first else usual.first
            end = parse_date(last) if last else usual.last
        except ValueError as error:
            raise BadRequest from error
        if start is None or end is None or not all(EARLIEST <= one <= LATEST for one in (start, end)):
            raise BadRequest
        return cls(start, end)

    def of(self, field: str) -> dict[str, dt.date]:
        """Return the lookups for a date field inside the period."""
        return {f"{field}__gte": self.first, f"{field}__lte": self.last}

    def __str__(self) -> str:
        return f"{self.first} — {self.last}"


class Unit(TextChoices):
    COUNT = "count", gettext_lazy("数量")
    SHARE = "share", gettext_lazy("比例")
    FEN = "fen", gettext_lazy("金额")


Rows = Callable[[Any, Period], Any]


@dataclass(frozen=True)
class Indicator:
    """``key`` is stable: reports name it. ``rows`` gives what is counted, out of the organ's rows.

    It counts how things were on the period's last day (``core.then`` reads it from the log), whatever came
    since; what no record tells of earlier days is counted as it is now, and ``counted`` says so (现有、现在).

    A share needs ``base``: of which rows. A sum needs ``amount``: the field in fen. ``counted`` tells how it
    is counted, ``word`` is the measure word behind a count (次、件). ``page`` is the list of the rows.
    ``within`` names the field by which the rows belong to a larger whole, an inspection for example: a report
    on one counts only what is its own.
    """

    key: str
    title: str | Promise
    counted: str | Promise
    model: type[Record]
    page: str
    rows: Rows
    base: Rows | None = None
    amount: str = ""
    within: str = ""
    word: str | Promise = ""

    @property
    def unit(self) -> Unit:
        if self.amount:
            return Unit.FEN
        return Unit.SHARE if self.base else Unit.COUNT

    @property
    def said_after(self) -> str:
        """Return what is said behind the bare number: 个 behind a count, 元 behind a sum, nothing else."""
        return {Unit.COUNT: str(self.word), Unit.FEN: _("元"), Unit.SHARE: ""}[self.unit]

    def address(self, period: Period, whole: int | None = None, organ: int | None = None) -> str:
        """Return the list of the records behind the number, of one ``whole`` or one organ alone."""
        asked: dict[str, Any] = {"indicator": self.key, "from": period.first, "to": period.last}
        if whole is not None and self.within:
            asked["within"] = whole
        if organ is not None:
            asked["of"] = organ
        return f"{reverse(self.page)}?{urlencode(asked)}"

    def of(self, rows: Any, whole: int | None) -> Any:
        """Keep the rows that belong to a whole, given by its number; all where there is none."""
        if whole is None or not self.within:
            return rows
        return rows.filter(pk__in=self.model._default_manager.filter(**{self.within: whole}).values("pk"))


@dataclass(frozen=True)
class Figure:
    """What an indicator came to: a count, a sum in fen, or ``value`` of ``base`` rows."""

    indicator: Indicator
    period: Period
    value: int
    base: int = 0
    whole: int | None = None
    organ: int | None = None

    def __str__(self) -> str:
        if self.indicator.unit == Unit.FEN:
            return _("%(sum)s 元") % {"sum": yuan_of(self.value)}
        if self.indicator.unit == Unit.COUNT:
            return str(self.value)
        if not self.base:
            return "—"
        return f"{100 * self.value / self.base:.1f}%（{self.value}/{self.base}）"

    @property
    def address(self) -> str:
        return self.indicator.address(self.period, self.whole, self.organ)


INDICATORS: dict[str, Indicator] = {}


def declare(indicator: Indicator) -> Indicator:
    """Declare an indicator once."""
    if indicator.key in INDICATORS:
        raise ValueError(indicator.key)
    INDICATORS[indicator.key] = indicator
    return indicator


def figure(indicator: Indicator, account: Account, period: Period) -> Figure:
    """Work an indicator out over what the account may see; at most two queries."""
    value, base = _counted(indicator, indicator.model.objects.visible_to(account), period)
    return Figure(indicator, period, value, base)


def figure_of_organ(indicator: Indicator, organ: int, period: Period, whole: int | None = None) -> Figure:
    """Work an indicator out over one organ, of one ``whole`` alone: the same whoever asks."""
    rows = indicator.of(indicator.model.objects.filter(organ=organ), whole)
    value, base = _counted(indicator, rows, period)
    return Figure(indicator, period, value, base, whole, organ)


def _counted(indicator: Indicator, among: Any, period: Period) -> tuple[int, int]:
    """Return the value and, for a share, of how many."""
    rows = indicator.rows(among, period).order_by()
    if indicator.amount:
        return rows.aggregate(sum=Sum(indicator.amount))["sum"] or 0, 0
    return rows.count(), indicator.base(among, period).order_by().count() if indicator.base else 0

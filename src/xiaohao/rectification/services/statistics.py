"""The numbers of a rectification, counted in one place so that they are the same everywhere."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from xiaohao.core.models import Evidence
from xiaohao.rectification.models import DONE_STATES, OPEN_STATES, Finding, Measure, State

STRUCK_OFF = Q(closed_on__isnull=False)


@dataclass(frozen=True)
class FindingCounts:
    """Of ``total`` findings: struck off (standing ones among them), basically done, open, relapsed.

    ``closed + phased + open == total``. What is completed but not struck off yet counts as open.
    """

    total: int
    closed: int
    standing: int
    phased: int
    open: int
    completed: int
    overdue: int
    relapsed: int

    @property
    def rate(self) -> str:
        """The share struck off with two digits, for example "98.71%"."""
        return percentage(self.closed, self.total)


@dataclass(frozen=True)
class MeasureCounts:
    """Of ``total`` measures: done (closed or standing), overdue, extended, late at any time."""

    total: int
    done: int
    overdue: int
    extended: int
    ever_late: int


def percentage(part: int, whole: int) -> str:
    """Return a share with two digits, rounded half up as offices do; "—" of nothing."""
    if not whole:
        return "—"
    hundredths = (part * 20000 + whole) // (2 * whole)
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def finding_aggregates(today: dt.date) -> dict[str, Count]:
    """Return what is counted of findings, for ``aggregate`` or, by organ, for ``annotate``."""
    struck_off = STRUCK_OFF
    return {
        "total": Count("pk"),
        "closed": Count("pk", filter=struck_off),
        "standing": Count("pk", filter=struck_off & Q(state=State.STANDING)),
        "phased": Count("pk", filter=~struck_off & Q(state=State.PHASED)),
        "open": Count("pk", filter=~struck_off & ~Q(state=State.PHASED)),
        "completed": Count("pk", filter=~struck_off & Q(state=State.COMPLETED)),
        "overdue": Count("pk", filter=Q(state__in=OPEN_STATES, deadline__lt=today)),
        "relapsed": Count("pk", filter=Q(round__gt=1)),
    }


def measure_aggregates(today: dt.date) -> dict[str, Count]:
    """Return what is counted of measures."""
    return {
        "total": Count("pk"),
        "done": Count("pk", filter=Q(state__in=[State.CLOSED, State.STANDING])),
        "overdue": Count("pk", filter=Q(state__in=OPEN_STATES, deadline__lt=today)),
        "extended": Count("pk", filter=Q(original_deadline__isnull=False)),
        "ever_late": Count(
            "pk", filter=Q(late_since__isnull=False) | Q(state__in=OPEN_STATES, deadline__lt=today)
        ),
    }


def count_findings(findings: "QuerySet[Finding]", today: dt.date) -> FindingCounts:
    """Count findings in one query."""
    return FindingCounts(**findings.order_by().aggregate(**finding_aggregates(today)))


def count_measures(measures: "QuerySet[Measure]", today: dt.date) -> MeasureCounts:
    """Count measures in one query."""
    return MeasureCounts(**measures.order_by().aggregate(**measure_aggregates(today)))


def due_between(measures: "QuerySet[Measure]", first: dt.date, last: dt.date) -> "QuerySet[Measure]":
    """Return the open measures due in a span of days, most urgent first."""
    rows = measures.filter(state__in=OPEN_STATES, deadline__gte=first, deadline__lte=last)
    return rows.order_by(F("deadline").asc(), "pk")


def counts_by_organ(rows: "QuerySet[Any]", aggregates: dict[str, Count]) -> dict[int, dict[str, int]]:
    """Return what is counted, by organ; one query."""
    counted = rows.order_by().values("organ").annotate(**aggregates)
    return {row["organ"]: row for row in counted}


def proven_by_organ(measures: "QuerySet[Measure]") -> dict[int, tuple[int, int]]:
    """Return for each organ how many of its done measures have evidence, and how many are done."""
    evidence = Evidence.objects.filter(
        organ=OuterRef("organ"), about_kind=Measure.subject_kind, about_number=OuterRef("pk")
    )
    done = measures.filter(state__in=DONE_STATES).order_by()
    rows = done.values("organ").annotate(proven=Count("pk", filter=Q(Exists(evidence))), total=Count("pk"))
    return {row["organ"]: (row["proven"], row["total"]) for row in rows}

"""The numbers of a rectification, counted in one place so that they are the same everywhere."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from xiaohao.core.models import AuditHead, Evidence, Organ
from xiaohao.ledger.models import Instruction
from xiaohao.rectification.models import DONE_STATES, OPEN_STATES, Finding, Measure, OrganCounts, State

COUNTED = (
    *("total", "closed", "standing", "phased", "open", "completed", "overdue", "relapsed"),
    *("measures_total", "measures_done", "measures_overdue", "measures_extended", "measures_ever_late"),
    *("measures_proven", "unanswered"),
)


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


def finding_conditions(today: dt.date) -> dict[str, Q]:
    """Return what makes a finding count as closed, open, overdue …: for counting, and for the list.

    ``then.conditions`` says the same of an earlier day.
    """
    struck_off = Q(closed_on__isnull=False)
    return {
        "closed": struck_off,
        "standing": struck_off & Q(state=State.STANDING),
        "phased": ~struck_off & Q(state=State.PHASED),
        "open": ~struck_off & ~Q(state=State.PHASED),
        "completed": ~struck_off & Q(state=State.COMPLETED),
        "overdue": overdue(today),
        "relapsed": Q(round__gt=1),
    }


def overdue(today: dt.date) -> Q:
    """Return the condition for an open finding or measure whose deadline has passed."""
    return Q(state__in=OPEN_STATES, deadline__lt=today)


def finding_aggregates(today: dt.date) -> dict[str, Count]:
    """Return what is counted of findings, for ``aggregate`` or, by organ, for ``annotate``."""
    conditions = finding_conditions(today)
    return {"total": Count("pk")} | {name: Count("pk", filter=one) for name, one in conditions.items()}


def measure_aggregates(today: dt.date) -> dict[str, Count]:
    """Return what is counted of measures."""
    return {
        "total": Count("pk"),
        "done": Count("pk", filter=Q(state__in=DONE_STATES)),
        "overdue": Count("pk", filter=overdue(today)),
        "extended": Count("pk", filter=Q(original_deadline__isnull=False)),
        "ever_late": Count("pk", filter=Q(late_since__isnull=False) | overdue(today)),
    }


def count_findings(findings: "QuerySet[Finding]", today: dt.date) -> FindingCounts:
    """Count findings in one query."""
    return FindingCounts(**findings.order_by().aggregate(**finding_aggregates(today)))


def count_measures(measures: "QuerySet[Measure]", today: dt.date) -> MeasureCounts:
    """Count measures in one query."""
    return MeasureCounts(**measures.order_by().aggregate(**measure_aggregates(today)))


def of_organs(organs: "QuerySet[Organ]", today: dt.date) -> "QuerySet[OrganCounts]":
    """Return the kept counts of organs that have findings, counted anew where something changed since.

    They are kept beside the end of the organ's log: where that has not moved and the day is the same,
    nothing can have changed. A fixed number of queries.
    """
    wanted = organs.order_by().values("pk")
    head = AuditHead.objects.filter(organ_number=OuterRef("pk")).values("sequence")
    fresh = OrganCounts.objects.filter(organ=OuterRef("pk"), day=today, sequence=OuterRef("head"))
    stale = dict(
        organs.order_by()
        .annotate(head=Subquery(head))
        .filter(~Exists(fresh), head__isnull=False)
        .values_list("pk", "head")
    )
    if stale:
        _keep(stale, today)
    return OrganCounts.objects.filter(organ__in=wanted, total__gt=0).select_related("organ")


def _keep(heads: Mapping[int, int], today: dt.date) -> None:
    """Count organs, given with the ends of their logs, and keep what was counted."""
    OrganCounts.objects.bulk_create(
        [
            OrganCounts(organ_id=number, sequence=heads[number], day=today, **counts)
            for number, counts in _count(list(heads), today).items()
        ],
        update_conflicts=True,
        unique_fields=["organ"],
        update_fields=["sequence", "day", *COUNTED],
    )


def _count(organs: list[int], today: dt.date) -> dict[int, dict[str, int]]:
    """Count findings, measures, evidence and unanswered instructions of organs, each in one query."""
    findings: Any = Finding.objects.filter(organ__in=organs).order_by().values("organ")
    measures: Any = Measure.objects.filter(organ__in=organs).order_by().values("organ")
    evidence = Evidence.objects.filter(
        organ=OuterRef("organ"), about_kind=Measure.subject_kind, about_number=OuterRef("pk")
    )
    proven = Count("pk", filter=Q(state__in=DONE_STATES) & Q(Exists(evidence)))
    counts: dict[int, dict[str, int]] = {number: dict.fromkeys(COUNTED, 0) for number in organs}
    for row in findings.annotate(**finding_aggregates(today)):
        counts[row.pop("organ")] |= row
    for row in measures.annotate(proven=proven, **measure_aggregates(today)):
        counts[row.pop("organ")] |= {f"measures_{name}": number for name, number in row.items()}
    unanswered = Instruction.objects.filter(organ__in=organs, state=Instruction.State.OPEN).order_by()
    for number, count in unanswered.values_list("organ").annotate(Count("pk")):
        counts[number]["unanswered"] = count
    return counts


def total_of(counts: "QuerySet[OrganCounts]") -> FindingCounts:
    """Return the sum of what was counted of findings; one query."""
    names = [field.name for field in fields(FindingCounts)]
    sums = counts.order_by().aggregate(**{f"all_{name}": Sum(name, default=0) for name in names})
    return FindingCounts(**{name: sums[f"all_{name}"] for name in names})

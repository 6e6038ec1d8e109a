"""The chart as a whole, in a fixed number of queries."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from xiaohao.core import dated_settings
from xiaohao.core.access import visible_organs
from xiaohao.core.days import end_of_week
from xiaohao.core.models import Account, AuditHead
from xiaohao.rectification.finding_filters import COUNTED
from xiaohao.rectification.lights import Light, light_of
from xiaohao.rectification.models import Finding, Measure, State
from xiaohao.rectification.proofs import alarm_condition
from xiaohao.rectification.services.statistics import percentage
from xiaohao.rectification.wall_chart.bars import HATCHED, STRUCK
from xiaohao.rectification.wall_chart.changes import Week, week
from xiaohao.rectification.wall_chart.filters import Filters
from xiaohao.rectification.wall_chart.rows import AreaRows, RowMaker
from xiaohao.rectification.wall_chart.span import Month, Span, span_of

LONG_TEXTS = ("detail", "goal", "text")


@dataclass(frozen=True)
class Count:
    """How many findings, with the address of the list that shows just these."""

    label: str
    number: int
    address: str
    light: Light | None = None
    key: str = ""
    closed: int = 0
    overdue: int = 0

    @property
    def hatched(self) -> str:
        """The pattern over the state's colour, if it has one."""
        return HATCHED.get(State(self.key), "") if self.key else ""

    @property
    def struck(self) -> bool:
        return self.key in STRUCK


@dataclass(frozen=True)
class Chart:
    """Everything the chart shows, as of ``today``."""

    today: dt.date
    title: str
    span: Span
    areas: Sequence[AreaRows]
    total: int
    closed: int
    measures: int
    states: Sequence[Count]
    lights: Sequence[Count]
    attention: Sequence[Count]
    departments: Sequence[Count]
    week: Week

    @property
    def months(self) -> list[Month]:
        return self.span.months()

    @property
    def today_place(self) -> int:
        return self.span.place(self.today)

    @property
    def rate(self) -> str:
        """The share struck off as a percentage, for example "33.33%"."""
        return percentage(self.closed, self.total)


def fingerprint(account: Account, today: dt.date) -> str:
    """Return a word that changes whenever anything the chart shows may have changed."""
    heads = AuditHead.objects.filter(organ_number__in=visible_organs(account).values("pk"))
    return f"{today:%y%m%d}-{heads.aggregate(entries=Sum('sequence'))['entries'] or 0}"


def build(account: Account, filters: Filters, today: dt.date) -> Chart:
    """Return the chart of what the account may see. The number of queries does not depend on the rows."""
    near_days = int(dated_settings.value(account.organ, "lights.near_days", today))
    findings = _findings(account, filters, today, near_days)
    measures = _measures(account, findings)
    alarmed = set(
        Finding.objects.visible_to(account).filter(alarm_condition()).order_by().values_list("pk", flat=True)
    )
    span = span_of(_days(findings, measures), today)
    maker = RowMaker(span, today, near_days, alarmed)
    by_finding: dict[int, list[Measure]] = defaultdict(list)
    for measure in measures:
        by_finding[measure.finding_id].append(measure)
    return Chart(
        today=today,
        title=_title(account, findings, filters),
        span=span,
        areas=[
            maker.area(area, list(rows), by_finding)
            for area, rows in groupby(findings, key=lambda finding: finding.area)
        ],
        total=len(findings),
        closed=sum(finding.closed_on is not None for finding in findings),
        measures=len(measures),
        states=_by_state(findings),
        lights=_by_light([light_of(finding, today, near_days) for finding in findings]),
        attention=_attention(findings, measures, alarmed, today),
        departments=_by_department(findings, today),
        week=week(visible_organs(account), timezone.now()),
    )


def _findings(account: Account, filters: Filters, today: dt.date, near_days: int) -> list[Finding]:
    visible = Finding.objects.visible_to(account)
    return list(
        filters.apply(visible, today, near_days)
        .select_related("organ", "inspection", "area", "lead_department", "accountable_leader", "taken_on_by")
        .defer(*LONG_TEXTS, "inspection__source_text", "inspection__responsibility", "inspection__next_steps")
        .order_by("organ", "-inspection__number", "area__number", "number")
    )


def _measures(account: Account, findings: Sequence[Finding]) -> list[Measure]:
    """Return the measures of the findings, by one query whose length does not grow with them."""
    wanted = {finding.pk for finding in findings}
    inspections = {finding.inspection_id for finding in findings}
    rows = (
        Measure.objects.visible_to(account)
        .filter(finding__inspection__in=inspections)
        .select_related("lead_department", "owner")
        .defer("goal", "progress", "evidence")
        .order_by("finding", "number")
    )
    return [measure for measure in rows if measure.finding_id in wanted]


def _days(findings: Sequence[Finding], measures: Sequence[Measure]) -> set[dt.date]:
    days = {day for measure in measures for day in (measure.starts_on, measure.deadline) if day}
    feedback = {finding.inspection.feedback_on for finding in findings}
    return days | {day for day in feedback if day}


def _title(account: Account, findings: Sequence[Finding], filters: Filters) -> str:
    inspections = {finding.inspection.title for finding in findings}
    if filters.inspection and len(inspections) == 1:
        return inspections.pop()
    if filters.organ and findings:
        return findings[0].organ.name
    return account.organ.name


def _list_of(**query: Any) -> str:
    return f"{reverse('findings')}?{urlencode(query)}"


def _by_state(findings: Sequence[Finding]) -> list[Count]:
    numbers = Counter(finding.state for finding in findings)
    return [
        Count(str(state.label), numbers[state], _list_of(state=state.value), key=state.value)
        for state in State
    ]


def _by_light(lights: Sequence[Light]) -> list[Count]:
    numbers = Counter(lights)
    return [
        Count(str(light.label), numbers[light], _list_of(light=light.value), light=light) for light in Light
    ]


def _attention(
    findings: Sequence[Finding], measures: Sequence[Measure], alarmed: set[int], today: dt.date
) -> list[Count]:
    """Return how many findings are due this week, extended, ever late, relapsed, or led by a leader."""
    sunday = end_of_week(today)
    near = [one for one in measures if one.is_open() and one.deadline and today <= one.deadline <= sunday]
    due = {one.finding_id for one in near}
    extended = {one.finding_id for one in measures if one.original_deadline}
    late = {one.finding_id for one in measures if one.late_since}
    numbers = {
        "alarm": sum(finding.pk in alarmed for finding in findings),
        "due_week": len(due),
        "extended": len(extended),
        "late": len(late),
        "relapsed": sum(finding.round > 1 for finding in findings),
        "taken_on": sum(finding.taken_on_by_id is not None for finding in findings),
    }
    words = dict(COUNTED)
    return [
        Count(str(words[key]), number, _list_of(counted=key)) for key, number in numbers.items() if number
    ]


def _by_department(findings: Sequence[Finding], today: dt.date) -> list[Count]:
    """Return one count per lead department, most findings first."""
    groups: dict[tuple[int, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.lead_department:
            groups[finding.lead_department.pk, finding.lead_department.name].append(finding)
    counts = [
        Count(
            name,
            len(group),
            _list_of(department=key),
            closed=sum(finding.closed_on is not None for finding in group),
            overdue=sum(light_of(finding, today, 0) == Light.RED for finding in group),
        )
        for (key, name), group in groups.items()
    ]
    return sorted(counts, key=lambda count: (-count.number, count.label))

"""The rows of the chart: areas, findings and measures, with everything the page and the print show."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from xiaohao.core.days import day_of
from xiaohao.rectification.lights import Light, light_of
from xiaohao.rectification.models import Area, Finding, Measure, State
from xiaohao.rectification.wall_chart.bars import Bar, bar_of, drawing
from xiaohao.rectification.wall_chart.span import Span

SHORT = 60  # characters of a measure shown in its row; the rest stands on the page of the finding


@dataclass(frozen=True)
class MeasureRow:
    """One line with a bar; for a finding without measures ``code`` is empty."""

    code: str
    text: str
    full_text: str  # only where ``text`` is shortened
    responsible: str
    state: str | Promise
    light: Light
    symbol: str
    word: str
    deadline: str
    original: str  # the deadline before the first extension, empty without one
    late: bool  # at any time
    bar: Bar
    picture: SafeString


@dataclass(frozen=True)
class FindingRow:
    """A finding with its lines."""

    code: str
    title: str
    address: str
    leader: str
    department: str
    taken_on_by: str
    relapses: int
    alarm: bool  # closed, and what it rests on is broken
    state: str | Promise
    light: Light
    symbol: str
    word: str
    measures: Sequence[MeasureRow]


@dataclass(frozen=True)
class AreaRows:
    """A heading with its findings; ``closed`` of them are struck off."""

    number: int
    title: str
    findings: Sequence[FindingRow]
    closed: int
    overdue: int


class RowMaker:
    """Makes rows; keeps what is the same for all of them."""

    def __init__(self, span: Span, today: dt.date, near_days: int, alarmed: Collection[int] = ()) -> None:
        self.alarmed = alarmed
        self.span, self.today, self.near_days = span, today, near_days
        self.state_words = {state: str(state.label) for state in State}
        self.light_words = {light: str(light.label) for light in Light}
        self.address = reverse("finding", args=[0])

    def area(self, area: Area, findings: Sequence[Finding], measures: dict[int, list[Measure]]) -> AreaRows:
        rows = [self.finding(finding, measures.get(finding.pk, [])) for finding in findings]
        return AreaRows(
            number=area.number,
            title=area.title,
            findings=rows,
            closed=sum(finding.closed_on is not None for finding in findings),
            overdue=sum(row.light == Light.RED for row in rows),
        )

    def finding(self, finding: Finding, measures: Iterable[Measure]) -> FindingRow:
        lines = [self.measure(finding, measure) for measure in measures]
        light = light_of(finding, self.today, self.near_days)
        return FindingRow(
            code=finding.code,
            title=finding.title,
            # One look-up for all rows: reversing an address 500 times is a fifth of the page.
            address=self.address.replace("0", str(finding.pk)),
            leader=finding.accountable_leader.name if finding.accountable_leader else "",
            department=finding.lead_department.name if finding.lead_department else "",
            taken_on_by=finding.taken_on_by.name if finding.taken_on_by else "",
            relapses=finding.relapses,
            alarm=finding.pk in self.alarmed,
            state=self.state_words[State(finding.state)],
            light=light,
            symbol=light.symbol,
            word=self.light_words[light],
            measures=lines or [self.line(finding, finding, "", _("尚未制定措施"))],
        )

    def measure(self, finding: Finding, measure: Measure) -> MeasureRow:
        return self.line(finding, measure, measure.code, measure.text, starts_on=measure.starts_on)

    def line(
        self,
        finding: Finding,
        row: Finding | Measure,
        code: str,
        text: str,
        *,
        starts_on: dt.date | None = None,
    ) -> MeasureRow:
        """Return the line of a measure, or of a finding that has none yet."""
        light, state = light_of(row, self.today, self.near_days), State(row.state)
        fallback = finding.inspection.feedback_on or day_of(finding.created_at)
        bar = bar_of(self.span, starts_on=starts_on, fallback=fallback, deadline=row.deadline, state=state)
        shown = Truncator(text).chars(SHORT)
        first = row.original_deadline if isinstance(row, Measure) else None
        owner = row.owner.name if isinstance(row, Measure) and row.owner else ""
        department = row.lead_department.name if row.lead_department else ""
        return MeasureRow(
            code=code,
            text=shown,
            full_text="" if shown == text else text,
            responsible=" ".join(part for part in (department, owner) if part),
            state=self.state_words[state],
            light=light,
            symbol=light.symbol,
            word=self.light_words[light],
            deadline=row.deadline.isoformat() if row.deadline else self._without_deadline(row),
            original=_("原%(day)s") % {"day": first.isoformat()} if first else "",
            late=isinstance(row, Measure) and row.late_since is not None,
            bar=bar,
            picture=drawing(bar),
        )

    def _without_deadline(self, row: Finding | Measure) -> str:
        return _("长期") if row.state == State.STANDING else _("未定时限")

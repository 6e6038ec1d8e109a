"""Findings with their measures, rules and numbers, as templates see them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import BooleanField, Case, Prefetch, When
from django.utils import timezone

from xiaohao.core.then import said
from xiaohao.ledger.indicators import INDICATORS, Period, Unit
from xiaohao.lib.chinese_numerals import chinese
from xiaohao.rectification.models import (
    DONE_STATES,
    OPEN_STATES,
    Finding,
    Kind,
    Measure,
    Rule,
    State,
)
from xiaohao.rectification.proofs import alarm_then
from xiaohao.rectification.services.findings import overall_deadline
from xiaohao.rectification.then import issued_by, measures_then, progress_then, state_then, struck_off_on
from xiaohao.writing.figures import Figures
from xiaohao.writing.material.spoken import PROGRESS, PROGRESS_OF_MEASURE, day, deadline_of, sentence
from xiaohao.writing.scope import Scope


def findings_of(scope: Scope, figures: Figures, head: Collection[int]) -> list[dict[str, Any]]:
    """Return the findings in the order of the ledger, as they were at the end of the period.

    ``head`` has the number of whoever is the head.
    """
    inspection, last = scope.inspection, scope.period.last
    measures: dict[int, list[Any]] = defaultdict(list)
    rows = Measure.objects.filter(organ=inspection.organ_id, finding__inspection=inspection)
    told = measures_then(last, rows).annotate(progress_then=progress_then(last))
    for row in told.select_related("owner", "lead_department").order_by("finding__number", "number"):
        measures[row.finding_id].append(row)
    findings = (
        Finding.objects.filter(organ=inspection.organ_id, inspection=inspection)
        .annotate(
            struck_off_on=struck_off_on(last),
            taken_on_then=said(Finding, "taken_on_by", last),
            alarmed=Case(When(alarm_then(last), then=True), default=False, output_field=BooleanField()),
        )
        .select_related("accountable_leader", "lead_department", "taken_on_by")
        .prefetch_related(Prefetch("rules", issued_by(last)))
        .order_by("number")
    )
    return [
        {
            **_finding(finding, [_measure(one) for one in measures[finding.pk]]),
            **_standing(finding, measures[finding.pk], scope.period),
            "成效": _effects(finding, figures),
            "有反弹迹象": finding.alarmed,
            "主要负责人领办": bool(finding.taken_on_then) and finding.taken_on_by_id in head,
        }
        for finding in findings
    ]


def _standing(finding: Any, measures: Sequence[Any], period: Period) -> dict[str, Any]:
    """Return how far a finding had come at the end of the period."""
    struck_off, states = finding.struck_off_on, [one.state_then for one in measures]
    state = state_then(finding, states, struck_off, period.last)
    deadline = overall_deadline((one.state_then, one.deadline_then) for one in measures)
    deadline = deadline if measures else finding.deadline
    today = min(period.last, timezone.localdate())
    return {
        "状态": str(state.label),
        "进度": PROGRESS[state],
        "已销号": struck_off is not None,
        "销号日期": day(struck_off),
        "本期销号": struck_off is not None and period.first <= struck_off <= period.last,
        "时限": day(deadline),
        "逾期": state in OPEN_STATES and deadline is not None and deadline < today,
    }


def _finding(finding: Any, measures: Sequence[dict[str, Any]]) -> dict[str, Any]:
    told = "".join(f"{one['措施']}{one['情况']}" for one in measures)
    return {
        "编号": finding.code,
        "序号": finding.number,
        "题目": sentence(finding.title),
        "表现": sentence(finding.detail),
        "目标": sentence(finding.goal),
        "情况": sentence(finding.text),
        "原因": sentence(finding.root_cause),
        "责任领导": str(finding.accountable_leader or ""),
        "领办领导": str(finding.taken_on_by or "") if finding.taken_on_then else "",
        "牵头单位": str(finding.lead_department or ""),
        "公开": finding.disclosed,
        "制度": [_rule(rule, told) for rule in finding.rules.all()],
        "措施": list(measures),
        "有情况": bool(finding.text.strip()) or any(one["情况"] or one["完成"] for one in measures),
        "方面": finding.area_id,
    }


def _rule(rule: Rule, measures: str) -> dict[str, Any]:
    """Return a rule, and whether what is said of the measures names it already."""
    name = sentence(rule.name).strip("《》")
    return {"名称": name, "变化": str(rule.get_change_display()), "已提到": name in measures}


def _effects(finding: Finding, figures: Figures) -> list[str]:
    """Return the numbers that show what the fix brought about, each as name and figure."""
    found = []
    for key in finding.indicators:
        indicator = INDICATORS.get(key)
        if indicator is None or (indicator.unit == Unit.SHARE and not figures.of(key).base):
            continue
        found.append(f"{indicator.title}{figures[key]}{indicator.said_after}")
    return found


def _measure(measure: Any) -> dict[str, Any]:
    """Return a measure of ``measures_then``, with ``progress_then``."""
    return {
        "编号": measure.code,
        "次序": f"{chinese(measure.number)}是",
        "措施": sentence(measure.text),
        "目标": sentence(measure.goal),
        "情况": sentence(measure.progress_then),
        "佐证": sentence(measure.evidence),
        "完成": measure.state_then in DONE_STATES,
        "状态": str(State(measure.state_then).label),
        "进度": PROGRESS_OF_MEASURE[State(measure.state_then)],
        "长期": measure.kind == Kind.STANDING,
        "时限": deadline_of(measure.kind, measure.deadline_then),
        "牵头单位": str(measure.lead_department or ""),
        "责任人": str(measure.owner or ""),
    }

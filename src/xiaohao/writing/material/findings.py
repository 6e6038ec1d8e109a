"""Findings with their measures, rules and numbers, as templates see them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from xiaohao.ledger.indicators import INDICATORS, Unit
from xiaohao.lib.chinese_numerals import chinese
from xiaohao.rectification.models import (
    DONE_STATES,
    OPEN_STATES,
    Area,
    Finding,
    Inspection,
    Kind,
    Measure,
    Rule,
)
from xiaohao.writing.figures import Figures
from xiaohao.writing.material.spoken import day, sentence
from xiaohao.writing.scope import Scope


def findings_of(scope: Scope, figures: Figures) -> list[dict[str, Any]]:
    """Return the findings in the order of the ledger, each with its measures, rules and numbers."""
    inspection = scope.inspection
    measures: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = Measure.objects.filter(organ=inspection.organ_id, finding__inspection=inspection)
    for row in rows.select_related("owner", "lead_department").order_by("finding__number", "number"):
        measures[row.finding_id].append(_measure(row))
    findings = (
        Finding.objects.filter(organ=inspection.organ_id, inspection=inspection)
        .select_related("accountable_leader", "lead_department", "taken_on_by")
        .prefetch_related("rules")
        .order_by("number")
    )
    return [
        {
            **_finding(finding, measures[finding.pk]),
            "成效": _effects(finding, figures),
            "逾期": finding.state in OPEN_STATES
            and finding.deadline is not None
            and finding.deadline < scope.today,
            "本期销号": finding.closed_on is not None
            and scope.period.first <= finding.closed_on <= scope.period.last,
        }
        for finding in findings
    ]


def _finding(finding: Finding, measures: Sequence[dict[str, Any]]) -> dict[str, Any]:
    said = "".join(f"{one['措施']}{one['情况']}" for one in measures)
    return {
        "编号": finding.code,
        "序号": finding.number,
        "题目": sentence(finding.title),
        "表现": sentence(finding.detail),
        "目标": sentence(finding.goal),
        "情况": sentence(finding.text),
        "原因": sentence(finding.root_cause),
        "责任领导": str(finding.accountable_leader or ""),
        "领办领导": str(finding.taken_on_by or ""),
        "牵头单位": str(finding.lead_department or ""),
        "状态": str(finding.get_state_display()),
        "公开": finding.disclosed,
        "已销号": finding.closed_on is not None,
        "销号日期": day(finding.closed_on),
        "时限": day(finding.deadline),
        "制度": [_rule(rule, said) for rule in finding.rules.all()],
        "措施": list(measures),
        "有情况": bool(finding.text.strip()) or any(one["情况"] or one["完成"] for one in measures),
        "方面": finding.area_id,
    }


def _rule(rule: Rule, said: str) -> dict[str, Any]:
    """Return a rule, and whether the measures name it already."""
    name = sentence(rule.name).strip("《》")
    return {"名称": name, "变化": str(rule.get_change_display()), "已提到": name in said}


def _effects(finding: Finding, figures: Figures) -> list[str]:
    """Return the numbers that show what the fix brought about, each as name and figure."""
    found = []
    for key in finding.indicators:
        indicator = INDICATORS.get(key)
        if indicator is None or (indicator.unit == Unit.SHARE and not figures.of(key).base):
            continue
        found.append(f"{indicator.title}{figures[key]}{indicator.said_after}")
    return found


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "编号": measure.code,
        "次序": f"{chinese(measure.number)}是",
        "措施": sentence(measure.text),
        "目标": sentence(measure.goal),
        "情况": sentence(measure.progress),
        "佐证": sentence(measure.evidence),
        "完成": measure.state in DONE_STATES,
        "状态": str(measure.get_state_display()),
        "长期": measure.kind == Kind.STANDING,
        "时限": day(measure.deadline) or str(measure.get_kind_display()),
        "牵头单位": str(measure.lead_department or ""),
        "责任人": str(measure.owner or ""),
    }


def areas(inspection: Inspection, findings: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the areas that have findings, in order, each with them."""
    of: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for finding in findings:
        of[finding["方面"]].append(finding)
    rows = Area.objects.filter(organ=inspection.organ_id, inspection=inspection).order_by("number")
    shown = [area for area in rows if of[area.pk]]
    return [
        {"次序": chinese(place), "题目": sentence(area.title), "问题": of[area.pk]}
        for place, area in enumerate(shown, start=1)
    ]

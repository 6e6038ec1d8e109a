"""What templates draw on: the records of an inspection, in Chinese names, in a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from xiaohao.core.models import Account, Department, LeadingGroupMember, Person, Role
from xiaohao.ledger.indicators import Period
from xiaohao.ledger.models import Decision, Instruction
from xiaohao.lib.chinese_numerals import chinese
from xiaohao.rectification.models import (
    DONE_STATES,
    Area,
    Finding,
    Inspection,
    Kind,
    Measure,
    Meeting,
    Rule,
)
from xiaohao.writing.figures import Counts, Figures

STOPS = "。；;.!！ "


def day(value: dt.date | None) -> str:
    """Return a day as documents write it (GB/T 9704-2012, 7.3.5.4); empty for none."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def material(inspection: Inspection, account: Account, period: Period) -> Mapping[str, Any]:
    """Return everything a template may name."""
    figures = Figures(account, period, inspection.pk)
    findings = _findings(inspection)
    organ = inspection.organ
    people = Person.objects.filter(organ=organ, left_on=None)
    group = LeadingGroupMember.objects.filter(organ=organ).select_related("person")
    return {
        "单位": organ.name,
        "简称": organ.label,
        "巡察": _inspection(inspection),
        "主要负责人": _names(people.filter(roles__role=Role.HEAD)),
        "领导小组": [
            {"职务": str(member.get_office_display()), "姓名": member.person.name, "分工": member.duty}
            for member in group
        ],
        "委室": [one.name for one in Department.objects.filter(organ=organ)],
        "方面": _areas(inspection, findings),
        "问题": findings,
        "制度": _rules(inspection),
        "会议": _meetings(inspection, period),
        "下一步": inspection.next_steps,
        "待办": _waiting(inspection, findings),
        "数": figures,
        "值": Counts(figures),
        "起": day(period.first),
        "止": day(period.last),
        "今天": day(period.last),
    }


def _inspection(inspection: Inspection) -> dict[str, str]:
    return {
        "名称": inspection.title,
        "巡察组": inspection.inspecting_body,
        "单位": inspection.inspected_unit or inspection.organ.name,
        "开始": day(inspection.inspected_from),
        "结束": day(inspection.inspected_to),
        "反馈": day(inspection.feedback_on),
        "公开开始": day(inspection.open_from),
        "公开结束": day(inspection.open_to),
        "电话": inspection.contact_phone,
        "落款": inspection.signed_by or inspection.organ.name,
    }


def _names(people: Any) -> str:
    return "、".join(person.name for person in people)


def _findings(inspection: Inspection) -> list[dict[str, Any]]:
    """Return the findings in the order of the ledger, each with its measures and rules."""
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
    return [_finding(finding, measures[finding.pk]) for finding in findings]


def _finding(finding: Finding, measures: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "编号": finding.code,
        "序号": finding.number,
        "题目": finding.title.rstrip(STOPS),
        "表现": finding.detail.strip(),
        "目标": finding.goal.rstrip(STOPS),
        "情况": finding.text.rstrip(STOPS),
        "原因": finding.root_cause.rstrip(STOPS),
        "责任领导": str(finding.accountable_leader or ""),
        "领办领导": str(finding.taken_on_by or ""),
        "牵头单位": str(finding.lead_department or ""),
        "状态": str(finding.get_state_display()),
        "公开": finding.disclosed,
        "已销号": finding.closed_on is not None,
        "销号日期": day(finding.closed_on),
        "时限": day(finding.deadline),
        "制度": [{"名称": rule.name, "变化": str(rule.get_change_display())} for rule in finding.rules.all()],
        "措施": list(measures),
        "方面": finding.area_id,
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "编号": measure.code,
        "次序": f"{chinese(measure.number)}是",
        "措施": measure.text.rstrip(STOPS),
        "目标": measure.goal.rstrip(STOPS),
        "情况": measure.progress.rstrip(STOPS),
        "完成": measure.state in DONE_STATES,
        "状态": str(measure.get_state_display()),
        "长期": measure.kind == Kind.STANDING,
        "时限": day(measure.deadline) or str(measure.get_kind_display()),
        "牵头单位": str(measure.lead_department or ""),
        "责任人": str(measure.owner or ""),
    }


def _areas(inspection: Inspection, findings: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    of: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for finding in findings:
        of[finding["方面"]].append(finding)
    areas = Area.objects.filter(organ=inspection.organ_id, inspection=inspection).order_by("number")
    shown = [area for area in areas if of[area.pk]]
    return [
        {"次序": chinese(place), "题目": area.title, "问题": of[area.pk]}
        for place, area in enumerate(shown, start=1)
    ]


def _rules(inspection: Inspection) -> list[dict[str, str]]:
    rules = Rule.objects.filter(organ=inspection.organ_id, findings__inspection=inspection).distinct()
    return [
        {"名称": rule.name, "变化": str(rule.get_change_display()), "漏洞": rule.closes}
        for rule in rules.order_by("pk")
    ]


def _meetings(inspection: Inspection, period: Period) -> list[dict[str, str]]:
    held = Meeting.objects.filter(
        organ=inspection.organ_id, inspection=inspection, **period.of("held_on")
    ).select_related("chair")
    return [
        {
            "日期": day(one.held_on),
            "名称": one.title,
            "类型": str(one.get_kind_display()),
            "主持": one.chair.name,
            "议题": one.agenda.rstrip(STOPS),
            "议定": one.outcome.rstrip(STOPS),
        }
        for one in held.order_by("held_on")
    ]


def _waiting(inspection: Inspection, findings: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what a successor has to take up: measures, decisions, instructions that are not done."""
    decisions = Decision.objects.filter(
        organ=inspection.organ_id, state__in=[Decision.State.OPEN, Decision.State.RETURNED]
    )
    instructions = Instruction.objects.filter(
        organ=inspection.organ_id, state=Instruction.State.OPEN
    ).select_related("to")
    return {
        "措施": [one for finding in findings for one in finding["措施"] if not one["完成"]],
        "审批": [{"事项": one.about_label, "状态": str(one.get_state_display())} for one in decisions],
        "批示": [
            {"内容": one.text.rstrip(STOPS), "回复人": str(one.to), "期限": day(one.due_on)}
            for one in instructions
        ],
    }

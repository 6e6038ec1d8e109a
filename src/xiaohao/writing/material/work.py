"""The inspection and what was done about it as a whole: plan, meetings, rules, next steps."""

import datetime as dt
import re
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from xiaohao.ledger.indicators import Period
from xiaohao.rectification.models import Finding, Inspection, Meeting, Plan, Rule
from xiaohao.writing.material.spoken import clause, day, one_line, sentence

LABEL = re.compile(r"^[（(][一二三四五六七八九十]+[）)]\s*")


def inspection_facts(inspection: Inspection) -> dict[str, str]:
    """Return who inspected whom, when, and what the notice names at its end."""
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


def plan(inspection: Inspection, last: dt.date) -> dict[str, str]:
    """Return the newest version of the plan; all empty where there is none.

    Its days are those of the newest version that was approved by ``last``: a new one is written meanwhile.
    """
    versions = Plan.objects.filter(organ=inspection.organ_id, inspection=inspection).defer("content")
    rows = list(versions.order_by("-number"))
    if not rows:
        return dict.fromkeys(("总体要求", "组织保障", "批准", "报送", "报送给"), "")
    newest = rows[0]
    approved = next((one for one in rows if _by(last, one.approved_on)), newest)
    return {
        "总体要求": one_line(newest.aim),
        "组织保障": one_line(newest.safeguards),
        "批准": day(_by(last, approved.approved_on)),
        "报送": day(_by(last, approved.reported_on)),
        "报送给": approved.reported_to,
    }


def _by(last: dt.date, found: dt.date | None) -> dt.date | None:
    return found if found and found <= last else None


def next_steps(inspection: Inspection) -> list[dict[str, str]]:
    """Return the steps to come: each with its heading, and what is said beyond it."""
    steps = []
    for text in inspection.next_steps:
        heading, _stop, rest = LABEL.sub("", one_line(str(text))).partition("。")
        steps.append({"题目": heading.strip(), "内容": rest.strip()})
    return steps


def rules(findings: QuerySet[Finding], period: Period) -> list[dict[str, str]]:
    """Return the rules issued in the period because of any of the findings."""
    found = Rule.objects.filter(findings__in=findings, **period.of("issued_on"))
    return [
        {
            "名称": sentence(rule.name),
            "变化": str(rule.get_change_display()),
            "文号": rule.document_number,
            "日期": day(rule.issued_on),
            "漏洞": sentence(rule.closes),
        }
        for rule in found.distinct().order_by("issued_on", "pk")
    ]


def meetings(inspection: Inspection, period: Period, head: Collection[int]) -> list[dict[str, Any]]:
    """Return the meetings of the period on the rectification, the earliest first; ``head`` has the head."""
    held = Meeting.objects.filter(
        organ=inspection.organ_id, inspection=inspection, **period.of("held_on")
    ).select_related("chair")
    return [
        {
            "日期": day(one.held_on),
            "名称": sentence(one.title),
            "类型": str(one.get_kind_display()),
            "学习": one.kind == Meeting.Kind.STUDY,
            "主持": one.chair.name,
            "主要负责人主持": one.chair_id in head,
            "议题": clause(one.agenda),
            "议定": clause(one.outcome),
        }
        for one in held.order_by("held_on", "pk")
    ]

"""What templates draw on: the records of an inspection, in Chinese names, in a fixed number of queries."""

from collections.abc import Mapping
from typing import Any

from xiaohao.rectification.models import Finding
from xiaohao.writing.body import SIGNED_ON
from xiaohao.writing.figures import Counts, Figures
from xiaohao.writing.material.closing import closing
from xiaohao.writing.material.findings import findings_of
from xiaohao.writing.material.hand_over import hand_over
from xiaohao.writing.material.organisation import department_names, heads, leading_group, numbers_of_heads
from xiaohao.writing.material.spoken import day, short_span
from xiaohao.writing.material.together import areas, leading_departments, number_through, settled
from xiaohao.writing.material.work import inspection_facts, meetings, next_steps, plan, rules
from xiaohao.writing.models import DocumentKind
from xiaohao.writing.scope import Scope


def material(kind: str, scope: Scope) -> Mapping[str, Any]:
    """Return everything a template of a kind may name; ``names.NAMES`` tells what each name is."""
    inspection, period = scope.inspection, scope.period
    figures = Figures(scope.organ.pk, period, inspection.pk)
    head = numbers_of_heads(scope.organ)
    recorded = findings_of(scope, figures, head)
    told = Finding.objects.filter(organ=inspection.organ_id, inspection=inspection)
    findings = recorded
    if kind == DocumentKind.NOTICE:  # what is not public is no material, however the template is written
        told, findings = told.filter(disclosed=True), [one for one in recorded if one["公开"]]
    by_area = areas(inspection, findings)
    if kind == DocumentKind.NOTICE:
        number_through(by_area)
    departments = department_names(scope.organ)
    values = {
        "单位": scope.organ.name,
        "简称": scope.organ.label,
        "巡察": inspection_facts(inspection),
        "主要负责人": heads(scope.organ),
        "领导小组": leading_group(scope.organ, head),
        "委室": departments,
        "委室都有任务": bool(departments) and set(departments) <= leading_departments(recorded),
        "方案": {**plan(inspection, period.last), "明确": settled(recorded)},
        "方面": by_area,
        "问题": findings,
        "制度": rules(told, period),
        "会议": meetings(inspection, period, head),
        "下一步": next_steps(inspection),
        "数": figures,
        "值": Counts(figures),
        "起": day(period.first),
        "止": day(period.last),
        "期间": short_span(period),
        "今天": day(scope.today),
        "签发日期": SIGNED_ON,
    }
    if kind == DocumentKind.CLOSING_FORM and scope.finding is not None:
        values["题"] = closing(scope.finding, findings)
    if kind == DocumentKind.HAND_OVER and scope.person is not None:
        values["移交"] = hand_over(scope)
    return values

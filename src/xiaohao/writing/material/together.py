"""The findings taken together: by area, numbered anew, what is settled for each of them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from xiaohao.lib.chinese_numerals import chinese
from xiaohao.rectification.models import Area, Inspection
from xiaohao.writing.material.spoken import sentence


def settled(findings: Sequence[dict[str, Any]]) -> str:
    """Return what is settled for every finding and every measure: 责任领导、牵头单位、时限和责任人."""
    measures = [measure for finding in findings for measure in finding["措施"]]
    of_findings = [name for name in ("目标", "责任领导", "牵头单位") if all(one[name] for one in findings)]
    of_measures = [name for name in ("时限", "责任人") if all(one[name] for one in measures)]
    *others, last = ([*of_findings, *of_measures] if measures else []) or [""]
    return f"{'、'.join(others)}和{last}" if others else last


def leading_departments(findings: Sequence[dict[str, Any]]) -> set[str]:
    """Return the names of the departments that lead a finding or a measure."""
    return {one["牵头单位"] for finding in findings for one in (finding, *finding["措施"])}


def number_through(areas: Sequence[dict[str, Any]]) -> None:
    """Number the findings from 1 through all areas: a number left out tells of something kept back."""
    findings = (finding for area in areas for finding in area["问题"])
    for number, finding in enumerate(findings, start=1):
        finding["序号"] = number


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

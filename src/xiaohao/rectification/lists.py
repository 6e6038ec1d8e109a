"""The three lists (三个清单): problems, tasks, responsibilities; three views of one set of data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiaohao.rectification.models import Finding, Measure

Cell = Callable[[Finding, Measure | None], str]
Column = tuple[str | Promise, int, Cell]  # title, width in characters, what stands in it


@dataclass(frozen=True)
class ThreeList:
    """One of the lists: a line a finding, or a line a measure."""

    key: str
    title: str | Promise
    columns: Sequence[Column]
    by_finding: bool = False


def _word(name: str) -> Cell:
    """Return a cell that shows a field of the measure."""

    def cell(_finding: Finding, measure: Measure | None) -> str:
        found: Any = getattr(measure, name, None)
        return "" if found is None else str(found)

    return cell


def _of_finding(name: str) -> Cell:
    def cell(finding: Finding, _measure: Measure | None) -> str:
        found = getattr(finding, name)
        return "" if found is None else str(found)

    return cell


def _leader(finding: Finding, measure: Measure | None) -> str:
    leader = (measure.accountable_leader if measure else None) or finding.accountable_leader
    return str(leader or "")


def _deadline(_finding: Finding, measure: Measure | None) -> str:
    if measure is None:
        return ""
    day = measure.deadline.isoformat() if measure.deadline else str(measure.get_kind_display())
    first = measure.original_deadline
    return f"{day}（{_('原定')}{first.isoformat()}）" if first else day


def _kind(_finding: Finding, measure: Measure | None) -> str:
    return str(measure.get_kind_display()) if measure else ""


def _state(_finding: Finding, measure: Measure | None) -> str:
    return str(measure.get_state_display()) if measure else ""


def _supporting(_finding: Finding, measure: Measure | None) -> str:
    if measure is None:
        return ""
    return "、".join(department.name for department in measure.supporting_departments.all())


def _goal(finding: Finding, measure: Measure | None) -> str:
    return (measure.goal if measure else "") or finding.goal


CODE: Column = (_("编号"), 8, _word("code"))
LISTS = {
    one.key: one
    for one in (
        ThreeList(
            "problem",
            _("问题清单"),
            (
                (_("编号"), 8, _of_finding("code")),
                (_("方面"), 18, _of_finding("area")),
                (_("反馈问题"), 34, _of_finding("title")),
                (_("具体表现"), 44, _of_finding("detail")),
                (_("责任领导"), 10, _of_finding("accountable_leader")),
                (_("领办领导"), 10, _of_finding("taken_on_by")),
                (_("牵头单位"), 14, _of_finding("lead_department")),
            ),
            by_finding=True,
        ),
        ThreeList(
            "task",
            _("任务清单"),
            (
                CODE,
                (_("反馈问题"), 30, _of_finding("title")),
                (_("整改目标"), 26, _goal),
                (_("整改措施"), 44, _word("text")),
                (_("类型"), 10, _kind),
                (_("整改时限"), 14, _deadline),
                (_("状态"), 12, _state),
            ),
        ),
        ThreeList(
            "responsibility",
            _("责任清单"),
            (
                CODE,
                (_("整改措施"), 44, _word("text")),
                (_("责任领导"), 10, _leader),
                (_("牵头单位"), 16, _word("lead_department")),
                (_("责任人"), 10, _word("owner")),
                (_("配合单位"), 18, _supporting),
                (_("整改时限"), 14, _deadline),
            ),
        ),
    )
}


def lines_of(
    chosen: ThreeList, findings: Sequence[Finding], measures: Sequence[Measure]
) -> list[tuple[int, list[tuple[str | Promise, str]]]]:
    """Return the lines of a page: the finding's number, and each cell with its title."""
    if chosen.by_finding:
        pairs: list[tuple[Finding, Measure | None]] = [(finding, None) for finding in findings]
    else:
        of = {finding.pk: finding for finding in findings}
        pairs = [
            (of[measure.finding_id], measure)
            for finding in findings
            for measure in measures
            if measure.finding_id == finding.pk
        ]
    return [
        (finding.pk, [(title, cell(finding, measure)) for title, _width, cell in chosen.columns])
        for finding, measure in pairs
    ]

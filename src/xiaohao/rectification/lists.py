"""The three lists (三个清单): problems, tasks, responsibilities; three views of one set of data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiaohao.rectification.columns import COLUMNS, Facts

Entry = tuple[Facts, Sequence[Facts]]
"""A finding and its measures."""


@dataclass(frozen=True)
class ThreeList:
    """One of the lists: a line a finding, or a line a measure. ``shown`` are the columns of the page,
    ``written`` those of the file."""

    key: str
    title: str | Promise
    shown: Sequence[str]
    written: Sequence[str]
    by_finding: bool = False

    @property
    def header(self) -> list[str]:
        return [str(COLUMNS[name].title) for name in self.shown]


LISTS = {
    one.key: one
    for one in (
        ThreeList(
            "problem",
            _("问题清单"),
            shown=(
                *("page_code", "area", "finding", "detail"),
                *("accountable_leader", "taken_on_by", "lead_department"),
            ),
            written=(
                *("number", "area", "finding", "detail", "goal"),
                *("accountable_leader", "lead_department", "taken_on_by"),
            ),
            by_finding=True,
        ),
        ThreeList(
            "task",
            _("任务清单"),
            shown=("page_code", "finding", "goal", "measure", "kind", "page_deadline", "page_state"),
            written=(
                *("number", "finding", "goal", "code", "measure"),
                *("kind", "deadline", "status", "remark"),
            ),
        ),
        ThreeList(
            "responsibility",
            _("责任清单"),
            shown=(
                *("page_code", "measure", "accountable_leader", "lead_department"),
                *("owner", "supporting_departments", "page_deadline"),
            ),
            written=(
                *("number", "finding", "code", "measure", "accountable_leader", "lead_department"),
                *("owner", "supporting_departments", "kind", "deadline", "remark"),
            ),
        ),
    )
}


def lines_of(chosen: ThreeList, entries: Iterable[Entry]) -> list[tuple[int, list[tuple[str, str]]]]:
    """Return the lines of a page: the finding's number, and each cell with its title."""
    columns = [(str(COLUMNS[name].title), COLUMNS[name].value) for name in chosen.shown]
    return [
        (finding["pk"], [(title, str(value(finding, measure))) for title, value in columns])
        for finding, measures in entries
        for measure in ([None] if chosen.by_finding else measures)
    ]

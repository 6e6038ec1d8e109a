"""The ledger as rows, in the columns in which it can be imported again."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from xiaohao.rectification.models import Kind, Measure, State

if TYPE_CHECKING:
    from django.db.models import QuerySet

BATCH = 2000
# Plain values instead of records: a hundred thousand rows are made in half the time.
FIELDS = (
    "pk",
    "number",
    "finding__number",
    "finding__area__title",
    "finding__title",
    "finding__detail",
    "finding__goal",
    "goal",
    "text",
    "accountable_leader__name",
    "lead_department__name",
    "owner__name",
    "deadline",
    "kind",
    "progress",
    "state",
    "evidence",
)


def ledger_lines(measures: "QuerySet[Measure]") -> Iterator[list[Any]]:
    """Yield a line a measure in the order of the ledger; what belongs to the finding stands in its first."""
    words = {key: str(word) for key, word in (*State.choices, *Kind.choices)}
    ordered = measures.order_by("finding__inspection_id", "finding__number", "number")
    rows = ordered.values_list(*FIELDS).iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        supporting = _supporting([row[0] for row in batch])
        for row in batch:
            yield _line(row, words, supporting.get(row[0], []))


def _supporting(numbers: Sequence[int]) -> dict[int, list[str]]:
    """Return the names of the supporting departments of measures, by their numbers."""
    names: dict[int, list[str]] = defaultdict(list)
    rows = Measure.supporting_departments.through._default_manager.filter(measure__in=numbers)
    for number, name in rows.order_by("department__position").values_list("measure", "department__name"):
        names[number].append(name)
    return names


def _line(row: Sequence[Any], words: dict[str, str], supporting: Sequence[str]) -> list[Any]:
    (_pk, number, finding, area, title, detail, finding_goal, goal, text, leader, department, owner) = row[
        :12
    ]
    deadline, kind, progress, state, evidence = row[12:]
    first = number == 1
    return [
        finding if first else "",
        area if first else "",
        title if first else "",
        detail if first else "",
        goal or (finding_goal if first else ""),
        text,
        leader or "",
        department or "",
        owner or "",
        "、".join(supporting),
        deadline or (words[kind] if kind != Kind.BY_DATE else ""),
        progress,
        words[state],
        evidence,
    ]

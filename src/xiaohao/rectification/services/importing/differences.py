"""What an update would change: old and new side by side, before anything is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from xiaohao.core.services.records import plain
from xiaohao.rectification.models import Finding, Inspection, Kind, Measure, State
from xiaohao.rectification.services.importing.confirm import match_measures, new_measure_values, new_values
from xiaohao.rectification.services.importing.content import FindingContent
from xiaohao.rectification.services.importing.names import Names
from xiaohao.rectification.services.plans import fixed_fields

WORDS = {**dict(State.choices), **dict(Kind.choices)}
UNSHOWN = frozenset({"text"})  # of a finding: the source text as a whole


@dataclass(frozen=True)
class Change:
    """A field of a finding or of one of its measures (``subject`` its code) that would change."""

    subject: str
    label: str
    old: Any
    new: Any


@dataclass
class Difference:
    """What would happen to one finding: new, or changed, or nothing."""

    new: bool = False
    changes: list[Change] = field(default_factory=list)
    new_measures: int = 0


def differences(
    inspection: Inspection, contents: Iterable[FindingContent], names: Names
) -> dict[int, Difference]:
    """Return for each number what an update without progress would change."""
    wanted = {content.number: content for content in contents}
    found = inspection.findings.filter(number__in=list(wanted)).select_related(
        "accountable_leader", "lead_department"
    )
    present = {
        finding.number: finding
        for finding in found.prefetch_related(
            "measures__owner", "measures__lead_department", "measures__accountable_leader"
        )
    }
    fixed = fixed_fields(inspection)
    return {
        number: _difference(present[number], content, names, fixed)
        if number in present
        else Difference(new=True)
        for number, content in wanted.items()
    }


def _difference(finding: Finding, content: FindingContent, names: Names, fixed: frozenset[str]) -> Difference:
    values = new_values(finding, content, names)
    shown = {name: value for name, value in values.items() if name not in UNSHOWN}
    difference = Difference(changes=_changes(finding, shown))
    for one, measure in match_measures(list(finding.measures.all()), content.measures):
        if measure is None:
            difference.new_measures += 1
        else:
            difference.changes += _changes(
                measure, new_measure_values(measure, one, names, fixed, take_progress=False)
            )
    return difference


def _changes(row: Finding | Measure, values: Mapping[str, Any]) -> list[Change]:
    labels = {one.name: str(one.verbose_name) for one in row._meta.concrete_fields}
    return [
        Change(row.code, labels[name], _word(getattr(row, name)), _word(value))
        for name, value in values.items()
        if getattr(row, name) != value
    ]


def _word(value: Any) -> Any:
    shown = plain(value)
    return WORDS.get(shown, shown) if isinstance(shown, str) else shown

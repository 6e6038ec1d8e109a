"""What a file says anew of a finding that is there, and of its measures; nothing where it says the same.

A blank cell erases nothing. What a cell cannot keep (blanks around a text, what is beyond its length) makes
no difference. A column that shows the finding's value where a measure has none is read the same way.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xiaohao.core.sheets import same_in_cell
from xiaohao.rectification.models import DONE_STATES, Finding, Measure, State
from xiaohao.rectification.services.importing.content import FindingContent, MeasureContent, parsed_day
from xiaohao.rectification.services.importing.names import Names
from xiaohao.rectification.services.importing.shared import SHARED, Shared, names_record
from xiaohao.rectification.services.importing.words import OUR_STATES, state_without_words

OUR_CODE = re.compile(r"(\d+-\d+)-(\d+)")

Pairs = Sequence[tuple[MeasureContent, Measure | None]]


@dataclass(frozen=True)
class Rules:
    """How a file is taken: who its names are, what an approved plan has fixed, whether progress counts."""

    names: Names
    fixed: frozenset[str] = frozenset()
    take_progress: bool = False


@dataclass
class MeasureNews:
    """A measure of the file, the one it means (None: it is new), and what changes of that one."""

    content: MeasureContent
    measure: Measure | None
    values: dict[str, Any] = field(default_factory=dict)


@dataclass
class News:
    """What changes of a finding, the title of another area, and what changes of its measures."""

    values: dict[str, Any]
    area: str
    measures: list[MeasureNews]

    def __bool__(self) -> bool:
        return bool(self.values or self.area or any(one.values or not one.measure for one in self.measures))


def news_of(finding: Finding, content: FindingContent, rules: Rules) -> News:
    """Compare a finding and its measures with what a file says; whom they name is at hand."""
    pairs = match_measures(finding, content.measures)
    ours = bool(content.measures) and bool(_number(finding, content.measures[0]))
    shared = [Shared.of(name, finding, content, pairs, rules.names) for name in SHARED]
    values = {
        "title": _text(finding.title, content.title.strip(), 300),
        "detail": _text(finding.detail, content.detail),
        "text": _text(finding.text, content.text),
        "stated_status": _status(finding.stated_status, content.stated_status, ours=ours),
        **{one.name: one.of_finding for one in shared},
    }
    area = _text(finding.area.title, content.area.strip(), 200)
    news = [
        MeasureNews(one, measure, _measure_values(finding, measure, one, shared, rules) if measure else {})
        for one, measure in pairs
    ]
    return News(_said(values), area, news)


def match_measures(finding: Finding, contents: Sequence[MeasureContent]) -> Pairs:
    """Find for each measure of the file the one it means: by its code, by its words, or by its place.

    In a ledger of ours a row without a code is a new measure, unless it has the words of one without a row.
    """
    left = {measure.number: measure for measure in finding.measures.all()}
    found: list[Measure | None] = [left.pop(_number(finding, one), None) for one in contents]
    for place, content in enumerate(contents):
        if found[place] is None:
            same = [number for number, one in left.items() if same_in_cell(one.text, content.text)]
            number = place + 1 if place + 1 in same else min(same, default=0)
            found[place] = left.pop(number, None)
    if not any(_number(finding, one) for one in contents):
        found = [one or left.pop(place, None) for place, one in enumerate(found, start=1)]
    return list(zip(contents, found, strict=True))


def _number(finding: Finding, content: MeasureContent) -> int:
    """Return the number of the measure a code of ours names; 0 for none and for those of other findings."""
    code = OUR_CODE.fullmatch(content.code)
    return int(code[2]) if code and code[1] == finding.code else 0


def _measure_values(
    finding: Finding, measure: Measure, content: MeasureContent, shared: Sequence[Shared], rules: Rules
) -> dict[str, Any]:
    """Return what changes of a measure.

    What the approved plan has fixed does not change by a file, and a file strikes nothing off and reopens
    nothing once there is a plan.
    """
    day = parsed_day(content.deadline)
    ours = bool(_number(finding, content))
    values = {
        "text": _text(measure.text, content.text),
        "kind": content.kind if content.kind != measure.kind else "",
        "deadline": day if day != measure.deadline else None,
        "stated_status": _status(measure.stated_status, content.stated_status, ours=ours),
        "evidence": _text(measure.evidence, content.evidence),
        "owner": None if names_record(measure.owner, content.owner) else rules.names.person(content.owner),
        "supporting_departments": _supporting(finding, measure, content, rules.names),
        **{one.name: one.of_measure(measure, content) for one in shared},
    }
    if rules.take_progress:
        values["progress"] = _text(measure.progress, content.progress)
        values["state"] = _state(measure, content, planned=bool(rules.fixed))
    return {name: value for name, value in _said(values).items() if name not in rules.fixed}


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _text(kept: str, read: str, longest: int | None = None) -> str:
    """Return a text that says something else than what is kept; empty where it does not."""
    return "" if same_in_cell(kept, read) or same_in_cell(kept, read[:longest]) else read[:longest]


def _status(kept: str, read: str, *, ours: bool) -> str:
    """Return status words of the source; those we wrote ourselves are none."""
    return "" if ours and read in OUR_STATES else _text(kept, read, 60)


def _state(measure: Measure, content: MeasureContent, *, planned: bool) -> str:
    said = content.stated_status or content.state != state_without_words(content.progress)
    may = not planned or (measure.is_open() and State(content.state) not in DONE_STATES)
    return content.state if said and may and content.state != measure.state else ""


def _supporting(finding: Finding, measure: Measure, content: MeasureContent, names: Names) -> list[Any]:
    """Return the supporting departments where the file names others; who leads is not among them."""
    lead = measure.lead_department or finding.lead_department
    leading = {content.lead_department.strip(), lead.name.strip() if lead else ""}
    before = list(measure.supporting_departments.all())
    read = {name.strip() for name in content.supporting_departments} - leading
    if not read or read == {one.name.strip() for one in before} - leading:
        return []
    kept = [one for one in before if one.name.strip() in leading]
    known = [found for name in content.supporting_departments if (found := names.department(name))]
    return list(dict.fromkeys([*known, *kept])) if known else []

"""What is imported, before it is written: plain data a person may still correct."""

import dataclasses
import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from xiaohao.rectification.models import Kind, State

DATE_FACTS = ("inspected_from", "inspected_to", "feedback_on", "open_from", "open_to", "signed_on")


@dataclass
class MeasureContent:
    """A measure with the names as written; ``deadline`` is an ISO date or empty.

    ``code`` is what this program called the measure in a ledger that comes back.
    """

    text: str
    kind: str = Kind.BY_DATE.value
    deadline: str = ""
    state: str = State.IN_PROGRESS.value
    stated_status: str = ""
    goal: str = ""
    accountable_leader: str = ""
    lead_department: str = ""
    owner: str = ""
    supporting_departments: list[str] = field(default_factory=list)
    progress: str = ""
    evidence: str = ""
    code: str = ""


@dataclass
class FindingContent:
    """A finding; ``start`` and ``end`` are its place in the source text."""

    number: int
    title: str
    area: str = ""
    detail: str = ""
    goal: str = ""
    text: str = ""
    stated_status: str = ""
    accountable_leader: str = ""
    lead_department: str = ""
    start: int | None = None
    end: int | None = None
    measures: list[MeasureContent] = field(default_factory=list)


@dataclass
class ImportContent:
    """Everything understood of a file. ``facts`` has ISO dates; ``marks`` are places worth showing.

    ``findings`` may be read several times; of a draft they come from the database as they are read. ``head``
    is what stands above a ledger's header.
    """

    title: str
    facts: dict[str, str] = field(default_factory=dict)
    responsibility: list[str] = field(default_factory=list)
    next_steps: list[str] = field(default_factory=list)
    findings: Collection[FindingContent] = field(default_factory=list)
    source_text: str = ""
    marks: list[tuple[int, int, str]] = field(default_factory=list)
    doubts: list[dict[str, str]] = field(default_factory=list)
    doubts_left_off: int = 0
    repairs: int = 0
    columns: dict[str, str] = field(default_factory=dict)
    head: dict[str, str] = field(default_factory=dict)

    def fact_date(self, name: str) -> dt.date | None:
        """Return a fact as a date. Raises ``ValueError`` for an impossible one."""
        value = self.facts.get(name, "")
        return dt.date.fromisoformat(value) if value else None


def parsed_day(text: str) -> dt.date | None:
    """Return an ISO date as a day; None for anything else."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def header_to_json(content: ImportContent) -> dict[str, Any]:
    """Return everything but the findings."""
    return dataclasses.asdict(dataclasses.replace(content, findings=[]))


def header_from_json(data: dict[str, Any], findings: Collection[FindingContent]) -> ImportContent:
    """Return the content whose header was stored, with findings from elsewhere."""
    marks = [(start, end, kind) for start, end, kind in data["marks"]]
    return ImportContent(**{**data, "findings": findings, "marks": marks})


def finding_to_json(finding: FindingContent) -> dict[str, Any]:
    return dataclasses.asdict(finding)


def finding_from_json(data: dict[str, Any]) -> FindingContent:
    return FindingContent(**{**data, "measures": [MeasureContent(**measure) for measure in data["measures"]]})

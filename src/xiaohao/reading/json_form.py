"""A reading as plain data: the same keys for every document, ISO dates, null for what is unstated."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from xiaohao.reading.notice.model import Fact, Figure, Finding, Notice

if TYPE_CHECKING:
    from xiaohao.reading import Reading

FACTS = (
    "inspected_unit",
    "inspecting_body",
    "inspected_from",
    "inspected_to",
    "feedback_on",
    "open_from",
    "open_to",
    "contact_phone",
    "signed_by",
    "signed_on",
)
"""The facts of a notice, in the order in which they are shown."""


def as_json(reading: "Reading") -> dict[str, object]:
    """The reading as a dictionary that ``json.dumps`` takes.

    A ledger fills ``areas``, ``findings`` and, with its errors by cell, ``doubts``; the facts only a notice
    states are null. A ledger's rows are read once: call this once for a ledger.
    """
    if reading.notice is None:
        return _ledger_form(reading)
    notice = reading.notice
    return {
        **{name: plain(getattr(notice, name)) for name in FACTS},
        "sections": list(notice.sections),
        "responsibility": list(notice.responsibility),
        "areas": [{"title": area.title, "findings": list(area.findings)} for area in notice.areas],
        "findings": [finding_form(finding) for finding in notice.findings],
        "next_steps": list(notice.next_steps),
        "statistics": figure_forms(notice.statistics),
        "repairs": [repair_form(repair) for repair in reading.repairs],
        "doubts": doubt_forms(notice),
    }


def plain(fact: Fact[str] | Fact[date] | None) -> str | None:
    """The value of a fact: text as it is, a date as 2025-12-31, null for None."""
    if fact is None:
        return None
    return fact.value.isoformat() if isinstance(fact.value, date) else fact.value


def finding_form(finding: Finding) -> dict[str, object]:
    """A finding with its measures as texts and its figures."""
    return {
        "number": finding.number,
        "title": finding.title,
        "status": finding.status,
        "text": finding.text,
        "measures": [measure.text for measure in finding.measures],
        "figures": figure_forms(finding.figures),
    }


def figure_forms(figures: Iterable[Figure]) -> list[dict[str, object]]:
    """Figures as label, value and unit."""
    return [{"label": one.label, "value": one.value, "unit": one.unit} for one in figures]


def repair_form(repair: object) -> dict[str, object]:
    """A repair by its public fields, whatever kind it is."""
    fields = getattr(repair, "__dataclass_fields__", {})
    return {name: _plain_value(getattr(repair, name)) for name in fields}


def _plain_value(value: object) -> object:
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def doubt_forms(notice: Notice) -> list[dict[str, object]]:
    """The doubts as field, text and why."""
    return [{"field": one.field, "text": one.text, "why": one.why} for one in notice.doubts]


def _ledger_form(reading: "Reading") -> dict[str, object]:
    lists: tuple[str, ...] = ("sections", "responsibility", "areas", "next_steps", "statistics", "repairs")
    form: dict[str, Any] = {
        **dict.fromkeys(FACTS),
        **{name: [] for name in lists},
        "findings": [],
        "doubts": [],
    }
    findings: dict[int, dict[str, Any]] = {}
    areas: dict[str, list[int]] = {}
    for row in reading.ledger.rows if reading.ledger else ():
        if row.finding_number not in findings:
            findings[row.finding_number] = {
                "number": row.finding_number,
                "title": row.finding,
                "status": row.status or None,
                "text": row.detail,
                "measures": [],
                "figures": [],
            }
            areas.setdefault(row.area, []).append(row.finding_number)
        if row.measure:
            findings[row.finding_number]["measures"].append(row.measure)
        form["doubts"] += [
            {"field": one.address, "text": "", "why": str(one.message)} for one in row.problems
        ]
    form["areas"] = [{"title": title, "findings": numbers} for title, numbers in areas.items() if title]
    form["findings"] = list(findings.values())
    return form

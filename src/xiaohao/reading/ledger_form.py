"""A ledger as plain data: one finding for each problem, with the measures of its rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xiaohao.reading.tables import Ledger, LedgerRow


@dataclass
class LedgerForm:
    """The findings, areas and doubts of a ledger as plain data."""

    findings: list[dict[str, object]] = field(default_factory=list)
    areas: list[dict[str, object]] = field(default_factory=list)
    doubts: list[dict[str, object]] = field(default_factory=list)


def ledger_form(ledger: "Ledger") -> LedgerForm:
    """Read all rows, which can be done once."""
    form = LedgerForm()
    form.doubts += [_doubt("columns", name, "台账没有这一列") for name in ledger.missing]
    _fill(form, ledger.rows)
    return form


def _fill(form: LedgerForm, rows: Iterable["LedgerRow"]) -> None:
    measures: dict[int, list[str]] = {}
    areas: dict[str, list[int]] = {}
    for row in rows:
        if row.finding_number not in measures:
            listed = measures[row.finding_number] = []
            form.findings.append(
                {
                    "number": row.finding_number,
                    "title": row.finding,
                    "status": row.status or None,
                    "text": row.detail,
                    "measures": listed,
                    "figures": [],
                }
            )
            if row.area:
                areas.setdefault(row.area, []).append(row.finding_number)
        if row.measure:
            measures[row.finding_number].append(row.measure)
        form.doubts += [_doubt(problem.address, "", str(problem.message)) for problem in row.problems]
    form.areas = [{"title": title, "findings": numbers} for title, numbers in areas.items()]


def _doubt(name: str, text: str, why: str) -> dict[str, object]:
    return {"field": name, "text": text, "why": why}

"""The three lists as tables of a document: ``〔附表：问题清单〕`` in a body is one of them."""

from collections.abc import Iterable, Sequence

from django.utils.translation import override

from xiaohao.rectification.lists import LISTS, ThreeList
from xiaohao.rectification.models import Finding, Inspection, Measure
from xiaohao.writing import tables
from xiaohao.writing.body import lists_named

Pair = tuple[Finding, Measure | None]


def known_lists() -> dict[str, ThreeList]:
    """Return the lists a body may name, by their Chinese titles."""
    with override("zh-hans"):
        return {str(one.title): one for one in LISTS.values()}


def lines_of(inspection: Inspection, title: str) -> list[str]:
    """Return the lines of a list as its records are now. Raises ``KeyError`` for one there is not."""
    chosen = known_lists()[title]
    with override("zh-hans"):
        head = [str(column) for column, _width, _cell in chosen.columns]
        # A column is never narrower than its name in one line.
        widths = [max(width, 2 * len(str(column)) + 3) for column, width, _cell in chosen.columns]
        rows = [
            [cell(finding, measure) for _column, _width, cell in chosen.columns]
            for finding, measure in pairs(inspection, chosen)
        ]
    return tables.table(widths, head, rows)


def lists_of(inspection: Inspection, body: str) -> dict[str, list[str]]:
    """Return the lines of every list the body names; a name there is no list for is left out."""
    known = known_lists()
    return {title: lines_of(inspection, title) for title in lists_named(body) if title in known}


def unknown_lists(body: str) -> list[str]:
    """Return what the body names that is no list."""
    known = known_lists()
    return [title for title in lists_named(body) if title not in known]


def changed_lists(inspection: Inspection, body: str, kept: dict[str, Sequence[str]]) -> list[str]:
    """Return the titles of lists whose records are others now than when they were kept."""
    now = lists_of(inspection, body)
    return [title for title, lines in now.items() if list(kept.get(title, ())) != lines]


def pairs(inspection: Inspection, chosen: ThreeList) -> Iterable[Pair]:
    """Yield what the lines of a list are about, in the order of the ledger; a fixed number of queries."""
    related = ("area", "lead_department", "accountable_leader", "taken_on_by")
    findings = Finding.objects.filter(organ=inspection.organ_id, inspection=inspection)
    if chosen.by_finding:
        return ((finding, None) for finding in findings.select_related(*related).order_by("number"))
    measures = (
        Measure.objects.filter(organ=inspection.organ_id, finding__inspection=inspection)
        .select_related(
            "owner", "lead_department", "accountable_leader", "finding__area", "finding__accountable_leader"
        )
        .prefetch_related("supporting_departments")
        .order_by("finding__number", "number")
    )
    return ((one.finding, one) for one in measures.iterator(chunk_size=1000))

"""Bringing an inspection in line with a newer file: what it says anew, and nothing else."""

from collections.abc import Iterable
from pathlib import PurePath

from django.db import transaction

from xiaohao.core.models import Account, Organ
from xiaohao.core.progress import Report, silent
from xiaohao.core.services import records
from xiaohao.core.sheets import same_in_cell
from xiaohao.rectification.models import Finding, Inspection
from xiaohao.rectification.services import findings as findings_service
from xiaohao.rectification.services import search
from xiaohao.rectification.services.importing.comparing import News, Rules, news_of
from xiaohao.rectification.services.importing.confirm import (
    Areas,
    batches,
    check,
    inspection_values,
    new_measure,
    support,
    write_findings,
)
from xiaohao.rectification.services.importing.content import FindingContent, ImportContent
from xiaohao.rectification.services.importing.names import Names, unknown_names
from xiaohao.rectification.services.plans import fixed_fields

NAMED = ("accountable_leader", "lead_department")
NAMED_BY_MEASURES = (*NAMED, "owner", "supporting_departments")


def existing_inspection(organ: Organ, content: ImportContent, source_hash: str) -> Inspection | None:
    """Return the inspection a file belongs to: the same file, one of ours, or the same body and day."""
    inspections = Inspection.objects.filter(organ=organ)
    same_file = inspections.filter(source_hash=source_hash).last()
    if same_file:
        return same_file
    title = content.head.get("巡察名称")
    if title and same_in_cell(organ.name, content.head.get("填报单位", "")):
        return _written_of(inspections.defer("source_text").order_by("number"), title, content)
    body, feedback = content.facts.get("inspecting_body"), content.fact_date("feedback_on")
    if body and feedback:
        return inspections.filter(inspecting_body=body, feedback_on=feedback).last()
    return None


def _written_of(inspections: Iterable[Inspection], title: str, content: ImportContent) -> Inspection | None:
    """Return the inspection a ledger of ours was written of; of several the codes tell which."""
    found = [one for one in inspections if same_in_cell(one.title, title)]
    if len(found) > 1:
        codes = (one.code for finding in content.findings for one in finding.measures if one.code)
        number = next(codes, "").partition("-")[0]
        found = [one for one in found if str(one.number) == number] or found
    return found[-1] if found else None


def with_names(inspection: Inspection, numbers: Iterable[int]) -> dict[int, Finding]:
    """Return findings by their number, whom they and their measures name at hand."""
    found = inspection.findings.filter(number__in=list(numbers)).select_related("area", "inspection", *NAMED)
    measures = [f"measures__{name}" for name in NAMED_BY_MEASURES]
    return {one.number: one for one in found.prefetch_related("measures", *measures)}


@transaction.atomic
def update(
    *,
    inspection: Inspection,
    content: ImportContent,
    by: Account | None,
    create_missing: bool,
    take_progress: bool = False,
    source_name: str = "",
    source_hash: str = "",
    report: Report = silent,
) -> Inspection:
    """Match by number, change what the file says anew, add what is new, delete nothing.

    States and progress reported meanwhile stay unless ``take_progress``. A file that says nothing new writes
    nothing, not even where it came from.
    """
    check(content)
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    names = Names.of(inspection.organ)
    if create_missing:
        names.create(unknown_names(content, names), inspection.organ, by)
    rules = Rules(names, fixed_fields(inspection), take_progress)
    areas, changed = Areas(inspection, by), False
    for done, batch in batches(content.findings):
        present = with_names(inspection, (one.number for one in batch))
        for one in batch:
            if one.number in present:
                changed |= update_finding(present[one.number], one, rules, areas, by)
        new = [one for one in batch if one.number not in present]
        write_findings(areas, new, names, by)
        changed |= bool(new)
        report(done, len(content.findings))
    # A fact the file does not state stays as it is; a title made of the file's name states nothing.
    stated = {name: value for name, value in inspection_values(content).items() if value}
    if content.title == PurePath(source_name).stem or same_in_cell(inspection.title, content.title):
        del stated["title"]
    source = {"source_name": source_name, "source_hash": source_hash} if source_hash and changed else {}
    return records.change(inspection, stated | source, by=by, action="inspection.reimported")


def update_finding(
    finding: Finding, content: FindingContent, rules: Rules, areas: Areas, by: Account | None
) -> bool:
    """Bring one finding and its measures in line with the file; tell whether anything changed."""
    news = news_of(finding, content, rules)
    if not news:
        return False
    values = {**news.values, "area": areas.of(content)} if news.area else news.values
    changed = records.change(finding, values, by=by, action="finding.reimported")
    _write_measures(finding, news, rules.names, by)
    if changed.closed_on and not findings_service.all_done(one.state for one in changed.measures.all()):
        changed = records.change(changed, {"closed_on": None}, by=by, action="finding.reimported")
    findings_service.refresh(changed)
    search.index([changed])
    return True


def _write_measures(finding: Finding, news: News, names: Names, by: Account | None) -> None:
    number = max((measure.number for measure in finding.measures.all()), default=0)
    for one in news.measures:
        if one.measure is None:
            number += 1
            new = records.create(
                new_measure(finding, number, one.content, names), by=by, action="measure.imported"
            )
            support([(new, one.content)], names)
        elif one.values:
            records.change(one.measure, one.values, by=by, action="measure.reimported")

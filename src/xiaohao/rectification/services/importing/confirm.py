"""Writing an import: everything in one transaction, or nothing."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.models import Account, Organ
from xiaohao.core.progress import Report, silent
from xiaohao.core.services import records
from xiaohao.reading.json_form import FACTS
from xiaohao.rectification.models import (
    DONE_STATES,
    OPEN_STATES,
    Area,
    Finding,
    Inspection,
    Measure,
    next_inspection_number,
)
from xiaohao.rectification.services import findings as findings_service
from xiaohao.rectification.services import search
from xiaohao.rectification.services.importing.content import (
    DATE_FACTS,
    FindingContent,
    ImportContent,
    MeasureContent,
)
from xiaohao.rectification.services.importing.names import Names, unknown_names
from xiaohao.rectification.services.plans import fixed_fields

BATCH = 1000
MOST_FAULTS = 50


def existing_inspection(organ: Organ, content: ImportContent, source_hash: str) -> Inspection | None:
    """Return the inspection the file was imported into before: same file, or same body and feedback day."""
    inspections = Inspection.objects.filter(organ=organ)
    same_file = inspections.filter(source_hash=source_hash).last()
    if same_file:
        return same_file
    body, feedback = content.facts.get("inspecting_body"), content.fact_date("feedback_on")
    if body and feedback:
        return inspections.filter(inspecting_body=body, feedback_on=feedback).last()
    return None


@transaction.atomic
def confirm(
    *,
    content: ImportContent,
    organ: Organ,
    by: Account | None,
    create_missing: bool,
    source_name: str = "",
    source_hash: str = "",
    report: Report = silent,
) -> Inspection:
    """Write a new inspection with findings and measures. Raises ``ValidationError``; then nothing stays."""
    check(content)
    names = Names.of(organ)
    if create_missing:
        names.create(unknown_names(content, names), organ, by)
    inspection = Inspection(
        organ=organ,
        number=next_inspection_number(organ),
        source_name=source_name,
        source_hash=source_hash,
        source_text=content.source_text,
        **_inspection_values(content),
    )
    records.create(inspection, by=by, action="inspection.imported")
    areas = _Areas(inspection, by)
    for done, batch in _batches(content.findings):
        _write_findings(areas, batch, names, by)
        report(done, len(content.findings))
    return inspection


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
    """Bring an inspection in line with a newer file: match by number, add what is new, delete nothing.

    States and progress reported meanwhile stay unless ``take_progress``.
    """
    check(content)
    names = Names.of(inspection.organ)
    if create_missing:
        names.create(unknown_names(content, names), inspection.organ, by)
    # A fact the file does not state stays as it is.
    stated = {name: value for name, value in _inspection_values(content).items() if value}
    source = {"source_name": source_name, "source_hash": source_hash} if source_hash else {}
    records.change(inspection, stated | source, by=by, action="inspection.reimported")
    areas = _Areas(inspection, by)
    for done, batch in _batches(content.findings):
        numbers = [one.number for one in batch]
        found = inspection.findings.filter(number__in=numbers).prefetch_related("measures")
        present = {finding.number: finding for finding in found}
        for one in batch:
            if one.number in present:
                update_finding(present[one.number], one, names, by, take_progress=take_progress)
        _write_findings(areas, [one for one in batch if one.number not in present], names, by)
        report(done, len(content.findings))
    return inspection


def _batches(findings: Iterable[FindingContent]) -> Iterator[tuple[int, list[FindingContent]]]:
    """Yield the findings a batch at a time, each with how many there were up to its end."""
    remaining, done = iter(findings), 0
    while batch := list(islice(remaining, BATCH)):
        done += len(batch)
        yield done, batch


def check(content: ImportContent) -> None:
    """Refuse what cannot become a ledger, each fault in one sentence. Raises ``ValidationError``."""
    faults = [
        _("“%(text)s”不是日期，请写成 2025-06-30 的样子。") % {"text": content.facts[name]}
        for name in DATE_FACTS
        if content.facts.get(name) and _date(content.facts[name]) is None
    ]
    used: Counter[int] = Counter()
    for finding in content.findings:
        used[finding.number] += 1
        faults += _faults_of(finding)
        if used[finding.number] == 2:
            faults.append(_("序号 %(number)s 用了不止一次。请改成不同的序号。") % {"number": finding.number})
    if not used:
        faults.append(_("没有一个问题。请至少保留一个问题再导入。"))
    if len(faults) > MOST_FAULTS:
        rest = len(faults) - MOST_FAULTS
        faults[MOST_FAULTS:] = [_("还有 %(count)s 处同类错误，改好上面的再试。") % {"count": rest}]
    if faults:
        raise ValidationError(faults)


def _faults_of(finding: FindingContent) -> list[str]:
    faults = []
    if not finding.title.strip():
        faults.append(_("问题 %(number)s 没有标题。") % {"number": finding.number})
    faults += [
        _("问题 %(number)s 的时限“%(text)s”不是日期。") % {"number": finding.number, "text": measure.deadline}
        for measure in finding.measures
        if measure.deadline and _date(measure.deadline) is None
    ]
    return faults


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _inspection_values(content: ImportContent) -> dict[str, Any]:
    values: dict[str, Any] = {name: content.facts.get(name, "") for name in FACTS if name not in DATE_FACTS}
    values |= {name: content.fact_date(name) for name in DATE_FACTS}
    lists = {"responsibility": content.responsibility, "next_steps": content.next_steps}
    return {"title": content.title, **values, **lists}


class _Areas:
    """The areas of an inspection by title; one that is not there yet is created when first met."""

    def __init__(self, inspection: Inspection, by: Account | None) -> None:
        self.inspection = inspection
        self._by = by
        self._known = {area.title: area for area in inspection.areas.all()}

    def of(self, content: FindingContent) -> Area:
        title = (content.area.strip() or _("未分方面"))[:200]
        if title not in self._known:
            area = Area(
                organ=self.inspection.organ,
                inspection=self.inspection,
                number=len(self._known) + 1,
                title=title,
            )
            self._known[title] = records.create(area, by=self._by, action="area.created")
        return self._known[title]


def _write_findings(areas: _Areas, batch: list[FindingContent], names: Names, by: Account | None) -> None:
    made = records.create_many(
        Finding,
        [_finding(areas.inspection, areas.of(one), one, names) for one in batch],
        by=by,
        action="finding.imported",
    )
    pairs = [
        (_measure(finding, number, one, names), one)
        for finding, content in zip(made, batch, strict=True)
        for number, one in enumerate(content.measures, start=1)
    ]
    records.create_many(Measure, [measure for measure, _one in pairs], by=by, action="measure.imported")
    _support(pairs, names)
    search.index(made)


def _support(pairs: list[tuple[Measure, MeasureContent]], names: Names) -> None:
    through = Measure.supporting_departments.through
    through._default_manager.bulk_create(
        through(measure_id=measure.pk, department_id=department.pk)
        for measure, one in pairs
        for department in {names.department(name) for name in one.supporting_departments}
        if department is not None
    )


def _finding(inspection: Inspection, area: Area, content: FindingContent, names: Names) -> Finding:
    deadlines = [(one.state, day) for one in content.measures if (day := _date(one.deadline))]
    open_days = [day for state, day in deadlines if state in OPEN_STATES]
    states = [one.state for one in content.measures]
    # What the file says is struck off was struck off before Xiaohao: the day it was taken over stands for it.
    closed_on = timezone.localdate() if findings_service.all_done(states) else None
    return Finding(
        organ=inspection.organ,
        inspection=inspection,
        area=area,
        number=content.number,
        code=f"{inspection.number}-{content.number}",
        source_start=content.start,
        source_end=content.end,
        state=findings_service.overall_state(states, closed=closed_on is not None),
        closed_on=closed_on,
        deadline=min(open_days) if open_days else max((day for _s, day in deadlines), default=None),
        **_finding_values(content, names),
    )


def _finding_values(content: FindingContent, names: Names) -> dict[str, Any]:
    return {
        "title": content.title.strip()[:300],
        "detail": content.detail,
        "goal": content.goal,
        "text": content.text,
        "stated_status": content.stated_status[:60],
        "accountable_leader": names.person(content.accountable_leader),
        "lead_department": names.department(content.lead_department),
    }


def _measure(finding: Finding, number: int, content: MeasureContent, names: Names) -> Measure:
    return Measure(
        organ=finding.organ,
        finding=finding,
        number=number,
        code=f"{finding.code}-{number}",
        state=content.state,
        progress=content.progress,
        **_measure_values(content, names),
    )


def _measure_values(content: MeasureContent, names: Names) -> dict[str, Any]:
    return {
        "text": content.text,
        "kind": content.kind,
        "goal": content.goal,
        "deadline": _date(content.deadline),
        "stated_status": content.stated_status[:60],
        "evidence": content.evidence,
        "accountable_leader": names.person(content.accountable_leader),
        "lead_department": names.department(content.lead_department),
        "owner": names.person(content.owner),
    }


def update_finding(
    finding: Finding, content: FindingContent, names: Names, by: Account | None, *, take_progress: bool
) -> None:
    """Bring one finding and its measures in line with the file."""
    changed = records.change(finding, new_values(finding, content, names), by=by, action="finding.reimported")
    matched = match_measures(list(changed.measures.all()), content.measures)
    fixed = fixed_fields(finding.inspection)
    number = max((measure.number for measure in finding.measures.all()), default=0)
    for one, measure in matched:
        if measure is None:
            number += 1
            new = records.create(_measure(finding, number, one, names), by=by, action="measure.imported")
            _support([(new, one)], names)
            continue
        values = new_measure_values(measure, one, names, fixed, take_progress=take_progress)
        records.change(measure, values, by=by, action="measure.reimported")
    if changed.closed_on and not findings_service.all_done(m.state for m in finding.measures.all()):
        changed = records.change(changed, {"closed_on": None}, by=by, action="finding.reimported")
    findings_service.refresh(changed)
    search.index([changed])


def match_measures(
    measures: list[Measure], contents: list[MeasureContent]
) -> list[tuple[MeasureContent, Measure | None]]:
    """Find for each measure of the file the one it means: the same words first, else the same place."""
    by_text = {measure.text.strip(): measure for measure in measures}
    same = [by_text.pop(content.text.strip(), None) for content in contents]
    taken = {measure.pk for measure in same if measure}
    by_number = {measure.number: measure for measure in measures if measure.pk not in taken}
    return [
        (content, measure or by_number.pop(number, None))
        for number, (content, measure) in enumerate(zip(contents, same, strict=True), start=1)
    ]


def new_values(finding: Finding, content: FindingContent, names: Names) -> dict[str, Any]:
    """Return what the file says of a finding that is there already."""
    return _kept(finding, _finding_values(content, names))


def new_measure_values(
    measure: Measure,
    content: MeasureContent,
    names: Names,
    fixed: frozenset[str],
    *,
    take_progress: bool,
) -> dict[str, Any]:
    """Return what the file says of a measure that is there already.

    What the approved plan has fixed does not change by a file, and a file strikes nothing off and reopens
    nothing once there is a plan.
    """
    values = _kept(measure, _measure_values(content, names))
    if take_progress:
        values["progress"] = content.progress
        if not fixed or (measure.is_open() and content.state not in DONE_STATES):
            values["state"] = content.state
    return {name: value for name, value in values.items() if name not in fixed}


def _kept(row: Finding | Measure, values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the file is silent about: a blank cell erases nothing."""
    return {
        name: value for name, value in values.items() if value not in (None, "") or not getattr(row, name)
    }

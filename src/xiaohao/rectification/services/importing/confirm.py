"""Writing an import: everything in one transaction, or nothing."""

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
    parsed_day,
)
from xiaohao.rectification.services.importing.names import Names, unknown_names

BATCH = 1000
MOST_FAULTS = 50


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
    # One at a time: two at once would get the same number, and create the same people and departments.
    # Without the key, so that a long import keeps nobody else from adding rows to the organ.
    Organ.objects.select_for_update(no_key=True).get(pk=organ.pk)
    names = Names.of(organ)
    if create_missing:
        names.create(unknown_names(content, names), organ, by)
    inspection = Inspection(
        organ=organ,
        number=next_inspection_number(organ),
        source_name=source_name,
        source_hash=source_hash,
        source_text=content.source_text,
        **inspection_values(content),
    )
    records.create(inspection, by=by, action="inspection.imported")
    areas = Areas(inspection, by)
    for done, batch in batches(content.findings):
        write_findings(areas, batch, names, by)
        report(done, len(content.findings))
    return inspection


def batches(findings: Iterable[FindingContent]) -> Iterator[tuple[int, list[FindingContent]]]:
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
        if content.facts.get(name) and parsed_day(content.facts[name]) is None
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
        if measure.deadline and parsed_day(measure.deadline) is None
    ]
    return faults


def inspection_values(content: ImportContent) -> dict[str, Any]:
    values: dict[str, Any] = {name: content.facts.get(name, "") for name in FACTS if name not in DATE_FACTS}
    values |= {name: content.fact_date(name) for name in DATE_FACTS}
    lists = {"responsibility": content.responsibility, "next_steps": content.next_steps}
    return {"title": content.title, **values, **lists}


class Areas:
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


def write_findings(areas: Areas, batch: list[FindingContent], names: Names, by: Account | None) -> None:
    made = records.create_many(
        Finding,
        [_finding(areas.inspection, areas.of(one), one, names) for one in batch],
        by=by,
        action="finding.imported",
    )
    pairs = [
        (new_measure(finding, number, one, names), one)
        for finding, content in zip(made, batch, strict=True)
        for number, one in enumerate(content.measures, start=1)
    ]
    records.create_many(Measure, [measure for measure, _one in pairs], by=by, action="measure.imported")
    support(pairs, names)
    search.index(made)


def support(pairs: list[tuple[Measure, MeasureContent]], names: Names) -> None:
    through = Measure.supporting_departments.through
    through._default_manager.bulk_create(
        through(measure_id=measure.pk, department_id=department.pk)
        for measure, one in pairs
        for department in {names.department(name) for name in one.supporting_departments}
        if department is not None
    )


def _finding(inspection: Inspection, area: Area, content: FindingContent, names: Names) -> Finding:
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
        deadline=findings_service.overall_deadline(
            (one.state, parsed_day(one.deadline)) for one in content.measures
        ),
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


def new_measure(finding: Finding, number: int, content: MeasureContent, names: Names) -> Measure:
    return Measure(
        organ=finding.organ,
        finding=finding,
        number=number,
        code=f"{finding.code}-{number}",
        state=content.state,
        progress=content.progress,
        # A row may say all of a measure but its words.
        **(_measure_values(content, names) | ({} if content.text else {"text": finding.title})),
    )


def _measure_values(content: MeasureContent, names: Names) -> dict[str, Any]:
    return {
        "text": content.text,
        "kind": content.kind,
        "goal": content.goal,
        "deadline": parsed_day(content.deadline),
        "stated_status": content.stated_status[:60],
        "evidence": content.evidence,
        "accountable_leader": names.person(content.accountable_leader),
        "lead_department": names.department(content.lead_department),
        "owner": names.person(content.owner),
    }

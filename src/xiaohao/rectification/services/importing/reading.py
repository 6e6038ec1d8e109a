"""From what was read to what is imported."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePath

from django.utils.translation import gettext as _

from xiaohao.reading import Reading
from xiaohao.reading.json_form import FACTS
from xiaohao.reading.notice import Finding as NoticeFinding
from xiaohao.reading.notice import Notice
from xiaohao.reading.repair import Repair
from xiaohao.reading.tables import LedgerRow
from xiaohao.rectification.models import Kind, State
from xiaohao.rectification.services.importing.content import (
    FindingContent,
    ImportContent,
    MeasureContent,
)
from xiaohao.rectification.services.importing.words import state_of, state_without_words


def content_of(reading: Reading) -> ImportContent:
    """Return what a reading says as something to import, whole."""
    content, findings = stream_of(reading)
    content.findings = list(findings)
    return content


def stream_of(reading: Reading) -> tuple[ImportContent, Iterator[FindingContent]]:
    """Return what a reading says beside its findings, and the findings as they are read.

    Of a ledger, doubts and the inspected unit are complete only after the last finding.
    """
    if reading.notice is not None:
        return _header_of_notice(reading, reading.notice), _findings_of_notice(reading.notice)
    content = ImportContent(title=PurePath(reading.name).stem)
    if reading.ledger is None:
        return content, iter(())
    content.head = reading.ledger.head
    content.title = content.head.get("巡察名称", content.title)[:200]
    content.columns = {
        name: f"{letters} {header}" for name, (letters, header) in reading.ledger.columns.items()
    }
    return content, _findings_of_ledger(content, reading.ledger.rows)


def _header_of_notice(reading: Reading, notice: Notice) -> ImportContent:
    facts = {name: getattr(notice, name) for name in FACTS}
    body = notice.inspecting_body.value if notice.inspecting_body else ""
    repaired = reading.repaired
    return ImportContent(
        title=_("%(body)s巡察") % {"body": body} if body else _("巡察整改"),
        facts={name: str(fact.value) for name, fact in facts.items() if fact},
        responsibility=list(notice.responsibility),
        next_steps=list(notice.next_steps),
        source_text=repaired.text if repaired else "",
        marks=[(fact.start, fact.end, name) for name, fact in facts.items() if fact]
        + [(repair.at, repair.at + len(repair.after), "repair") for repair in _shown_repairs(reading)],
        doubts=[{"field": one.field, "text": one.text, "why": one.why} for one in notice.doubts],
        repairs=len(reading.repairs),
    )


def _findings_of_notice(notice: Notice) -> Iterator[FindingContent]:
    areas = {number: area.title for area in notice.areas for number in area.findings}
    for finding in notice.findings:
        yield _notice_finding(finding, areas.get(finding.number, ""))


def _shown_repairs(reading: Reading) -> list[Repair]:
    """Leave out the repairs of the whole text and of single readings: they would cover everything."""
    return [repair for repair in reading.repairs if repair.kind.startswith(("shifted", "slip", "date"))]


def _notice_finding(finding: NoticeFinding, area: str) -> FindingContent:
    status = finding.status or ""
    state = state_of(status) or State.IN_PROGRESS
    texts = [measure.text for measure in finding.measures] or [finding.text or finding.title]
    kind = Kind.STANDING if state == State.STANDING else Kind.BY_DATE
    return FindingContent(
        number=finding.number,
        title=finding.title,
        area=area,
        detail=finding.problem or "",
        text=finding.text,
        stated_status=status,
        start=finding.start,
        end=finding.end,
        measures=[
            MeasureContent(text, kind=kind.value, state=state.value, stated_status=status) for text in texts
        ],
    )


def _findings_of_ledger(content: ImportContent, rows: Iterable[LedgerRow]) -> Iterator[FindingContent]:
    """Group the rows, which come a measure each, by finding; rows of a finding stand together."""
    for _number, together in groupby(rows, key=lambda row: row.finding_number):
        finding: FindingContent | None = None
        for row in together:
            finding = finding or _ledger_finding(row)
            if _names_measure(row):
                finding.measures.append(_ledger_measure(row))
            if row.organ:
                content.facts.setdefault("inspected_unit", row.organ)
            content.doubts += [
                {"field": one.address, "text": "", "why": _(one.message.template) % one.message.values}
                for one in row.problems
            ]
        if finding:
            yield finding


def _ledger_finding(row: LedgerRow) -> FindingContent:
    return FindingContent(
        number=row.finding_number,
        title=row.finding,
        area=row.area,
        detail=row.detail,
        goal=row.goal,
        stated_status=row.status,
        accountable_leader=row.accountable_leader,
        lead_department=row.lead_department,
    )


def _names_measure(row: LedgerRow) -> bool:
    """Tell whether a row says anything of a measure, and not only of the finding."""
    said = (row.code, row.measure, row.owner, row.supporting_departments, row.deadline.text)
    return any(said) or any((row.progress, row.status, row.evidence))


def _ledger_measure(row: LedgerRow) -> MeasureContent:
    return MeasureContent(
        code=row.code,
        text=row.measure if row.measure or row.code else row.finding,
        kind=row.deadline.kind,
        deadline=row.deadline.value.isoformat() if row.deadline.value else "",
        state=(state_of(row.status) or state_without_words(row.progress)).value,
        stated_status=row.status,
        goal=row.goal,
        accountable_leader=row.accountable_leader,
        lead_department=row.lead_department,
        owner=row.owner,
        supporting_departments=list(row.supporting_departments),
        progress=row.progress,
        evidence=row.evidence,
    )

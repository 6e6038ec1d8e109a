"""The organ's file for the archive: what an inspection left, with a manifest anybody can check."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from xiaohao.core.export import write_workbook
from xiaohao.core.models import Account, AuditEntry, Evidence
from xiaohao.core.services import audit
from xiaohao.ledger.decision_kinds import label_of
from xiaohao.ledger.models import Signature
from xiaohao.lib.file_archive import LOG, Writer, blocks_of
from xiaohao.rectification.lists import LISTS, ThreeList
from xiaohao.rectification.models import Finding, Inspection, Measure, Plan
from xiaohao.rectification.services.archive import pieces, safe
from xiaohao.writing.models import Document
from xiaohao.writing.official.word import as_word
from xiaohao.writing.services.documents import official

Moment = tuple[int, int, int, int, int, int]


def make(inspection: Inspection, by: Account) -> IO[bytes]:
    """Return the archive as an open temporary file, in Chinese; that it was made stands in the log."""
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response
    with override("zh-hans"):
        writer, now = Writer(stream), _moment(timezone.now())
        index: list[list[Any]] = []

        def add(path: str, what: str, blocks: Iterable[bytes], at: Moment = now) -> None:
            writer.add(path, blocks, at)
            index.append([len(index) + 1, path, what])

        for path, what, blocks in _papers(inspection):
            add(path, what, blocks)
        findings = Finding.objects.filter(organ=inspection.organ, inspection=inspection).order_by("number")
        for piece in pieces(findings.iterator(chunk_size=200)):
            path = f"{_('佐证材料')}/{piece.path}"
            add(path, piece.evidence.proves, _file(piece.evidence), _moment(piece.evidence.created_at))
        add(LOG, _("审计日志，可用 xiaohao archive verify 核验"), _log(inspection.organ_id))
        header = [(_("序号"), 6), (_("文件"), 80), (_("内容"), 50)]
        with write_workbook(_("目录"), header, index) as contents:
            writer.add(f"00 {_('目录')}.xlsx", blocks_of(contents), now)
        digest = writer.close(now)
        event = audit.Event(
            action="inspection.archived",
            subject_kind=Inspection.subject_kind,
            subject_number=inspection.pk,
            subject_label=str(inspection),
            changes={"manifest": [None, f"sm3:{digest}"]},
        )
    audit.write(inspection.organ, [event], by=by)
    stream.seek(0)
    return stream


def _moment(at: Any) -> Moment:
    local = timezone.localtime(at)
    return (local.year, local.month, local.day, local.hour, local.minute, local.second)


def _papers(inspection: Inspection) -> Iterator[tuple[str, str, Iterable[bytes]]]:
    """Yield path, what it is and contents: feedback, plans, lists, documents, signatures."""
    if inspection.source_text:
        name = safe(inspection.source_name or _("反馈原文"), 60)
        yield f"01 {name}.txt", _("导入时的原文"), [inspection.source_text.encode()]
    for plan in Plan.objects.filter(organ=inspection.organ, inspection=inspection).order_by("number"):
        content = json.dumps(plan.content, ensure_ascii=False, indent=1)
        text = f"{plan}\n{plan.get_state_display()}\n\n{plan.aim}\n\n{plan.safeguards}\n\n{content}\n"
        yield f"02 {_('整改方案')}/{plan.number}.txt", str(plan), [text.encode()]
    for chosen in LISTS.values():
        with _list(inspection, chosen) as stream:
            yield f"03 {_('清单')}/{chosen.title}.xlsx", str(chosen.title), blocks_of(stream)
    documents = Document.objects.filter(organ=inspection.organ, inspection=inspection)
    documents = documents.select_related("organ")
    for document in documents.filter(state=Document.State.APPROVED).order_by("pk"):
        path = f"04 {_('文稿')}/{document.pk} {safe(document.title)}.docx"
        yield path, f"{document} {document.approved_on}", [as_word(official(document))]
    with write_workbook(_("签批"), _signature_header(), _signatures(inspection)) as stream:
        yield f"05 {_('签批记录')}.xlsx", _("谁在什么时候签了什么"), blocks_of(stream)


def _list(inspection: Inspection, chosen: ThreeList) -> IO[bytes]:
    related = ("area", "lead_department", "accountable_leader", "taken_on_by")
    findings = Finding.objects.filter(organ=inspection.organ, inspection=inspection).select_related(*related)
    measures = (
        Measure.objects.filter(organ=inspection.organ, finding__inspection=inspection)
        .select_related("owner", "lead_department", "accountable_leader", "finding__accountable_leader")
        .prefetch_related("supporting_departments")
        .order_by("finding__number", "number")
    )
    pairs: Iterable[tuple[Finding, Measure | None]]
    if chosen.by_finding:
        pairs = ((finding, None) for finding in findings.order_by("number"))
    else:
        pairs = ((one.finding, one) for one in measures.iterator(chunk_size=1000))
    lines = ([cell(finding, one) for _title, _width, cell in chosen.columns] for finding, one in pairs)
    header = [(str(title), width) for title, width, _cell in chosen.columns]
    return write_workbook(str(chosen.title), header, lines)


def _signature_header() -> list[tuple[str, int]]:
    return [
        (_("种类"), 14),
        (_("事项"), 40),
        (_("环节"), 16),
        (_("签批人"), 10),
        (_("意见"), 10),
        (_("批注"), 30),
        (_("签批时间"), 18),
        (_("摘要"), 30),
    ]


def _signatures(inspection: Inspection) -> Iterator[list[Any]]:
    """Yield the signatures of the organ from the feedback on, in the order they were given."""
    rows = Signature.objects.filter(decision__organ=inspection.organ).order_by("pk")
    rows = rows.select_related("decision", "person").prefetch_related("decision__signers")
    for one in rows.iterator(chunk_size=500):
        places = {place.position: place.label for place in one.decision.signers.all()}
        at = timezone.localtime(one.signed_at).strftime("%Y-%m-%d %H:%M:%S")
        outcome = str(one.get_outcome_display())
        decision = one.decision
        yield [
            *(label_of(decision.kind), decision.about_label, places.get(one.position, "")),
            *(one.person.name, outcome, one.opinion, at, one.proof),
        ]


def _file(evidence: Evidence) -> Iterator[bytes]:
    with evidence.stored.file.open() as stream:
        yield from blocks_of(stream)


def _log(organ: int) -> Iterator[bytes]:
    """Yield the organ's log from its first entry on: a chain is checked from its beginning."""
    entries = AuditEntry.objects.filter(organ_number=organ).order_by("sequence")
    for entry in entries.iterator(chunk_size=1000):
        line = {"payload": audit.payload(entry), "previous": entry.previous_hash, "hash": entry.hash}
        yield (json.dumps(line, ensure_ascii=False) + "\n").encode()

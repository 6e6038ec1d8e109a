"""The organ's file for the archive: what an inspection left, with a manifest anybody can check."""

import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from xiaohao.core.export import write_workbook
from xiaohao.core.models import Account
from xiaohao.core.services import audit
from xiaohao.lib.file_archive import LOG, Writer, blocks_of
from xiaohao.rectification.models import Finding, Inspection
from xiaohao.rectification.services.archive import pieces
from xiaohao.writing.archive.log import log_extract
from xiaohao.writing.archive.papers import PARTS, papers, part
from xiaohao.writing.archive.subjects import subjects_of


def make(inspection: Inspection, by: Account) -> IO[bytes]:
    """Return the archive as an open temporary file, in Chinese; that it was made stands in the log.

    That entry names the SM3 of the manifest, by which the archive is known.
    """
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response
    with override("zh-hans"):
        writer = Writer(stream)
        index: list[list[Any]] = []

        def add(path: str, what: str, blocks: Iterable[bytes], kept_at: str = "") -> None:
            writer.add(path, blocks)
            index.append([len(index) + 1, path, what, kept_at])

        for paper in papers(inspection):
            add(paper.path, paper.what, paper.blocks)
        findings = Finding.objects.filter(organ=inspection.organ, inspection=inspection).order_by("number")
        for piece in pieces(findings.iterator(chunk_size=200)):
            path = f"{part('07')}/{piece.path}"
            with piece.evidence.stored.file.open() as file:
                kept_at = timezone.localtime(piece.evidence.created_at).strftime("%Y-%m-%d %H:%M")
                add(path, piece.evidence.proves, blocks_of(file), kept_at)
        what = _("审计日志：与本次巡察有关的记原文，其余只记链上的摘要")
        add(LOG, what, log_extract(inspection.organ_id, subjects_of(inspection)))
        header = [(_("序号"), 6), (_("文件"), 80), (_("内容"), 50), (_("上传时间"), 18)]
        with write_workbook(_("目录"), header, [*index, *_missing(index)]) as contents:
            writer.add(f"00 {_('目录')}.xlsx", blocks_of(contents))
        _note(inspection, writer.close(), by)
    stream.seek(0)
    return stream


def _missing(index: list[list[Any]]) -> Iterator[list[Any]]:
    """Yield what an archive of this inspection does not have, so that nobody looks for a number left out."""
    there = {str(row[1])[:2] for row in index}
    for number in PARTS:
        if number not in there:
            yield ["", part(number), _("本次巡察没有"), ""]


@transaction.atomic
def _note(inspection: Inspection, digest: str, by: Account) -> None:
    """Write into the log that the archive was made.

    Only this is a transaction: one around the whole would keep everybody from writing while files are read.
    """
    event = audit.Event(
        action="inspection.archived",
        subject_kind=Inspection.subject_kind,
        subject_number=inspection.pk,
        subject_label=str(inspection),
        changes={"manifest": [None, f"sm3:{digest}"]},
    )
    audit.write(inspection.organ, [event], by=by)

"""The evidence of findings as one ordered archive with a list of contents (整改佐证材料)."""

import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.days import day_of
from xiaohao.core.export import write_workbook
from xiaohao.core.models import Evidence
from xiaohao.core.services.evidence import evidence_of
from xiaohao.rectification.models import Finding, Measure

# What some system does not take, takes for the end of a line, or for a turn of the direction of reading.
NOT_IN_NAMES = re.compile(
    r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+'
)
MOST = 200  # findings whose evidence is looked up at a time


@dataclass(frozen=True)
class Piece:
    """A file of the archive and what the list of contents says about it."""

    path: str
    finding: Finding
    measure: Measure | None
    evidence: Evidence


def safe(text: str, length: int = 40) -> str:
    """Return a text as part of a file name on any system."""
    return NOT_IN_NAMES.sub("_", text).strip(" ._")[:length].strip(" .") or "_"


def pieces(findings: Iterable[Finding]) -> Iterator[Piece]:
    """Yield the evidence in the order of the ledger: the finding's own first, then measure by measure."""
    listed: list[Finding] = []
    for finding in findings:
        listed.append(finding)
        if len(listed) == MOST:
            yield from _batch(listed)
            listed = []
    yield from _batch(listed)


def _batch(findings: Sequence[Finding]) -> Iterator[Piece]:
    measures: dict[int, list[Measure]] = {}
    rows = Measure.objects.filter(finding__in=[finding.pk for finding in findings]).order_by("number")
    for measure in rows:
        measures.setdefault(measure.finding_id, []).append(measure)
    own = evidence_of(findings)
    of_measures = evidence_of([measure for group in measures.values() for measure in group])
    for finding in findings:
        folder = f"{finding.code} {safe(finding.title)}"
        yield from _in_folder(folder, finding, None, own.get(finding.pk, []))
        for measure in measures.get(finding.pk, []):
            inner = f"{folder}/{measure.code} {safe(measure.text)}"
            yield from _in_folder(inner, finding, measure, of_measures.get(measure.pk, []))


def _in_folder(
    folder: str, finding: Finding, measure: Measure | None, found: Sequence[Evidence]
) -> Iterator[Piece]:
    for number, one in enumerate(found, start=1):
        stem, _dot, _extension = one.name.rpartition(".")
        name = f"{number:02d} {safe(stem or one.name, 60)}.{one.stored.kind}"
        yield Piece(f"{folder}/{name}", finding, measure, one)


def write_archive(findings: Iterable[Finding]) -> IO[bytes]:
    """Return the archive as an open temporary file; its list of contents is the first thing to open."""
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response
    lines: list[list[Any]] = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for piece in pieces(findings):
            entry = zipfile.ZipInfo(piece.path, timezone.localtime(piece.evidence.created_at).timetuple()[:6])
            with piece.evidence.stored.file.open() as source, archive.open(entry, "w") as target:
                while block := source.read(1024 * 1024):
                    target.write(block)
            lines.append(_line(len(lines) + 1, piece))
        with write_workbook(str(_("佐证材料目录")), _header(), lines) as contents:
            archive.writestr(f"00 {_('佐证材料目录')}.xlsx", contents.read())
    stream.seek(0)
    return stream


def _header() -> list[tuple[str, int]]:
    return [
        (_("序号"), 6),
        (_("问题"), 36),
        (_("措施"), 36),
        (_("文件"), 40),
        (_("证明什么"), 30),
        (_("材料日期"), 12),
        (_("来自"), 14),
        (_("上传日期"), 12),
        (_("摘要（SM3）"), 30),
    ]


def _line(number: int, piece: Piece) -> list[Any]:
    evidence, measure = piece.evidence, piece.measure
    return [
        number,
        f"{piece.finding.code} {piece.finding.title}",
        f"{measure.code} {measure.text}" if measure else "",
        piece.path,
        evidence.proves,
        evidence.dated,
        evidence.source,
        day_of(evidence.created_at),
        evidence.stored.digest,
    ]

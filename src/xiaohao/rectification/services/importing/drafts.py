"""A file that was read and waits: kept row by row, corrected, then written or discarded."""

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from xiaohao.core.models import Account, Organ
from xiaohao.core.progress import Report, silent
from xiaohao.core.services import records
from xiaohao.reading import read
from xiaohao.reading.files.limits import MAXIMUM_FILE
from xiaohao.rectification.models import DraftFinding, ImportDraft, Inspection
from xiaohao.rectification.services.importing.confirm import confirm
from xiaohao.rectification.services.importing.content import (
    FindingContent,
    ImportContent,
    finding_from_json,
    finding_to_json,
    header_from_json,
    header_to_json,
)
from xiaohao.rectification.services.importing.names import known_names
from xiaohao.rectification.services.importing.reading import stream_of
from xiaohao.rectification.services.importing.updating import update

BATCH = 500
MOST_DOUBTS = 200  # more help nobody; the count of the rest is told


class DraftFindings(Collection[FindingContent]):
    """The findings of a draft, from the database a batch at a time, as often as asked."""

    def __init__(self, draft: ImportDraft) -> None:
        self._draft = draft

    def __iter__(self) -> Iterator[FindingContent]:
        rows = self._draft.findings.values_list("content", flat=True)
        return (finding_from_json(content) for content in rows.iterator(chunk_size=BATCH))

    def __len__(self) -> int:
        return self._draft.finding_count

    def __contains__(self, finding: object) -> bool:
        return any(one == finding for one in self)


@transaction.atomic
def keep(
    *, organ: Organ, file: IO[bytes], name: str, by: Account | None, report: Report = silent
) -> ImportDraft:
    """Read a file and keep what it says as a draft. Raises ``Unreadable``; then nothing stays."""
    data = _bytes_of(file)
    reading = read(data, name, known_names(organ))
    content, findings = stream_of(reading)
    draft = ImportDraft(
        organ=organ,
        kind=ImportDraft.Kind.NOTICE if reading.notice is not None else ImportDraft.Kind.LEDGER,
        file_name=name[:200],
        file_hash=hashlib.sha256(data).hexdigest(),
        content=header_to_json(content),
    )
    draft.file.save(f"{draft.file_hash[:16]}.bin", ContentFile(data), save=False)
    total = reading.ledger.row_count if reading.ledger else 0
    try:
        records.create(draft, by=by, action="import.read")
        _keep_findings(draft, findings, total, report)
        _shorten_doubts(content)
        counts = {"finding_count": draft.finding_count, "measure_count": draft.measure_count}
        ImportDraft.objects.filter(pk=draft.pk).update(content=header_to_json(content), **counts)
        draft.refresh_from_db()
    except BaseException:
        draft.file.delete(save=False)  # the database takes its rows back, the folder does not
        raise
    return draft


def _bytes_of(file: IO[bytes]) -> bytes:
    """Return a file whole; of one over the limit only so much that reading refuses it."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return file.read(min(size, MAXIMUM_FILE + 1))


def _keep_findings(
    draft: ImportDraft, findings: Iterator[FindingContent], total: int, report: Report
) -> None:
    while batch := list(islice(findings, BATCH)):
        DraftFinding.objects.bulk_create(
            DraftFinding(draft=draft, position=position, content=finding_to_json(finding))
            for position, finding in enumerate(batch, start=draft.finding_count)
        )
        draft.finding_count += len(batch)
        draft.measure_count += sum(len(finding.measures) for finding in batch)
        report(draft.measure_count, total)


def _shorten_doubts(content: ImportContent) -> None:
    content.doubts_left_off = max(0, len(content.doubts) - MOST_DOUBTS)
    del content.doubts[MOST_DOUBTS:]


def content_of_draft(draft: ImportDraft) -> ImportContent:
    """Return what a draft says; its findings stay in the database until they are asked for."""
    return header_from_json(draft.content, DraftFindings(draft))


def page_of_draft(draft: ImportDraft, first: int, count: int) -> dict[int, FindingContent]:
    """Return the findings on a page by the number of their row, in order."""
    rows = draft.findings.all()[first : first + count]
    return {row.pk: finding_from_json(row.content) for row in rows}


@transaction.atomic
def correct(
    *,
    draft: ImportDraft,
    content: ImportContent,
    changed: Mapping[int, FindingContent],
    by: Account,
    expected_version: int,
    added: Iterable[FindingContent] = (),
    removed: Iterable[int] = (),
) -> ImportDraft:
    """Keep what a person typed: the header and the findings of one page, by the number of their row.

    Raises ``records.Conflict`` when the draft was corrected in another window meanwhile.
    """
    gone = set(removed)
    rows = {row.pk: row for row in draft.findings.filter(pk__in={*changed, *gone})}
    new_rows, touched, measures = list(added), 0, draft.measure_count
    for number, row in rows.items():
        after = None if number in gone else finding_to_json(changed[number])
        measures += (len(after["measures"]) if after else 0) - len(row.content["measures"])
        if after and after != row.content:
            row.content, touched = after, touched + 1
    DraftFinding.objects.bulk_update(rows.values(), ["content"], batch_size=BATCH)
    draft.findings.filter(pk__in=gone).delete()
    top = draft.findings.aggregate(top=Max("position"))["top"]
    DraftFinding.objects.bulk_create(
        DraftFinding(draft=draft, position=position, content=finding_to_json(finding))
        for position, finding in enumerate(new_rows, start=0 if top is None else top + 1)
    )
    counts = {"changed": touched, "added": len(new_rows), "removed": len(gone)}
    note = _("改动%(changed)s个问题，增加%(added)s个，删去%(removed)s个。") % counts
    return records.change(
        draft,
        {
            "content": header_to_json(content),
            "finding_count": draft.findings.count(),
            "measure_count": measures + sum(len(finding.measures) for finding in new_rows),
        },
        by=by,
        action="import.corrected",
        expected_version=expected_version,
        note=note if any(counts.values()) else "",
    )


@transaction.atomic
def write(
    *,
    draft: ImportDraft,
    by: Account | None,
    into: Inspection | None,
    create_missing: bool,
    take_progress: bool = False,
    report: Report = silent,
) -> Inspection:
    """Write the ledger and close the draft together; of two confirmations the second is a ``Conflict``.

    Raises ``ValidationError`` when the content cannot become a ledger; then nothing was written.
    """
    content = content_of_draft(draft)
    source = {"source_name": draft.file_name, "source_hash": draft.file_hash}
    if into:
        inspection = update(
            inspection=into,
            content=content,
            by=by,
            create_missing=create_missing,
            take_progress=take_progress,
            report=report,
            **source,
        )
    else:
        inspection = confirm(
            content=content, organ=draft.organ, by=by, create_missing=create_missing, report=report, **source
        )
    done = {"state": ImportDraft.State.DONE, "inspection": inspection}
    records.change(draft, done, by=by, action="import.confirmed")
    draft.findings.all().delete()
    return inspection


@transaction.atomic
def discard(*, draft: ImportDraft, by: Account | None) -> None:
    """Give a draft up; its file and its rows go, the log keeps that it was there."""
    records.change(draft, {"state": ImportDraft.State.DISCARDED}, by=by, action="import.discarded")
    draft.findings.all().delete()
    transaction.on_commit(lambda: draft.file.delete(save=False))

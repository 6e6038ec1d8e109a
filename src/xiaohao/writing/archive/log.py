"""The organ's audit log for the archive: the whole chain, of other matters only digests."""

import json
from collections.abc import Iterator

from xiaohao.core.models import AuditEntry
from xiaohao.core.services import audit
from xiaohao.writing.archive.subjects import Subjects


def log_extract(organ: int, subjects: Subjects) -> Iterator[bytes]:
    """Yield a line an entry, from the first on: a chain is checked from its beginning."""
    entries = AuditEntry.objects.filter(organ_number=organ).order_by("sequence")
    for entry in entries.iterator(chunk_size=1000):
        line = {"sequence": entry.sequence, "previous": entry.previous_hash, "hash": entry.hash}
        if entry.subject_number in subjects.get(entry.subject_kind, ()):
            line["payload"] = audit.payload(entry)
        yield (json.dumps(line, ensure_ascii=False) + "\n").encode()

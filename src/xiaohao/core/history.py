"""What happened to records, in sentences, from the audit log."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise

from xiaohao.core.audit_words import action_label, choice_words, field_labels
from xiaohao.core.models import AuditEntry, Record

NEWEST = 100


@dataclass(frozen=True)
class Change:
    """One entry: when, who, what, which fields changed from what to what, and the note."""

    at: dt.datetime
    by: str
    action: str | Promise
    subject: str
    changes: list[tuple[str, Any, Any]]
    note: str


def history_of(organ_number: int, subjects: Iterable[tuple[str, Iterable[int]]]) -> list[Change]:
    """Return the newest entries of the records, given as kind and numbers; one query."""
    condition = Q(pk=None)
    for kind, numbers in subjects:
        condition |= Q(subject_kind=kind, subject_number__in=list(numbers))
    entries = AuditEntry.objects.filter(condition, organ_number=organ_number).order_by("-sequence")
    found = list(entries[:NEWEST])
    names = {kind: field_labels(kind) for kind in {entry.subject_kind for entry in found}}
    words = {kind: choice_words(kind) for kind in names}
    return [_change(entry, names[entry.subject_kind], words[entry.subject_kind]) for entry in found]


def history_of_record(record: Record) -> list[Change]:
    """Return the newest entries of one record."""
    return history_of(record.organ_id, [(record.subject_kind, [record.pk])])


def _change(entry: AuditEntry, names: dict[str, str], words: dict[str, dict[str, str]]) -> Change:
    new = entry.action.endswith((".created", ".imported"))
    changes = (
        []
        if new
        else [
            (names.get(name, name), _word(old, words.get(name)), _word(now, words.get(name)))
            for name, (old, now) in entry.changes.items()
        ]
    )
    action = action_label(entry.action)
    return Change(entry.at, entry.by_name, action, entry.subject_label, changes, entry.note)


def _word(value: Any, words: dict[str, str] | None) -> Any:
    return words.get(value, value) if words and isinstance(value, str) else value

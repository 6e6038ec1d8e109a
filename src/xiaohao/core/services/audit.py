"""Writing and checking the audit log."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from xiaohao.core.models import Account, AuditEntry, AuditHead, Organ
from xiaohao.lib.hash_chain import GENESIS, link

BATCH = 2000


@dataclass(frozen=True)
class Event:
    """What happened, before it has its place in the chain."""

    action: str
    subject_kind: str
    subject_number: int | None
    subject_label: str
    changes: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    note: str = ""


def payload(entry: AuditEntry) -> str:
    """Return what is hashed: every field but the hashes, as JSON with sorted keys."""
    return json.dumps(
        [
            entry.organ_number,
            entry.sequence,
            entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            entry.by_number,
            entry.by_name,
            entry.action,
            entry.subject_kind,
            entry.subject_number,
            entry.subject_label,
            entry.changes,
            entry.note,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def write(organ: Organ, events: Sequence[Event], *, by: Account | None) -> None:
    """Append events to the organ's chain. Must run inside the transaction of the change itself."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An audit entry is written in the transaction of its change.")
    head = AuditHead.objects.select_for_update().filter(organ_number=organ.pk).first()
    if head is None:
        AuditHead.objects.get_or_create(organ_number=organ.pk, defaults={"hash": GENESIS})
        head = AuditHead.objects.select_for_update().get(organ_number=organ.pk)
    now = timezone.now()
    remaining = iter(events)
    while batch := list(islice(remaining, BATCH)):
        AuditEntry.objects.bulk_create([_chained(head, event, now, by) for event in batch])
    head.save(update_fields=["sequence", "hash"])


def _chained(head: AuditHead, event: Event, now: dt.datetime, by: Account | None) -> AuditEntry:
    entry = AuditEntry(
        organ_number=head.organ_number,
        sequence=head.sequence + 1,
        at=now,
        by_number=by.pk if by else None,
        by_name=by.person.name if by else "xiaohao",
        action=event.action,
        subject_kind=event.subject_kind,
        subject_number=event.subject_number,
        subject_label=event.subject_label[:200],
        # Through JSON once, so that what is hashed is what the database gives back.
        changes=json.loads(json.dumps(event.changes, cls=DjangoJSONEncoder)),
        note=event.note,
        previous_hash=head.hash,
    )
    entry.hash = link(head.hash, payload(entry))
    head.sequence, head.hash = entry.sequence, entry.hash
    return entry


@dataclass(frozen=True)
class Break:
    """The first place where an organ's chain does not hold."""

    organ_number: int
    sequence: int
    why: str


def verify_organ(organ: Organ) -> Break | None:
    """Check one organ's chain and return its first break."""
    return _first_break(organ.pk, AuditHead.objects.filter(organ_number=organ.pk).first())


def verify() -> Iterator[Break]:
    """Check every organ's chain and yield the first break of each."""
    heads = {head.organ_number: head for head in AuditHead.objects.all()}
    numbers = set(heads) | set(
        AuditEntry.objects.order_by().values_list("organ_number", flat=True).distinct()
    )
    for number in sorted(numbers):
        broken = _first_break(number, heads.get(number))
        if broken:
            yield broken


def _first_break(number: int, head: AuditHead | None) -> Break | None:
    previous, expected = GENESIS, 1
    entries = AuditEntry.objects.filter(organ_number=number).order_by("sequence")
    for entry in entries.iterator(chunk_size=BATCH):
        if entry.sequence != expected:
            return Break(number, expected, "missing")
        if entry.previous_hash != previous or entry.hash != link(previous, payload(entry)):
            return Break(number, entry.sequence, "changed")
        previous, expected = entry.hash, expected + 1
    if head is None or (head.sequence, head.hash) != (expected - 1, previous):
        return Break(number, expected, "cut off")
    return None

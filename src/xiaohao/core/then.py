"""What records said at the end of an earlier day, read from the log: for numbers about a period that ended.

The entry by which a record came in tells no change: a ledger taken over later says of earlier days what it
said when it came in.
"""

import datetime as dt
from typing import Any

from django.db.models import Case, Exists, F, Field, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils import timezone

from xiaohao.core.models import AuditEntry, Record

# A year beyond these is a slip of the hand.
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2999, 12, 31)
CAME_IN = Q(action__endswith=".created") | Q(action__endswith=".imported")


def is_past(day: dt.date) -> bool:
    """Tell whether a day has ended, so that something may have changed since."""
    return day < timezone.localdate()


def start_of(day: dt.date) -> dt.datetime:
    """Return the moment at which a day begins where the users are."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def end_of(day: dt.date) -> dt.datetime:
    """Return the moment at which a day ends where the users are."""
    return start_of(day + dt.timedelta(days=1))


def within(first: dt.date, last: dt.date, field: str) -> dict[str, dt.datetime]:
    """Return the lookups for a moment that lies in the days from ``first`` to ``last``."""
    return {f"{field}__gte": start_of(first), f"{field}__lt": end_of(last)}


def changed_since(model: type[Record], field: str, day: dt.date, action: str = "") -> "QuerySet[Any]":
    """Return the entries after a day that changed a field of the record asked about, the earliest first.

    ``old`` is what it said before, as text. ``action``: only changes of that kind.
    """
    entries = AuditEntry.objects.filter(
        organ_number=OuterRef("organ"),
        subject_kind=model.subject_kind,
        subject_number=OuterRef("pk"),
        changes__has_key=field,
    ).exclude(CAME_IN)
    # Wrapped, so that the entries of the record are looked up and not, for each record, all since that day.
    entries = entries.alias(moment=Coalesce("at", "at")).filter(moment__gte=end_of(day))
    text = Cast(KeyTextTransform("0", KeyTransform(field, "changes")), TextField())
    old = NullIf(text, Value("null"), output_field=TextField())  # SQLite says so where there was nothing
    kept = entries.filter(action=action) if action else entries
    return kept.annotate(old=old).order_by("sequence")


def said(
    model: type[Record], field: str, day: dt.date, kind: "Field[Any, Any] | None" = None, action: str = ""
) -> Case | Cast:
    """Return what a field said at the end of a day, for ``alias`` or ``annotate``: as text, or a ``kind``."""
    kind = kind or TextField()
    now = Cast(F(field), kind)
    if not is_past(day):
        return now
    since = changed_since(model, field, day, action)
    before = Cast(Subquery(since.values("old")[:1], output_field=TextField()), kind)
    return Case(When(Exists(since), then=before), default=now, output_field=kind)

"""Paging by key: the hundredth page costs what the first costs."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import BadRequest
from django.core.signing import BadSignature, Signer
from django.db.models import F, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
SIGNER = Signer(salt="ledger.paging")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page, and the cursor of the next (empty on the last)."""

    rows: list[Row]
    next: str


def page(rows: "QuerySet[Row]", *, by: str, cursor: str, size: int = 50) -> Page[Row]:
    """Return the page after ``cursor``, ordered by ``by`` (``-`` for descending), empty values last.

    Raises ``BadRequest`` for a cursor that was tampered with.
    """
    field, descending = by.lstrip("-"), by.startswith("-")
    nullable = bool(rows.model._meta.get_field(field).null)
    # Only a column that can be empty says where the empty ones go: an index cannot follow that wish.
    last = {"nulls_last": True} if nullable else {}
    key = F(field)
    ordered = rows.order_by(
        key.desc(**last) if descending else key.asc(**last), "-pk" if descending else "pk"
    )
    if cursor:
        ordered = ordered.filter(_after(field, cursor, descending=descending, nullable=nullable))
    found = list(ordered[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(found, _cursor(found[-1], field) if more else "")


def _cursor(row: Model, field: str) -> str:
    return SIGNER.sign_object([_stored(getattr(row, field)), row.pk])


def _stored(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _after(field: str, cursor: str, *, descending: bool, nullable: bool) -> Q:
    try:
        value, number = SIGNER.unsign_object(cursor)
    except BadSignature as error:
        raise BadRequest from error
    beyond, later = ("lt", {"pk__lt": number}) if descending else ("gt", {"pk__gt": number})
    if value is None:
        return Q(**{f"{field}__isnull": True}, **later)
    after = Q(**{f"{field}__{beyond}": value}) | Q(**{field: value}, **later)
    if nullable:
        return after | Q(**{f"{field}__isnull": True})
    # The bound repeats what follows from the rest; with it the database starts in the index at this place.
    return Q(**{f"{field}__{beyond}e": value}) & after


def bounded_count(rows: "QuerySet[Any]", limit: int = 1000) -> tuple[int, bool]:
    """Return how many rows there are up to ``limit``, and whether there are more."""
    count = rows.order_by()[: limit + 1].count()
    return min(count, limit), count > limit

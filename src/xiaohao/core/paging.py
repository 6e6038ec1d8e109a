"""Paging by key: the hundredth page costs what the first costs."""

from collections.abc import Sequence
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
    """Return the page after ``cursor``, ordered by ``by``, empty values last.

    ``by`` is one field, or several separated by commas of which only the first may be empty; ``-`` before it
    for descending. Raises ``BadRequest`` for a cursor that was tampered with.
    """
    fields, descending = by.lstrip("-").split(","), by.startswith("-")
    nullable = bool(rows.model._meta.get_field(fields[0]).null)
    # Only a column that can be empty says where the empty ones go: an index cannot follow that wish.
    last = {"nulls_last": True} if nullable else {}
    first = F(fields[0])
    sign = "-" if descending else ""
    ordered = rows.order_by(
        first.desc(**last) if descending else first.asc(**last),
        *(f"{sign}{field}" for field in [*fields[1:], "pk"]),
    )
    if cursor:
        ordered = ordered.filter(_after([*fields, "pk"], cursor, descending=descending, nullable=nullable))
    found = list(ordered[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(found, _cursor(found[-1], fields) if more else "")


def _cursor(row: Model, fields: Sequence[str]) -> str:
    return SIGNER.sign_object([*(_stored(getattr(row, field)) for field in fields), row.pk])


def _stored(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _after(fields: Sequence[str], cursor: str, *, descending: bool, nullable: bool) -> Q:
    try:
        values = SIGNER.unsign_object(cursor)
    except BadSignature as error:
        raise BadRequest from error
    beyond = "lt" if descending else "gt"
    first = fields[0]
    if values[0] is None:
        return Q(**{f"{first}__isnull": True}) & _beyond(fields[1:], values[1:], beyond)
    after = _beyond(fields, values, beyond)
    if nullable:
        return after | Q(**{f"{first}__isnull": True})
    # The bound repeats what follows from the rest; with it the database starts in the index at this place.
    return Q(**{f"{first}__{beyond}e": values[0]}) & after


def _beyond(fields: Sequence[str], values: Sequence[Any], beyond: str) -> Q:
    """Return the condition for rows that come later, compared field by field."""
    condition = Q(**{f"{fields[-1]}__{beyond}": values[-1]})
    for field, value in zip(reversed(fields[:-1]), reversed(values[:-1]), strict=True):
        condition = Q(**{f"{field}__{beyond}": value}) | (Q(**{field: value}) & condition)
    return condition


def bounded_count(rows: "QuerySet[Any]", limit: int = 1000) -> tuple[int, bool]:
    """Return how many rows there are up to ``limit``, and whether there are more."""
    count = rows.order_by()[: limit + 1].count()
    return min(count, limit), count > limit

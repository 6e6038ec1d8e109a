"""What evidence, decisions and instructions may be attached to: any kind of record that says so here.

Attachments name their subject by the stable pair (kind, number) and not by a foreign key, so that one
mechanism serves findings, measures, plans and every register.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404

from xiaohao.core.access import Action, allowed
from xiaohao.core.models import Account, Person, Record


def nobody(_account: Account, _record: Any) -> bool:
    return False


def no_one(_record: Any) -> Iterable[Person]:
    return ()


def nothing(_record: Any) -> str:
    return ""


def nothing_follows(_record: Any) -> None:
    """Leave everything as it is."""


def all_of_them(_account: Account, rows: Any) -> Any:
    """Leave the rows as they are."""
    return rows


@dataclass(frozen=True)
class Subject:
    """A kind of record others attach to.

    ``address``: its page, by its number. ``may_work``: who may add evidence to it. ``responsible``: who
    answers for it, the first being asked first. ``sealed``: why nothing may be taken from it any more, empty
    while it may. ``changed``: what follows when something was attached to it. ``view``: the permission its
    pages ask for, where that is narrower than seeing the organ's records at all. ``readable``: of the rows
    of organs the account may look into, those it may read.
    """

    model: type[Record]
    address: Callable[[int], str]
    may_work: Callable[[Account, Any], bool] = nobody
    responsible: Callable[[Any], Iterable[Person]] = no_one
    sealed: Callable[[Any], str] = nothing
    changed: Callable[[Any], None] = nothing_follows
    view: Action | None = None
    readable: Callable[[Account, Any], Any] = all_of_them
    related: tuple[str, ...] = ()  # for select_related


SUBJECTS: dict[str, Subject] = {}


def declare(subject: Subject) -> Subject:
    """Declare a kind once, under the ``subject_kind`` of its model."""
    kind = subject.model.subject_kind
    if kind in SUBJECTS:
        raise ValueError(kind)
    SUBJECTS[kind] = subject
    return subject


def subject_of(record: Record) -> Subject:
    """Return what was declared for the record's kind. Raises ``KeyError``."""
    return SUBJECTS[record.subject_kind]


def find(kind: str, number: int) -> Record:
    """Return the record for a service that has checked who asks. Raises ``LookupError``."""
    subject = SUBJECTS.get(kind)
    rows = subject.model._default_manager.select_related("organ", *subject.related) if subject else None
    found = rows.filter(pk=number).first() if rows is not None else None
    if found is None:
        raise LookupError(f"{kind} {number}")
    return found


def visible(kind: str, number: int, account: Account) -> Record:
    """Return the record if the account may see it; for anybody else it does not exist (``Http404``)."""
    subject = SUBJECTS.get(kind)
    if subject is None or kind in hidden_kinds(account):
        raise Http404
    rows = subject.readable(account, subject.model.objects.visible_to(account))
    found: Record | None = rows.select_related("organ", *subject.related).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def hidden_kinds(account: Account) -> frozenset[str]:
    """Return the kinds of records the account may not see, whatever is attached to them."""
    return frozenset(
        kind
        for kind, subject in SUBJECTS.items()
        if subject.view is not None and not allowed(account, subject.view)
    )


def attached_to_hidden(account: Account) -> Q:
    """Return the condition for what is attached to a record the account may not read."""
    hidden = Q(about_kind__in=hidden_kinds(account))
    for kind, subject in SUBJECTS.items():
        if subject.readable is not all_of_them:
            rows = subject.readable(account, subject.model.objects.visible_to(account))
            hidden |= Q(about_kind=kind) & ~Q(about_number__in=rows.order_by().values("pk"))
    return hidden


def address_of(record: Record) -> str:
    """Return the page of a record."""
    return subject_of(record).address(record.pk)


def address_by_number(kind: str, number: int) -> str:
    """Return the page of a record known by its number alone; empty for a kind without pages."""
    subject = SUBJECTS.get(kind)
    return subject.address(number) if subject else ""


def address_for(account: Account, kind: str, number: int | None) -> str:
    """Return the page of a record known by its number; empty where there is none the account may open."""
    if number is None or kind in hidden_kinds(account):
        return ""
    return address_by_number(kind, number)

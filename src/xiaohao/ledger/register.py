"""A register is declared, not programmed: list, page, form and history come from the declaration."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise

from xiaohao.core import subjects
from xiaohao.core.access import Action, allowed
from xiaohao.core.context import add_to_menu
from xiaohao.core.forms import RecordForm
from xiaohao.core.models import Account, Person, Record
from xiaohao.core.services import records

Beside = Callable[[Account, Any], Mapping[str, Any]]


def create_plainly(record: Any, values: Mapping[str, Any], by: Account) -> Record:
    """Create the row with one audit entry."""
    created: Record = records.create(record, by=by, action=f"{record.subject_kind}.created", values=values)
    return created


def change_plainly(record: Any, values: Mapping[str, Any], by: Account, expected_version: int) -> Record:
    """Change the row with one audit entry. Raises ``records.Conflict``."""
    action = f"{record.subject_kind}.changed"
    changed: Record = records.change(record, values, by=by, action=action, expected_version=expected_version)
    return changed


@dataclass(frozen=True)
class Register:
    """What there is to say about a register.

    ``key`` stands in addresses and is never renamed. ``columns`` make the list, ``facts`` the page.
    ``may_change`` narrows down who may change one row; ``beside`` gives its page what else it shows.
    """

    key: str
    model: type[Record]
    title: str | Promise
    add_label: str | Promise
    empty: str | Promise
    form: type[RecordForm]
    columns: Sequence[str]
    facts: Sequence[str]
    view: Action
    change: Action
    position: int
    search: Sequence[str] = ()
    order: str = "-id"
    related: Sequence[str] = ()
    prefetch: Sequence[str] = ()
    detail_template: str = "ledger/register_item.html"
    beside: Beside = field(default=lambda _account, _record: {})
    create: Callable[[Any, Mapping[str, Any], Account], Record] = create_plainly
    save: Callable[[Any, Mapping[str, Any], Account, int], Record] = change_plainly
    may_change: Callable[[Account, Any], bool] = field(default=lambda _account, _record: True)
    responsible: Callable[[Any], Sequence[Person]] = field(default=lambda _record: ())
    initial: Callable[[Account], Mapping[str, Any]] = field(default=lambda _account: {})

    @property
    def item_view(self) -> str:
        return f"{self.key}_item"

    def address(self, number: int) -> str:
        """Return the page of a row."""
        return reverse(self.item_view, args=[number])

    def open_to(self, account: Account, record: Any) -> bool:
        """Tell whether the account may change the row."""
        own = record.organ_id == account.organ.pk
        return own and allowed(account, self.change) and self.may_change(account, record)


REGISTERS: dict[str, Register] = {}


def declare(register: Register) -> Register:
    """Declare a register once; it gets its menu entry, and others may attach to its rows."""
    if register.key in REGISTERS:
        raise ValueError(register.key)
    REGISTERS[register.key] = register
    subjects.declare(
        subjects.Subject(
            model=register.model,
            address=register.address,
            may_work=register.open_to,
            responsible=register.responsible,
        )
    )
    add_to_menu(register.title, register.key, register.view, register.position)
    return register


def urls(register: Register) -> list[URLPattern]:
    """Return the addresses of a register."""
    from xiaohao.ledger.views.register import Pages

    pages, key = Pages(register), register.key
    return [
        path(f"{key}/", pages.rows(), name=key),
        path(f"{key}/export/", pages.export(), name=f"{key}_export"),
        path(f"{key}/add/", pages.add(), name=f"{key}_add"),
        path(f"{key}/<int:number>/", pages.item(), name=register.item_view),
        path(f"{key}/<int:number>/edit/", pages.edit(), name=f"{key}_edit"),
    ]

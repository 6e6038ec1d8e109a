"""The pages every register has: list, row, form, export."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Manager
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xiaohao.core.access import allowed, requires
from xiaohao.core.fields import FenField
from xiaohao.core.models import Account, Record
from xiaohao.core.paging import page
from xiaohao.core.requests import AccountRequest, number_in
from xiaohao.core.values import fields_of, said
from xiaohao.core.views.editing import edit
from xiaohao.ledger.attachments import attached, decisions_on, hits_on
from xiaohao.ledger.narrowing import found_row, narrowed, visible_rows, whole_rows
from xiaohao.ledger.register import REGISTERS, Part, Register, add, store
from xiaohao.ledger.sheets import export_file
from xiaohao.ledger.views.register_steps import asks_of, steps_of

View = Callable[..., HttpResponseBase]
MOST_PARTS = 100


def line(register: Register, row: Record, *, without: str = "") -> tuple[str, list[tuple[str, str]]]:
    """Return a row as a list shows it: its page, and title and text of each column."""
    names = [name for name in register.columns if name != without]
    return register.address(row.pk), [(register.label(name), said(row, name)) for name in names]


def cell(row: Record, name: str) -> Any:
    """Return a value for a sheet: days, numbers and money as they are, records as an import names them."""
    value = getattr(row, name)
    column = fields_of(type(row)).get(name)
    if isinstance(value, Record):
        return str(getattr(value, value.said_by))
    if isinstance(value, Manager):
        return "、".join(str(getattr(one, one.said_by)) for one in value.all())
    if isinstance(column, FenField):
        return None if value is None else value / 100
    if getattr(column, "choices", None):
        return said(row, name)
    plain = isinstance(value, dt.date | int) and not isinstance(value, dt.datetime | bool)
    return value if plain else said(row, name)


def row_list(register: Register) -> View:
    """Return the view of the list."""

    @requires(register.view)
    @require_safe
    def view(request: AccountRequest) -> HttpResponse:
        found = narrowed(register, request.user, request.GET)
        current = page(found.rows, by=register.order, cursor=request.GET.get("after", ""))
        writer = allowed(request.user, register.change)
        context = {
            "register": register,
            "header": [register.label(name) for name in register.columns],
            "rows": [line(register, row) for row in current.rows],
            "next": current.next,
            "found": found,
            "may_add": writer and register.may_add,
            "may_import": writer and bool(register.identity),
            "address_of": {name: reverse(f"{register.key}_{name}") for name in ("export", "guide")},
            "add_address": reverse(f"{register.key}_add") if register.may_add else "",
            "import_address": reverse(f"{register.key}_import") if register.identity else "",
            "links": [(title, reverse(name)) for title, name in register.list_links if _opens(request, name)],
        }
        return render(request, "ledger/register_rows.html", context)

    return view


def _opens(request: AccountRequest, name: str) -> bool:
    """Tell whether a page opens for the account, so that nobody is led to a closed door."""
    page_view: Any = resolve(reverse(name)).func
    return allowed(request.user, page_view.required_action)


def export(register: Register) -> View:
    """Return the view that gives the rows of the list as Excel, with all that was entered."""

    @requires(register.view)
    @require_safe
    def view(request: AccountRequest) -> FileResponse:
        found = narrowed(register, request.user, request.GET)
        rows = whole_rows(register, found.rows)
        lines = (
            [cell(row, name) for name in register.written]
            for row in rows.order_by(*_order(register)).iterator(chunk_size=1000)
        )
        stream = export_file(register, lines, request.user.organ)
        return FileResponse(stream, as_attachment=True, filename=f"{register.title}.xlsx")

    return view


def _order(register: Register) -> list[str]:
    """Return the order of the list, as the database takes it."""
    sign = "-" if register.order.startswith("-") else ""
    return [f"{sign}{name}" for name in (*register.order.lstrip("-").split(","), "pk")]


def item(register: Register) -> View:
    """Return the view of one row: facts, steps, what belongs to it, evidence, instructions, history."""

    @requires(register.view)
    @require_safe
    def view(request: AccountRequest, number: int) -> HttpResponse:
        record = found_row(register, request.user, number)
        context = {
            "register": register,
            "record": record,
            "facts": [(register.label(name), said(record, name)) for name in register.shown],
            "may_change": register.open_to(request.user, record),
            "edit_address": reverse(f"{register.key}_edit", args=[number]),
            "steps": steps_of(register, record, request.user),
            "asks": asks_of(register, record, request.user),
            "parts": [_part(part, register, record, request.user) for part in register.parts],
            "decisions": decisions_on(request.user, record) if register.asks else [],
            "hits": hits_on(request.user, record),
            **attached(request.user, record),
            **register.beside(request.user, record),
        }
        return render(request, register.item_template, context)

    return view


def _part(part: Part, owner: Register, record: Record, account: Account) -> Mapping[str, Any]:
    """Return the rows of another register that belong to a record, and where one is added."""
    register = REGISTERS[part.register]
    rows = visible_rows(register, account).filter(**{part.field: record})
    shown = list(rows.order_by(*(register.model._meta.ordering or ("pk",)))[:MOST_PARTS])
    # What belongs to a row that is closed to changes is closed too.
    own = (
        record.organ_id == account.organ.pk
        and owner.may_change(account, record)
        and allowed(account, register.change)
    )
    return {
        "register": register,
        "header": [register.label(name) for name in register.columns if name != part.field],
        "rows": [line(register, row, without=part.field) for row in shown],
        "add_address": _within(register, "add", part, record) if own and register.may_add else "",
        "import_address": _within(register, "import", part, record) if own and register.identity else "",
    }


def _within(register: Register, page_name: str, part: Part, record: Record) -> str:
    """Return the address of a page of a register for rows that belong to a record."""
    return f"{reverse(f'{register.key}_{page_name}')}?{part.field}={record.pk}"


def _owner_of(register: Register, asked: Mapping[str, str]) -> str:
    """Return the page of the record a new row is to belong to; empty where the address names none."""
    for owner in REGISTERS.values():
        for part in owner.parts:
            number = number_in(asked.get(part.field, ""))
            if part.register == register.key and number is not None:
                return owner.address(number)
    return ""


def add_form(register: Register) -> View:
    """Return the view of the empty form."""

    @requires(register.change)
    @require_http_methods(["GET", "POST"])
    def view(request: AccountRequest) -> HttpResponse:
        record = register.model(organ=request.user.organ)
        asked = {name: request.GET[name] for name in register.entered if name in request.GET}
        initial = {**register.initial(request.user), **asked}
        form = register.form_class(request.POST or None, instance=record, initial=initial)

        def write() -> Any:
            return add(register, register.model(organ=request.user.organ), form.values(), request.user)

        back = _owner_of(register, request.GET) or reverse(register.key)
        return edit(request, form=form, title=str(register.add_label), back=back, write=write)

    return view


def edit_form(register: Register) -> View:
    """Return the view of the form of a row."""

    @requires(register.change)
    @require_http_methods(["GET", "POST"])
    def view(request: AccountRequest, number: int) -> HttpResponse:
        record = found_row(register, request.user, number, own=True)
        if not register.open_to(request.user, record):
            raise PermissionDenied
        form = register.form_class(request.POST or None, instance=record)

        def write() -> Any:
            fresh = found_row(register, request.user, number, own=True)
            return store(register, fresh, form.values(), request.user, form.cleaned_data["version"])

        title = _("修改：%(name)s") % {"name": record}
        return edit(request, form=form, title=title, back=register.address(number), write=write)

    return view

"""The pages every register has."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xiaohao.core.access import allowed, requires
from xiaohao.core.export import write_workbook
from xiaohao.core.models import Record
from xiaohao.core.paging import page
from xiaohao.core.requests import AccountRequest
from xiaohao.core.values import label, said
from xiaohao.core.views.editing import edit
from xiaohao.ledger.attachments import attached
from xiaohao.ledger.register import Register

View = Callable[..., HttpResponseBase]


class Pages:
    """Makes the views of one register."""

    def __init__(self, register: Register) -> None:
        self.register = register

    def visible(self, request: AccountRequest) -> "QuerySet[Record]":
        register = self.register
        rows = register.model.objects.visible_to(request.user)
        return rows.select_related("organ", *register.related).prefetch_related(*register.prefetch)

    def searched(self, request: AccountRequest) -> "tuple[QuerySet[Record], str]":
        """Return the rows that contain what is looked for, and what that is."""
        wanted = request.GET.get("q", "").strip()[:60]
        found = self.visible(request)
        condition = Q()
        for name in self.register.search if wanted else ():
            condition |= Q(**{f"{name}__icontains": wanted})
        return found.filter(condition), wanted

    def export(self) -> View:
        """Return the view that gives exactly what the list shows, as Excel."""
        register = self.register

        @requires(register.view)
        @require_safe
        def view(request: AccountRequest) -> FileResponse:
            found, _wanted = self.searched(request)
            header = [(label(register.model, name), 24) for name in register.columns]
            lines = (
                [self.cell(row, name) for name in register.columns]
                for row in found.order_by(register.order, "pk").iterator(chunk_size=1000)
            )
            stream = write_workbook(str(register.title)[:31], header, lines)
            return FileResponse(stream, as_attachment=True, filename=f"{register.title}.xlsx")

        return view

    @staticmethod
    def cell(row: Record, name: str) -> Any:
        """Return a value for a sheet: days and numbers as they are, the rest in words."""
        value = getattr(row, name)
        plain = isinstance(value, dt.date | int) and not isinstance(value, dt.datetime | bool)
        return value if plain else said(row, name)

    def rows(self) -> View:
        """Return the view of the list."""
        register = self.register

        @requires(register.view)
        @require_safe
        def view(request: AccountRequest) -> HttpResponse:
            found, wanted = self.searched(request)
            current = page(found, by=register.order, cursor=request.GET.get("after", ""))
            header = [label(register.model, name) for name in register.columns]
            context = {
                "register": register,
                "header": header,
                "rows": [
                    (
                        register.address(row.pk),
                        [
                            (title, said(row, name))
                            for title, name in zip(header, register.columns, strict=True)
                        ],
                    )
                    for row in current.rows
                ],
                "next": current.next,
                "wanted": wanted,
                "may_add": allowed(request.user, register.change),
                "add_address": reverse(f"{register.key}_add"),
                "export_address": reverse(f"{register.key}_export"),
            }
            return render(request, "ledger/register_rows.html", context)

        return view

    def item(self) -> View:
        """Return the view of one row: facts, evidence, instructions, history."""
        register = self.register

        @requires(register.view)
        @require_safe
        def view(request: AccountRequest, number: int) -> HttpResponse:
            record = get_object_or_404(self.visible(request), pk=number)
            context = {
                "register": register,
                "record": record,
                "facts": [(label(register.model, name), said(record, name)) for name in register.facts],
                "may_change": register.open_to(request.user, record),
                "edit_address": reverse(f"{register.key}_edit", args=[number]),
                **attached(request.user, record),
                **register.beside(request.user, record),
            }
            return render(request, register.detail_template, context)

        return view

    def add(self) -> View:
        """Return the view of the empty form."""
        register = self.register

        @requires(register.change)
        @require_http_methods(["GET", "POST"])
        def view(request: AccountRequest) -> HttpResponse:
            record = register.model(organ=request.user.organ)
            form = register.form(
                request.POST or None, instance=record, initial=dict(register.initial(request.user))
            )

            def write() -> Any:
                return register.create(register.model(organ=request.user.organ), form.values(), request.user)

            return edit(
                request, form=form, title=str(register.add_label), back=reverse(register.key), write=write
            )

        return view

    def edit(self) -> View:
        """Return the view of the form of a row."""
        register = self.register

        @requires(register.change)
        @require_http_methods(["GET", "POST"])
        def view(request: AccountRequest, number: int) -> HttpResponse:
            record = get_object_or_404(self.visible(request), pk=number, organ=request.user.organ)
            if not register.open_to(request.user, record):
                raise PermissionDenied
            form = register.form(request.POST or None, instance=record)

            def write() -> Any:
                fresh = self.visible(request).get(pk=number)
                expected = form.cleaned_data["version"]
                return register.save(fresh, form.values(), request.user, expected)

            title = _("修改：%(name)s") % {"name": record}
            return edit(request, form=form, title=title, back=register.address(number), write=write)

        return view

"""Import into a register: template, upload, preview with errors by cell, confirm."""

from collections.abc import Callable, Iterator
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xiaohao.core.access import requires
from xiaohao.core.export import write_workbook
from xiaohao.core.models import Record
from xiaohao.core.progress import reporter
from xiaohao.core.requests import AccountRequest, number_in
from xiaohao.core.services.records import Conflict
from xiaohao.ledger.models import RegisterImport
from xiaohao.ledger.register import Register
from xiaohao.ledger.services import register_import as service
from xiaohao.ledger.sheets import template_file
from xiaohao.reading.files import Unreadable
from xiaohao.reading.files.lines import open_lines

View = Callable[..., HttpResponseBase]
State = RegisterImport.State


def empty_table(register: Register) -> View:
    """Return the view that gives the table to fill in."""

    @requires(register.change)
    @require_safe
    def view(request: AccountRequest) -> FileResponse:
        name = _("%(register)s模板.xlsx") % {"register": register.title}
        return FileResponse(template_file(register, request.user.organ), as_attachment=True, filename=name)

    return view


def upload(register: Register) -> View:
    """Return the view that takes a file; one that cannot be read leaves nothing."""

    @requires(register.change)
    @require_http_methods(["GET", "POST"])
    def view(request: AccountRequest) -> HttpResponse:
        error = ""
        file = request.FILES.get("file")
        if request.method == "POST" and file is None:
            error = _("请先选择一个文件。")
        elif request.method == "POST":
            try:
                draft = service.keep(
                    register=register,
                    organ=request.user.organ,
                    file=file,
                    by=request.user,
                    report=reporter(request.user.pk, request.POST.get("progress", "")),
                    belongs_to=_belongs_to(register, request),
                )
            except Unreadable as unreadable:
                error = _(unreadable.message.template) % unreadable.message.values
            except ValidationError as refused:
                error = "；".join(refused.messages)
            else:
                return redirect(f"{register.key}_import_preview", draft.pk)
        drafts = RegisterImport.objects.visible_to(request.user).filter(
            organ=request.user.organ, register=register.key, state=State.WAITING
        )
        context = {
            "register": register,
            "error": error,
            "drafts": [
                (reverse(f"{register.key}_import_preview", args=[one.pk]), one) for one in drafts[:10]
            ],
            "template_address": reverse(f"{register.key}_template"),
            "guide_address": reverse(f"{register.key}_guide"),
            "progress_key": token_urlsafe(12),
        }
        return render(request, "ledger/register_import.html", context)

    return view


def _belongs_to(register: Register, request: AccountRequest) -> dict[str, int]:
    """Return the record the address says all rows belong to; it must be one of the own organ."""
    found = {}
    for name in register.imported:
        number = number_in(request.GET.get(name, ""))
        model = register.model._meta.get_field(name).related_model
        if number is not None and isinstance(model, type) and issubclass(model, Record):
            own = model.objects.visible_to(request.user).filter(organ=request.user.organ)
            found[name] = get_object_or_404(own, pk=number).pk
    return found


def _draft(register: Register, request: AccountRequest, number: int) -> RegisterImport:
    rows = RegisterImport.objects.visible_to(request.user).select_related("organ")
    return get_object_or_404(rows, pk=number, organ=request.user.organ, register=register.key)


def preview(register: Register) -> View:
    """Return the view that shows what a file would do, and does it when the person says so."""

    @requires(register.change)
    @require_http_methods(["GET", "POST"])
    def view(request: AccountRequest, number: int) -> HttpResponse:
        draft = _draft(register, request, number)
        if draft.state != State.WAITING:
            return redirect(register.key)
        faults: list[str] = []
        if request.method == "POST":
            try:
                return _carry_out(register, request, draft)
            except Unreadable as unreadable:
                faults.append(_(unreadable.message.template) % unreadable.message.values)
            except ValidationError as refused:
                faults += refused.messages
            except Conflict as conflict:
                faults.append(str(conflict))
        return render(request, "ledger/register_import_preview.html", _context(register, draft, faults))

    return view


def _carry_out(register: Register, request: AccountRequest, draft: RegisterImport) -> HttpResponse:
    command = request.POST.get("do", "")
    report = reporter(request.user.pk, request.POST.get("progress", ""))
    if command == "discard":
        service.discard(draft=draft, by=request.user)
        messages.info(request, _("已放弃这次导入，没有写入任何内容。"))
        return redirect(register.key)
    if command == "columns":
        columns = {
            name: place
            for name in register.imported
            if (place := number_in(request.POST.get(f"column-{name}", ""))) is not None
            and place < len(draft.headers)
        }
        service.map_columns(register=register, draft=draft, columns=columns, by=request.user, report=report)
        return redirect(f"{register.key}_import_preview", draft.pk)
    done = service.write(
        register=register, draft=draft, by=request.user, skip_faulty=command == "skip", report=report
    )
    told = {"new": done.new_count, "changed": done.changed_count, "same": done.same_count}
    messages.success(request, _("已导入：新增 %(new)s 条，改动 %(changed)s 条，无变化 %(same)s 条。") % told)
    if done.fault_count:
        messages.warning(request, _("有问题的 %(count)s 行没有写入。") % {"count": done.fault_count})
    return redirect(register.key)


def _context(register: Register, draft: RegisterImport, faults: list[str]) -> dict[str, Any]:
    missing = service.missing_columns(register, draft)
    return {
        "register": register,
        "draft": draft,
        "refusals": faults,
        "missing": [register.label(name) for name in missing],
        "columns": [(name, register.label(name), draft.columns.get(name)) for name in register.imported],
        "headers": list(enumerate(draft.headers)),
        "unused": [
            title
            for place, title in enumerate(draft.headers)
            if title and place not in draft.columns.values()
        ],
        "faults": [
            (fault["cell"], register.label(fault["field"]) if fault["field"] else "", fault["text"])
            for fault in draft.faults
        ],
        "good_count": draft.new_count + draft.changed_count,
        "faulty_address": reverse(f"{register.key}_import_faulty", args=[draft.pk]),
        "back": reverse(register.key),
        "progress_key": token_urlsafe(12),
    }


def faulty_rows(register: Register) -> View:
    """Return the view that gives the rows with faults as Excel, each with what is wrong, to be put right."""

    @requires(register.change)
    @require_safe
    def view(request: AccountRequest, number: int) -> FileResponse:
        draft = _draft(register, request, number)
        header = [(register.label(name), 18) for name in draft.columns]
        stream = write_workbook(
            str(register.title)[:31], [*header, (_("行"), 8), (_("问题"), 60)], _faulty(register, draft)
        )
        return FileResponse(stream, as_attachment=True, filename=_("有问题的行.xlsx"))

    return view


def _faulty(register: Register, draft: RegisterImport) -> Iterator[list[Any]]:
    wrong = {
        checked.line.number: "；".join(text for _name, text in checked.line.faults)
        for batch in service.checked_rows(register, draft)
        for checked in batch
        if checked.line.faults
    }
    with open_lines(service.path_of(draft)) as lines:
        for number, cells in lines:
            if number in wrong:
                shown = [cells[place] if place < len(cells) else "" for place in draft.columns.values()]
                yield [*shown, number, wrong[number]]

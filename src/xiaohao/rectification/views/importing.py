"""Import: upload, preview beside the source text, correct, confirm."""

import hashlib
import io
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xiaohao.core.access import requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.requests import AccountRequest
from xiaohao.core.services import records
from xiaohao.reading import read
from xiaohao.reading.files import Unreadable
from xiaohao.reading.tables import write_template
from xiaohao.rectification.access import IMPORT
from xiaohao.rectification.models import ImportDraft, Inspection, Kind, State
from xiaohao.rectification.services import importing
from xiaohao.rectification.views.import_form import apply_form, marked_source

EDITABLE = 300  # findings; a longer ledger is corrected in the file itself
FACT_LABELS = {
    "inspected_unit": gettext_lazy("被巡察单位"),
    "inspecting_body": gettext_lazy("巡察组"),
    "inspected_from": gettext_lazy("巡察开始"),
    "inspected_to": gettext_lazy("巡察结束"),
    "feedback_on": gettext_lazy("反馈日期"),
    "open_from": gettext_lazy("公开开始"),
    "open_to": gettext_lazy("公开结束"),
    "contact_phone": gettext_lazy("联系电话"),
    "signed_by": gettext_lazy("落款单位"),
    "signed_on": gettext_lazy("落款日期"),
}


@requires(IMPORT)
@require_http_methods(["GET", "POST"])
def upload(request: AccountRequest) -> HttpResponse:
    """Take a file, read it, keep it as a draft; a file that cannot be read leaves nothing."""
    error = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            error = _("请先选择一个文件。")
        else:
            data = file.read()
            try:
                draft = _draft(request, data, str(file.name))
            except Unreadable as unreadable:
                error = _(unreadable.message.template) % unreadable.message.values
            else:
                return redirect("import_preview", draft.pk)
    drafts = ImportDraft.objects.visible_to(request.user).filter(
        organ=request.user.organ, state=ImportDraft.State.WAITING
    )
    return render(request, "rectification/import_upload.html", {"error": error, "drafts": drafts[:10]})


def _draft(request: AccountRequest, data: bytes, name: str) -> ImportDraft:
    reading = read(data, name)
    content = importing.content_of(reading)
    kind = ImportDraft.Kind.NOTICE if reading.notice is not None else ImportDraft.Kind.LEDGER
    draft = ImportDraft(
        organ=request.user.organ,
        kind=kind,
        file_name=name[:200],
        file_hash=hashlib.sha256(data).hexdigest(),
        content=importing.to_json(content),
        rows_total=sum(len(finding.measures) for finding in content.findings),
    )
    draft.file.save(f"{draft.file_hash[:16]}.bin", ContentFile(data), save=False)
    return records.create(draft, by=request.user, action="import.read")


@requires(IMPORT)
@require_http_methods(["GET", "POST"])
def preview(request: AccountRequest, number: int) -> HttpResponse:
    """Show what was understood, take corrections, and write the ledger when the person says so."""
    draft = get_object_or_404(
        ImportDraft.objects.visible_to(request.user), pk=number, organ=request.user.organ
    )
    if draft.state != ImportDraft.State.WAITING:
        return redirect("findings")
    content = importing.from_json(draft.content)
    faults: list[str] = []
    if request.method == "POST":
        answer = _carry_out(request, draft, content, faults)
        if answer is not None:
            return answer
    return render(request, "rectification/import_preview.html", _context(request, draft, content, faults))


def _carry_out(
    request: AccountRequest, draft: ImportDraft, content: importing.ImportContent, faults: list[str]
) -> HttpResponse | None:
    command = request.POST.get("do", "save")
    if command == "discard":
        records.change(
            draft, {"state": ImportDraft.State.DISCARDED}, by=request.user, action="import.discarded"
        )
        messages.info(request, _("已放弃这次导入，没有写入任何内容。"))
        return redirect("import_upload")
    if len(content.findings) <= EDITABLE:
        apply_form(content, request.POST, command)
    if command != "confirm":
        draft.content = importing.to_json(content)
        records.change(draft, {"content": draft.content}, by=request.user, action="import.corrected")
        return redirect("import_preview", draft.pk)
    try:
        inspection = _write(request, draft, content)
    except (ValidationError, records.Conflict) as refused:
        faults += refused.messages if isinstance(refused, ValidationError) else [str(refused)]
        return None
    messages.success(
        request,
        _("已导入“%(title)s”：%(count)s 个问题。")
        % {"title": inspection.title, "count": len(content.findings)},
    )
    return redirect("findings")


@transaction.atomic
def _write(request: AccountRequest, draft: ImportDraft, content: importing.ImportContent) -> Inspection:
    """Write the ledger and close the draft together; of two confirmations the second is a ``Conflict``."""
    create_missing = request.POST.get("create_missing") == "1"
    target = request.POST.get("target", "")
    existing = (
        get_object_or_404(Inspection.objects.visible_to(request.user), pk=int(target), organ=draft.organ)
        if target.isascii() and target.isdigit()
        else None
    )
    if existing:
        inspection = importing.update(
            inspection=existing,
            content=content,
            by=request.user,
            create_missing=create_missing,
            take_progress=request.POST.get("take_progress") == "1",
        )
    else:
        inspection = importing.confirm(
            content=content,
            organ=draft.organ,
            by=request.user,
            create_missing=create_missing,
            source_name=draft.file_name,
            source_hash=draft.file_hash,
        )
    done = {"state": ImportDraft.State.DONE, "inspection": inspection}
    records.change(draft, done, by=request.user, action="import.confirmed")
    return inspection


def _context(
    request: AccountRequest, draft: ImportDraft, content: importing.ImportContent, faults: list[str]
) -> dict[str, Any]:
    names = importing.Names.of(draft.organ)
    try:
        existing = importing.existing_inspection(draft.organ, content, draft.file_hash)
    except ValueError:  # a date that is being corrected
        existing = None
    return {
        "draft": draft,
        "content": content,
        "faults": faults,
        "editable": len(content.findings) <= EDITABLE,
        "shown": content.findings[:EDITABLE] if len(content.findings) <= EDITABLE else content.findings[:50],
        "facts": [(name, label, content.facts.get(name, "")) for name, label in FACT_LABELS.items()],
        "measure_count": sum(len(finding.measures) for finding in content.findings),
        "unknown": importing.unknown_names(content, names),
        "existing": existing,
        "inspections": Inspection.objects.visible_to(request.user).filter(organ=draft.organ),
        "source": marked_source(content),
        "states": State.choices,
        "kinds": Kind.choices,
    }


@requires(IMPORT)
@require_safe
def template(_request: AccountRequest) -> FileResponse:
    """Give the empty ledger to fill in."""
    stream = io.BytesIO()
    write_template(stream)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=_("整改台账模板.xlsx"))


add_to_menu(gettext_lazy("导入"), "import_upload", IMPORT, 50)

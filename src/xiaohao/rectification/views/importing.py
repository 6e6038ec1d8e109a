"""Import: upload, preview beside the source text, correct, confirm."""

from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xiaohao.core.access import requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.progress import Report, reporter
from xiaohao.core.requests import AccountRequest
from xiaohao.core.services import records
from xiaohao.reading.files import Unreadable
from xiaohao.rectification.access import IMPORT
from xiaohao.rectification.models import ImportDraft, Inspection, Kind, State
from xiaohao.rectification.services import importing
from xiaohao.rectification.sheets import template_file
from xiaohao.rectification.views.import_form import apply_form, marked_source

PAGE = 50  # findings
SHOWN_DOUBTS = 100
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
# What a doubt can be about, beside the facts and the cells of a ledger.
FIELD_LABELS = FACT_LABELS | {
    "sections": gettext_lazy("部分"),
    "responsibility": gettext_lazy("组织部分"),
    "areas": gettext_lazy("方面"),
    "findings": gettext_lazy("问题"),
    "measures": gettext_lazy("措施"),
    "next_steps": gettext_lazy("下一步打算"),
    "statistics": gettext_lazy("统计数字"),
    "text": gettext_lazy("正文"),
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
            try:
                draft = importing.keep(
                    organ=request.user.organ,
                    file=file,
                    name=str(file.name),
                    by=request.user,
                    report=_reporter(request),
                )
            except Unreadable as unreadable:
                error = _(unreadable.message.template) % unreadable.message.values
            else:
                return redirect("import_preview", draft.pk)
    drafts = ImportDraft.objects.visible_to(request.user).filter(
        organ=request.user.organ, state=ImportDraft.State.WAITING
    )
    context = {"error": error, "drafts": drafts[:10], "progress_key": token_urlsafe(12)}
    return render(request, "rectification/import_upload.html", context)


def _reporter(request: AccountRequest) -> Report:
    return reporter(request.user.pk, request.POST.get("progress", ""))


@requires(IMPORT)
@require_http_methods(["GET", "POST"])
def preview(request: AccountRequest, number: int) -> HttpResponse:
    """Show what was understood, take corrections, and write the ledger when the person says so."""
    draft = get_object_or_404(
        ImportDraft.objects.visible_to(request.user), pk=number, organ=request.user.organ
    )
    if draft.state != ImportDraft.State.WAITING:
        return redirect("findings")
    page = Page.of(draft, request.GET.get("page", ""))
    content = importing.content_of_draft(draft)
    shown = importing.page_of_draft(draft, page.first, PAGE)
    faults: list[str] = []
    if request.method == "POST":
        answer = _carry_out(request, draft, page, (content, shown), faults)
        if answer is not None:
            return answer
    context = _context(request, draft, page, (content, shown), faults)
    return render(request, "rectification/import_preview.html", context)


@dataclass(frozen=True)
class Page:
    """A page of findings of a draft, counted from 1."""

    number: int
    count: int

    @classmethod
    def of(cls, draft: ImportDraft, text: str) -> "Page":
        count = max(1, -(-draft.finding_count // PAGE))
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
        return cls(min(max(number, 1), count), count)

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE


Shown = tuple[importing.ImportContent, dict[int, importing.FindingContent]]


def _carry_out(
    request: AccountRequest, draft: ImportDraft, page: Page, what: Shown, faults: list[str]
) -> HttpResponse | None:
    """Do what the pressed button says. Returns None when the page is to be shown again with faults."""
    command = request.POST.get("do", "save")
    if command == "discard":
        importing.discard(draft=draft, by=request.user)
        messages.info(request, _("已放弃这次导入，没有写入任何内容。"))
        return redirect("import_upload")
    try:
        draft = _correct(request, draft, what, command)
        if command != "confirm":
            return redirect(_address(draft, command, page))
        inspection = _write(request, draft)
    except (ValidationError, records.Conflict) as refused:
        faults += refused.messages if isinstance(refused, ValidationError) else [str(refused)]
        return None
    done = {"title": inspection.title, "count": draft.finding_count}
    messages.success(request, _("已导入“%(title)s”：%(count)s 个问题。") % done)
    return redirect("findings")


def _correct(request: AccountRequest, draft: ImportDraft, what: Shown, command: str) -> ImportDraft:
    content, shown = what
    corrections = apply_form(content, shown, request.POST, command)
    for finding in corrections.added:
        finding.number = max((one.number for one in content.findings), default=0) + 1
        finding.area = next((one.area for one in reversed(shown.values()) if one.area), "")
    version = request.POST.get("version", "")
    return importing.correct(
        draft=draft,
        content=content,
        changed=corrections.changed,
        added=corrections.added,
        removed=corrections.removed,
        by=request.user,
        expected_version=int(version) if version.isascii() and version.isdigit() else draft.version,
    )


def _address(draft: ImportDraft, command: str, page: Page) -> str:
    """Return where to go on: the page that was asked for, the last after adding, else the same."""
    number = page.number
    if command.startswith("page-") and command[5:].isascii() and command[5:].isdigit():
        number = int(command[5:][:6])
    elif command == "add-finding":
        number = -(-draft.finding_count // PAGE)
    return reverse("import_preview", args=[draft.pk]) + (f"?page={number}" if number > 1 else "")


def _write(request: AccountRequest, draft: ImportDraft) -> Inspection:
    target = request.POST.get("target", "")
    into = (
        get_object_or_404(Inspection.objects.visible_to(request.user), pk=int(target), organ=draft.organ)
        if target.isascii() and target.isdigit()
        else None
    )
    return importing.write(
        draft=draft,
        by=request.user,
        into=into,
        create_missing=request.POST.get("create_missing") == "1",
        take_progress=request.POST.get("take_progress") == "1",
        report=_reporter(request),
    )


def _context(
    request: AccountRequest, draft: ImportDraft, page: Page, what: Shown, faults: list[str]
) -> dict[str, Any]:
    content, shown = what
    names = importing.Names.of(draft.organ)
    try:
        existing = importing.existing_inspection(draft.organ, content, draft.file_hash)
    except ValueError:  # a date that is being corrected
        existing = None
    changes = importing.differences(existing, shown.values(), names) if existing else {}
    return {
        "draft": draft,
        "content": content,
        "page": page,
        "pages": range(1, page.count + 1),
        "faults": faults,
        "doubts": [
            (FIELD_LABELS.get(one["field"], one["field"]), one) for one in content.doubts[:SHOWN_DOUBTS]
        ],
        "doubt_count": len(content.doubts) + content.doubts_left_off,
        "findings": [(row, finding, changes.get(finding.number)) for row, finding in shown.items()],
        "fact_names": FACT_LABELS.keys(),
        "facts": [(name, label, content.facts.get(name, "")) for name, label in FACT_LABELS.items()],
        "unknown": importing.unknown_names(content, names),
        "existing": existing,
        "inspections": Inspection.objects.visible_to(request.user).filter(organ=draft.organ),
        "source": marked_source(content, shown),
        "states": State.choices,
        "kinds": Kind.choices,
        "progress_key": token_urlsafe(12),
    }


@requires(IMPORT)
@require_safe
def template(request: AccountRequest) -> FileResponse:
    """Give the empty ledger to fill in."""
    stream = template_file(request.user.organ)
    return FileResponse(stream, as_attachment=True, filename=_("整改台账模板.xlsx"))


add_to_menu(gettext_lazy("导入"), "import_upload", IMPORT, 50)

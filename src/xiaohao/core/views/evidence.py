"""Evidence: attach, look at, replace, remove."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiaohao.core import subjects
from xiaohao.core.access import ADD_EVIDENCE, VIEW_EVIDENCE, requires
from xiaohao.core.evidence_kinds import KINDS
from xiaohao.core.forms import EvidenceForm, NewVersionForm
from xiaohao.core.history import history_of_record
from xiaohao.core.models import Evidence
from xiaohao.core.preview import page_count, picture, text_of
from xiaohao.core.requests import AccountRequest
from xiaohao.core.services import evidence as service
from xiaohao.core.views.editing import edit


def _found(request: AccountRequest, number: int) -> Evidence:
    rows = Evidence.objects.visible_to(request.user).select_related(
        "stored", "organ", "created_by__person", "replaces", "replaced_by"
    )
    return get_object_or_404(rows, pk=number)


@requires(ADD_EVIDENCE)
@require_http_methods(["GET", "POST"])
def evidence_add(request: AccountRequest, kind: str, number: int) -> HttpResponse:
    """Attach files to a record one works on."""
    about = subjects.visible(kind, number, request.user)
    if not subjects.subject_of(about).may_work(request.user, about):
        raise PermissionDenied
    form = EvidenceForm(request.POST or None, request.FILES or None)

    def write() -> None:
        service.add(about=about, by=request.user, **form.cleaned_data)

    return edit(
        request,
        form=form,
        title=_("上传佐证材料"),
        lead=str(about),
        back=subjects.address_of(about),
        write=write,
        submit=_("上传"),
    )


@requires(VIEW_EVIDENCE)
@require_safe
def evidence(request: AccountRequest, number: int) -> HttpResponse:
    """Show what a piece of evidence proves, and its content as far as a page can."""
    found = _found(request, number)
    about = subjects.visible(found.about_kind, found.about_number, request.user)
    subject = subjects.subject_of(about)
    shown = KINDS[found.stored.kind].shown
    context = {
        "evidence": found,
        "about": about,
        "back": subject.address(about.pk),
        "may_work": subject.may_work(request.user, about),
        "sealed": subject.sealed(about),
        "shown": shown,
        "pages": range(1, page_count(found.stored) + 1) if shown in ("pages", "picture") else (),
        "text": text_of(found.stored, found.name) if shown == "text" else "",
        "older": _older(found),
        "history": history_of_record(found),
    }
    return render(request, "core/evidence.html", context)


def _older(found: Evidence) -> list[Evidence]:
    versions: list[Evidence] = []
    current = found.replaces
    while current is not None and len(versions) < 50:
        versions.append(current)
        current = current.replaces
    return versions


@requires(VIEW_EVIDENCE)
@require_safe
def evidence_file(request: AccountRequest, number: int) -> FileResponse:
    """Give the file itself, always to be saved and never run in the page."""
    found = _found(request, number)
    kind = KINDS[found.stored.kind].content_type
    return FileResponse(found.stored.file.open(), as_attachment=True, filename=found.name, content_type=kind)


@requires(VIEW_EVIDENCE)
@require_safe
@cache_control(private=True, max_age=3600)
def evidence_picture(request: AccountRequest, number: int, page: int) -> HttpResponse:
    """Give a page of the file as a picture made here."""
    found = _found(request, number)
    content = picture(found.stored, page)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/jpeg")


@requires(ADD_EVIDENCE)
@require_http_methods(["GET", "POST"])
def evidence_replace(request: AccountRequest, number: int) -> HttpResponse:
    """Put a newer version in its place."""
    found = _found(request, number)
    about = subjects.visible(found.about_kind, found.about_number, request.user)
    if not subjects.subject_of(about).may_work(request.user, about):
        raise PermissionDenied
    form = NewVersionForm(request.POST or None, request.FILES or None, initial={"proves": found.proves})

    def write() -> None:
        service.replace(evidence=found, by=request.user, **form.cleaned_data)

    return edit(
        request,
        form=form,
        title=_("上传新版本"),
        lead=found.name,
        back=subjects.address_of(about),
        write=write,
        submit=_("上传"),
    )


@requires(ADD_EVIDENCE)
@require_POST
def evidence_remove(request: AccountRequest, number: int) -> HttpResponse:
    """Take it away again while nothing rests on it."""
    found = _found(request, number)
    about = subjects.visible(found.about_kind, found.about_number, request.user)
    try:
        service.remove(evidence=found, by=request.user)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
        return redirect(reverse("evidence", args=[number]))
    messages.success(request, _("已移走“%(name)s”。") % {"name": found.name})
    return redirect(subjects.address_of(about))

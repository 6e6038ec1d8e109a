"""Changing a document: its text with autosave, its figures, what the check found."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiaohao.core.access import requires
from xiaohao.core.requests import AccountRequest, number_in
from xiaohao.core.services.records import Conflict
from xiaohao.core.views.editing import edit
from xiaohao.ledger.register import group_of, open_indicators
from xiaohao.writing import figures
from xiaohao.writing.access import CHANGE_DOCUMENTS, VIEW_DOCUMENTS
from xiaohao.writing.body import LONGEST_BODY
from xiaohao.writing.forms import DocumentForm
from xiaohao.writing.models import Document
from xiaohao.writing.record_lists import known_lists
from xiaohao.writing.services import documents as service
from xiaohao.writing.services.masking import mask
from xiaohao.writing.views.found import found_document


@requires(CHANGE_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def document_edit(request: AccountRequest, number: int) -> HttpResponse:
    """Change the text; the page saves by itself while somebody types."""
    found = found_document(request, number)
    if found.organ_id != request.user.organ.pk:
        raise PermissionDenied
    if request.method == "GET" and not found.is_draft:
        return redirect("document", number)
    form = DocumentForm(request.POST or None, found)
    if request.method == "POST" and request.headers.get("X-Autosave"):
        return _autosave(request, found, form)
    back = reverse("document", args=[number])
    if request.method == "POST":
        return edit(
            request,
            form=form,
            title=_("修改文稿"),
            lead=str(found),
            back=back,
            write=lambda: _save(request, found, form, keep=True),
        )
    context = {
        "form": form,
        "document": found,
        "back": back,
        "figures": _figures_in(found, request),
        "lists": list(known_lists()),
        "longest": LONGEST_BODY,
    }
    return render(request, "writing/document_edit.html", context)


def _figures_in(document: Document, request: AccountRequest) -> dict[str, dict[str, str]]:
    """Return what the editor says of each figure in the text: what it counts, where, and what it is now."""
    now = service.figures_of(document)
    seen = open_indicators(request.user)
    return {
        key: {
            "title": str(seen[key].title),
            "counted": str(seen[key].counted),
            "now": figures.spoken(now.of(key)),
            "address": now.of(key).address,
        }
        for key in dict.fromkeys(key for _number, key in figures.TOKEN.findall(document.body))
        if key in seen
    }


def _save(request: AccountRequest, found: Document, form: DocumentForm, *, keep: bool) -> Document:
    return service.change_text(
        document=found,
        values=form.values(),
        by=request.user,
        expected_version=form.cleaned_data["version"],
        keep=keep,
    )


def _autosave(request: AccountRequest, found: Document, form: DocumentForm) -> HttpResponse:
    """Answer with the version the text has now, or with why it was not saved."""
    if not form.is_valid():
        refused = (str(one) for errors in form.errors.values() for one in errors)
        return JsonResponse({"said": " ".join(refused)}, status=400)
    try:
        saved = _save(request, found, form, keep=False)
    except Conflict as conflict:
        return JsonResponse({"said": str(conflict)}, status=409)
    except ValidationError as error:
        return JsonResponse({"said": " ".join(error.messages)}, status=400)
    at = timezone.localtime(saved.changed_at).strftime("%H:%M")
    return JsonResponse({"version": saved.version, "said": _("%(at)s 已自动保存") % {"at": at}})


@requires(VIEW_DOCUMENTS)
@require_safe
def document_numbers(request: AccountRequest, number: int) -> HttpResponse:
    """Show the numbers that may stand in the text, each as it is now and as it is written into the text."""
    found = found_document(request, number)
    now = service.figures_of(found)
    groups: dict[str, list[dict[str, Any]]] = {}
    for key, indicator in open_indicators(request.user).items():
        figure = now.of(key)
        groups.setdefault(group_of(indicator), []).append(
            {"figure": figure, "number": figures.spoken(figure), "token": now[key]}
        )
    part = "writing/numbers.html" if request.headers.get("X-Part") else "writing/document_numbers.html"
    return render(request, part, {"document": found, "groups": groups})


@requires(CHANGE_DOCUMENTS)
@require_POST
def document_figures(request: AccountRequest, number: int) -> HttpResponse:
    """Put the present numbers and lists into the text."""
    return done(request, number, service.take_over_figures)


@requires(CHANGE_DOCUMENTS)
@require_POST
def document_to_today(request: AccountRequest, number: int) -> HttpResponse:
    """Have the draft counted up to today."""
    return done(request, number, service.count_to_today)


@requires(CHANGE_DOCUMENTS)
@require_POST
def document_justify(request: AccountRequest, number: int) -> HttpResponse:
    """Give a reason for what the check before publication found."""
    given = {"key": request.POST.get("key", "")[:16], "reason": request.POST.get("reason", "")}
    return done(request, number, service.justify, **given)


@requires(CHANGE_DOCUMENTS)
@require_POST
def document_mask(request: AccountRequest, number: int) -> HttpResponse:
    """Write what the check found as it may stand in public: 张某某, 110***2X."""
    return done(request, number, mask, key=request.POST.get("key", "")[:16])


@requires(CHANGE_DOCUMENTS)
@require_POST
def document_discard(request: AccountRequest, number: int) -> HttpResponse:
    """Put a draft aside."""
    return done(request, number, service.discard)


@requires(CHANGE_DOCUMENTS)
@require_POST
def document_take_up(request: AccountRequest, number: int) -> HttpResponse:
    """Go on with a draft that was put aside."""
    return done(request, number, service.take_up)


def done(request: AccountRequest, number: int, write: Callable[..., Any], **given: Any) -> HttpResponse:
    """Do what a button asks and go back to the document; what is refused is said there."""
    found = found_document(request, number)
    if found.organ_id != request.user.organ.pk:
        raise PermissionDenied
    expected = number_in(request.POST.get("version", ""))
    if expected is None:
        raise SuspiciousOperation
    try:
        write(document=found, by=request.user, expected_version=expected, **given)
    except Conflict as conflict:
        messages.error(request, str(conflict))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("document", number)

"""Versions of a document: any two compared, an earlier one brought back; what one would draft now."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from xiaohao.core.access import requires
from xiaohao.core.requests import AccountRequest, number_in
from xiaohao.writing.access import CHANGE_DOCUMENTS, VIEW_DOCUMENTS, reads_drafts
from xiaohao.writing.comparing import compare
from xiaohao.writing.services.documents import restore
from xiaohao.writing.services.redrafting import changed_sentences
from xiaohao.writing.templating import TemplateFault
from xiaohao.writing.views.editing import done
from xiaohao.writing.views.found import found_document, own_draft


@requires(VIEW_DOCUMENTS)
@require_safe
def document_version(request: AccountRequest, number: int, page: int) -> HttpResponse:
    """Compare a version with another, or with the text as it is now."""
    found = found_document(request, number)
    if not reads_drafts(request.user, found):
        raise Http404
    version = get_object_or_404(found.versions.all(), number=page)
    chosen = number_in(request.GET.get("with", ""))
    other = found.versions.filter(number=chosen).first() if chosen is not None else None
    later = other if other is not None else found
    context = {
        "document": found,
        "version": version,
        "other": other,
        "others": found.versions.exclude(number=page).only("number", "document", "made_at"),
        "paragraphs": compare(f"{version.title}\n{version.body}", f"{later.title}\n{later.body}"),
        "may_change": own_draft(request, found),
    }
    return render(request, "writing/document_version.html", context)


@requires(CHANGE_DOCUMENTS)
@require_safe
def document_anew(request: AccountRequest, number: int) -> HttpResponse:
    """Show which sentences of a draft would be drafted otherwise now."""
    found = found_document(request, number)
    if not own_draft(request, found):
        raise Http404
    context: dict[str, Any] = {"document": found}
    try:
        context["paragraphs"] = changed_sentences(found, timezone.localdate())
    except TemplateFault as fault:
        context["fault"] = str(fault)
    return render(request, "writing/document_anew.html", context)


@requires(CHANGE_DOCUMENTS)
@require_POST
def document_restore(request: AccountRequest, number: int, page: int) -> HttpResponse:
    """Bring an earlier version back; the present one stays among the versions."""
    found = found_document(request, number)
    version = get_object_or_404(found.versions.all(), number=page)
    return done(request, number, restore, version=version)

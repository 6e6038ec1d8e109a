"""Documents: the list, a new draft, the text with its figures, versions, signing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiaohao.core.access import allowed, requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.paging import page
from xiaohao.core.requests import AccountRequest, number_in
from xiaohao.core.services.records import Conflict
from xiaohao.core.views.editing import edit
from xiaohao.ledger.attachments import decisions_on
from xiaohao.ledger.indicators import INDICATORS
from xiaohao.ledger.models import Decision
from xiaohao.ledger.services import decisions
from xiaohao.rectification.models import Inspection
from xiaohao.writing import figures
from xiaohao.writing.access import CHANGE_DOCUMENTS, MAKE_ARCHIVE, VIEW_DOCUMENTS
from xiaohao.writing.body import gaps, paragraphs
from xiaohao.writing.decisions import DOCUMENT
from xiaohao.writing.forms import DocumentForm, DraftForm, ReasonForm, SubmitForm
from xiaohao.writing.models import Document, DocumentKind
from xiaohao.writing.readiness import hits
from xiaohao.writing.services import documents as service
from xiaohao.writing.templating import TemplateFault


def found_document(request: AccountRequest, number: int) -> Document:
    rows = Document.objects.visible_to(request.user).select_related(
        "organ", "inspection__organ", "changed_by__person__organ"
    )
    return get_object_or_404(rows, pk=number)


def _own_draft(request: AccountRequest, document: Document) -> bool:
    own = document.organ_id == request.user.organ.pk and allowed(request.user, CHANGE_DOCUMENTS)
    return own and document.is_draft


@requires(VIEW_DOCUMENTS)
@require_safe
def document_list(request: AccountRequest) -> HttpResponse:
    """Show the documents, newest first."""
    rows = Document.objects.visible_to(request.user).select_related("organ", "inspection").defer("body")
    current = page(rows, by="-id", cursor=request.GET.get("after", ""))
    context = {
        "rows": current.rows,
        "next": current.next,
        "may_change": allowed(request.user, CHANGE_DOCUMENTS),
        "kinds": DocumentKind.choices,
        "inspections": _to_archive(request),
    }
    return render(request, "writing/documents.html", context)


def _to_archive(request: AccountRequest) -> list[Inspection]:
    """Return the inspections whose file for the archive the account may make."""
    if not allowed(request.user, MAKE_ARCHIVE):
        return []
    rows = Inspection.objects.visible_to(request.user).filter(organ=request.user.organ)
    return list(rows.only("title", "number", "organ"))


@requires(CHANGE_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def document_add(request: AccountRequest) -> HttpResponse:
    """Draft a document from the records."""
    form = DraftForm(request.POST or None, request.user, timezone.localdate())
    if request.GET.get("kind"):
        form.initial["kind"] = request.GET["kind"]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            document = service.draft(
                kind=given["kind"], inspection=given["inspection"], period=given["period"], by=request.user
            )
        except TemplateFault as fault:
            form.add_error(None, str(fault))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return redirect("document", document.pk)
    context = {"form": form, "title": _("起草文稿"), "back": reverse("documents"), "submit": _("起草")}
    return render(request, "core/edit.html", context)


@requires(VIEW_DOCUMENTS)
@require_safe
def document(request: AccountRequest, number: int) -> HttpResponse:
    """Show a document, its figures with what they count, what is lacking, what the check found."""
    found = found_document(request, number)
    draft = _own_draft(request, found)
    now = service.figures_of(found, request.user)
    changed = figures.changes(found.body, now)
    open_hits = hits(found)
    context = {
        "document": found,
        "paragraphs": shown(found, now),
        "gaps": gaps(found.body),
        "changed": changed,
        "hits": [(hit, found.justified.get(hit.key, "")) for hit in open_hits],
        "missing": decisions.why_not(DOCUMENT, found, request.user) if draft else [],
        "may_change": draft,
        "decisions": decisions_on(request.user, found),
        "versions": list(found.versions.defer("body").select_related("made_by__person")[:20]),
        "form": ReasonForm(None, found.version) if draft else None,
        "record": found,
    }
    return render(request, "writing/document.html", context)


def shown(document: Document, now: figures.Figures) -> list[dict[str, Any]]:
    """Return the paragraphs for a page: each run with what it is, a figure with how it is counted."""
    changed = {
        (one.figure.indicator.key, one.written): one.now for one in figures.changes(document.body, now)
    }

    def run(one: Any) -> dict[str, Any]:
        indicator = INDICATORS.get(one.key)
        if indicator is None:
            return {"text": one.text, "mark": one.mark.value}
        return {
            "text": one.text,
            "mark": one.mark.value,
            "counted": _("%(title)s：%(counted)s，%(period)s")
            % {"title": indicator.title, "counted": indicator.counted, "period": now.period},
            "address": indicator.address(now.period, now.whole),
            "now": changed.get((one.key, one.text), ""),
        }

    return [
        {"level": one.level.value, "runs": [run(part) for part in one.runs]}
        for one in paragraphs(document.body)
    ]


@requires(CHANGE_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def document_edit(request: AccountRequest, number: int) -> HttpResponse:
    """Change the text; the page saves by itself while somebody types."""
    found = found_document(request, number)
    form = DocumentForm(request.POST or None, found)
    if request.method == "POST" and request.headers.get("X-Autosave"):
        return _autosave(request, found, form)

    def write() -> None:
        _save(request, found, form, keep=True)

    back = reverse("document", args=[number])
    if request.method == "POST":
        return edit(request, form=form, title=_("修改文稿"), lead=str(found), back=back, write=write)
    context = {"form": form, "document": found, "back": back}
    return render(request, "writing/document_edit.html", context)


def _save(request: AccountRequest, found: Document, form: DocumentForm, *, keep: bool) -> Document:
    given = form.cleaned_data
    return service.change_text(
        document=found,
        values={"title": given["title"], "body": given["body"]},
        by=request.user,
        expected_version=given["version"],
        keep=keep,
    )


def _autosave(request: AccountRequest, found: Document, form: DocumentForm) -> HttpResponse:
    """Answer with the version the text has now, or with why it was not saved."""
    if not form.is_valid():
        return JsonResponse({"said": " ".join(str(one) for one in form.errors.get("title", ()))}, status=400)
    try:
        saved = _save(request, found, form, keep=False)
    except Conflict as conflict:
        return JsonResponse({"said": str(conflict)}, status=409)
    except ValidationError as error:
        return JsonResponse({"said": " ".join(error.messages)}, status=400)
    at = timezone.localtime(saved.changed_at).strftime("%H:%M")
    return JsonResponse({"version": saved.version, "said": _("%(at)s 已自动保存") % {"at": at}})


@requires(CHANGE_DOCUMENTS)
@require_POST
def document_figures(request: AccountRequest, number: int) -> HttpResponse:
    """Put the present numbers into the text."""
    found = found_document(request, number)
    return _done(
        request,
        number,
        lambda version: service.take_over_figures(document=found, by=request.user, expected_version=version),
    )


@requires(CHANGE_DOCUMENTS)
@require_POST
def document_justify(request: AccountRequest, number: int) -> HttpResponse:
    """Give a reason for what the check before publication found."""
    found = found_document(request, number)
    return _done(
        request,
        number,
        lambda version: service.justify(
            document=found,
            key=request.POST.get("key", "")[:16],
            reason=request.POST.get("reason", ""),
            by=request.user,
            expected_version=version,
        ),
    )


def _done(request: HttpRequest, number: int, write: Any) -> HttpResponse:
    """Do what a button asks and go back to the document; what is refused is said there."""
    try:
        write(number_in(request.POST.get("version", "")) or 0)
    except Conflict as conflict:
        messages.error(request, str(conflict))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("document", number)


@requires(CHANGE_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def document_submit(request: AccountRequest, number: int) -> HttpResponse:
    """Put the document to the head of the organ."""
    found = found_document(request, number)
    if DOCUMENT.may_ask(request.user, found):
        raise PermissionDenied
    form = SubmitForm(request.POST or None, initial={"reason": _("请审签。")})
    returned = (
        Decision.objects.visible_to(request.user).about(found).filter(state=Decision.State.RETURNED).first()
    )

    def write() -> None:
        reason = form.cleaned_data["reason"]
        if returned is not None:
            decisions.resubmit(decision=returned, reason=reason, by=request.user)
        else:
            decisions.ask(DOCUMENT, about=found, reason=reason, by=request.user)

    return edit(
        request,
        form=form,
        title=_("文稿送签"),
        lead=str(found),
        back=reverse("document", args=[number]),
        write=write,
        submit=_("送签"),
    )


@requires(VIEW_DOCUMENTS)
@require_safe
def document_version(request: AccountRequest, number: int, page: int) -> HttpResponse:
    """Compare a version with the text as it is now."""
    found = found_document(request, number)
    version = get_object_or_404(found.versions.all(), number=page)
    context = {
        "document": found,
        "version": version,
        "lines": service.compare(version.body, found.body),
        "may_change": _own_draft(request, found),
    }
    return render(request, "writing/document_version.html", context)


@requires(CHANGE_DOCUMENTS)
@require_POST
def document_restore(request: AccountRequest, number: int, page: int) -> HttpResponse:
    """Bring an earlier version back; the present one stays among the versions."""
    found = found_document(request, number)
    version = get_object_or_404(found.versions.all(), number=page)
    values = {"title": version.title, "body": version.body}
    return _done(
        request,
        number,
        lambda expected: service.change_text(
            document=found, values=values, by=request.user, expected_version=expected
        ),
    )


add_to_menu(gettext_lazy("文稿"), "documents", VIEW_DOCUMENTS, 26)

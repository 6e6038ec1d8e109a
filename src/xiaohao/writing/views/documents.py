"""Documents: the list, a new draft, the text with its figures, putting it to the head."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xiaohao.core.access import allowed, requires
from xiaohao.core.context import add_to_menu, offer_on
from xiaohao.core.paging import page
from xiaohao.core.requests import AccountRequest, query_without
from xiaohao.core.views.editing import edit
from xiaohao.ledger.attachments import decisions_on
from xiaohao.ledger.models import Decision
from xiaohao.ledger.services import decisions
from xiaohao.ledger.signing import names_of, signatories
from xiaohao.rectification.models import Inspection
from xiaohao.writing.access import CHANGE_DOCUMENTS, MAKE_ARCHIVE, VIEW_DOCUMENTS, reads_drafts
from xiaohao.writing.body import gaps
from xiaohao.writing.decisions import DOCUMENT
from xiaohao.writing.drafting_forms import DraftForm
from xiaohao.writing.forms import SubmitForm
from xiaohao.writing.models import Document, DocumentKind
from xiaohao.writing.next_steps import next_steps
from xiaohao.writing.readiness import hits
from xiaohao.writing.record_lists import changed_lists
from xiaohao.writing.sent_back import why_sent_back, with_sent_back
from xiaohao.writing.services import drafting
from xiaohao.writing.services.documents import is_behind
from xiaohao.writing.showing import Shown
from xiaohao.writing.templating import TemplateFault
from xiaohao.writing.views.found import found_document, own_draft, readable_documents

PURPOSES = {
    DocumentKind.PLAN: gettext_lazy("总体要求、组织领导、每个问题的措施和责任，附三个清单。"),
    DocumentKind.SUMMARY: gettext_lazy("一周、半月或一月的进展、销号和需要关注的事项。"),
    DocumentKind.PROGRESS_REPORT: gettext_lazy("报整改工作领导小组：总体进展、主要做法、逐项情况。"),
    DocumentKind.HEAD_REPORT: gettext_lazy("主要负责人履行第一责任人责任、组织落实的情况。"),
    DocumentKind.NOTICE: gettext_lazy("向社会公开的通报，签发以后可以公开、收意见。"),
    DocumentKind.CLOSING_FORM: gettext_lazy("一个问题的措施、佐证、凭据和审批，还缺的会标出来。"),
    DocumentKind.HAND_OVER: gettext_lazy("有人调整岗位时，他负责、保管、待办的全部事项。"),
}


SHOWN = ("organ", "inspection", "created_by__person", "finding__inspection", "person", "successor")


@requires(VIEW_DOCUMENTS)
@require_safe
def document_list(request: AccountRequest) -> HttpResponse:
    """Show the documents, newest first, of a kind or state if asked; those put aside only when asked for."""
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    rows = readable_documents(request.user).select_related(*SHOWN).defer("body", "lists")
    rows = rows.filter(kind=kind) if kind in DocumentKind.values else rows
    if state in Document.State.values:
        rows = rows.filter(state=state)
    else:
        rows = rows.exclude(state=Document.State.DISCARDED)
    current = page(with_sent_back(rows), by="-id", cursor=request.GET.get("after", ""))
    context = {
        "kind": kind,
        "state": state,
        "states": Document.State.choices,
        "query": query_without(request.GET, "after"),
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
    """Choose what to draft, then about what, then have it written from the records."""
    kind = request.GET.get("kind", "")
    if kind not in DocumentKind.values:
        kinds = [(one.value, one.label, PURPOSES[one]) for one in DocumentKind]
        return render(request, "writing/document_kinds.html", {"kinds": kinds})
    names = ("inspection", "finding", "person", "first", "last")
    asked: dict[str, Any] = {name: request.GET[name] for name in names if request.GET.get(name)}
    form = DraftForm(request.POST or None, kind, request.user, timezone.localdate(), asked)
    if request.method == "POST" and form.is_valid():
        try:
            document = drafting.draft(kind=kind, scope=form.scope(), by=request.user)
        except TemplateFault as fault:
            form.add_error(None, str(fault))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("document", document.pk)
    title = _("起草%(kind)s") % {"kind": DocumentKind(kind).label}
    context = {
        "form": form,
        "title": title,
        "lead": PURPOSES[DocumentKind(kind)],
        "back": reverse("document_add"),
        "submit": _("起草"),
    }
    return render(request, "core/edit.html", context)


@requires(VIEW_DOCUMENTS)
@require_safe
def document(request: AccountRequest, number: int) -> HttpResponse:
    """Show a document, its figures with what they count, what is lacking, what the check found."""
    found = found_document(request, number)
    draft = own_draft(request, found)
    shown = Shown(found, request.user)
    inside = reads_drafts(request.user, found)
    hits_found = hits(found) if inside else []
    justified = [hit for hit in hits_found if hit.key in found.justified]
    context = {
        "document": found,
        "sent_back": why_sent_back(found),
        "blocks": shown.blocks,
        "gaps": gaps(found.body),
        "changed": shown.changed if found.approved_on is None else [],
        "changed_lists": changed_lists(found) if found.lists and found.approved_on is None else [],
        "hits": [(hit, found.justified.get(hit.key, "")) for hit in hits_found],
        "justified_hits": len(justified),
        "open_hits": len(hits_found) - len(justified),
        "next_steps": next_steps(found, request.user),
        "missing": decisions.why_not(DOCUMENT, found, request.user) if draft else [],
        "may_change": draft,
        "behind": draft and is_behind(found),
        "may_take_up": found.state == Document.State.DISCARDED
        and found.organ_id == request.user.organ.pk
        and allowed(request.user, CHANGE_DOCUMENTS),
        "decisions": decisions_on(request.user, found),
        "versions": list(found.versions.defer("body").select_related("made_by__person")[:20])
        if inside
        else [],
        "record": found,
    }
    return render(request, "writing/document.html", context)


@requires(CHANGE_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def document_submit(request: AccountRequest, number: int) -> HttpResponse:
    """Put the document to the head of the organ."""
    found = found_document(request, number)
    if DOCUMENT.may_ask(request.user, found):
        raise PermissionDenied
    able = signatories([found.organ]).able_first(DOCUMENT, found, request.user)
    form = SubmitForm(request.POST or None, signers=names_of(able), warning=why_sent_back(found))
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


def _draft_of(kind: DocumentKind, about: str = "") -> Callable[[HttpRequest, Mapping[str, Any]], str]:
    """Return the address of a draft of a kind, about the record the page shows."""

    def address(_request: HttpRequest, parts: Mapping[str, Any]) -> str:
        asked = {"kind": kind.value, **({about: parts["number"]} if about else {})}
        return f"{reverse('document_add')}?{urlencode(asked)}"

    return address


add_to_menu(gettext_lazy("文稿"), "documents", VIEW_DOCUMENTS, 26)
for page_name, what, kind, about in (
    ("plan", gettext_lazy("起草方案文稿"), DocumentKind.PLAN, ""),
    ("weekly_summary", gettext_lazy("起草小结文稿"), DocumentKind.SUMMARY, ""),
    ("finding", gettext_lazy("起草销号表"), DocumentKind.CLOSING_FORM, "finding"),
    ("person_edit", gettext_lazy("起草交接清单"), DocumentKind.HAND_OVER, "person"),
):
    offer_on(page_name, what, _draft_of(kind, about), CHANGE_DOCUMENTS)

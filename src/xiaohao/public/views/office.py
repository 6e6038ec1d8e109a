"""What the office does: publish, withdraw, read and answer comments."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xiaohao.core.access import allowed, requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.paging import page
from xiaohao.core.requests import AccountRequest
from xiaohao.core.views.editing import edit
from xiaohao.ledger.attachments import attached
from xiaohao.public.access import ANSWER_COMMENTS, PUBLISH, VIEW_COMMENTS, VIEW_PUBLICATIONS
from xiaohao.public.forms import AnswerCommentForm, PublishForm, WithdrawForm
from xiaohao.public.models import Comment, Publication
from xiaohao.public.services import comments
from xiaohao.public.services import publications as service
from xiaohao.writing.models import Document, DocumentKind


@requires(VIEW_PUBLICATIONS)
@require_safe
def publication_list(request: AccountRequest) -> HttpResponse:
    """Show what was ever open, and the signed notices that could be."""
    rows = Publication.objects.visible_to(request.user).select_related("organ").defer("text")
    current = page(rows, by="-id", cursor=request.GET.get("after", ""))
    today = timezone.localdate()
    waiting = Document.objects.visible_to(request.user).filter(
        organ=request.user.organ,
        kind=DocumentKind.NOTICE,
        state=Document.State.APPROVED,
        publication=None,
    )
    context = {
        "rows": [(one, one.standing(today)) for one in current.rows],
        "next": current.next,
        "waiting": waiting.defer("body") if allowed(request.user, PUBLISH) else [],
        "organ": request.user.organ,
    }
    return render(request, "public/publications.html", context)


def _publication(request: AccountRequest, number: int) -> Publication:
    rows = Publication.objects.visible_to(request.user).select_related("organ", "document")
    return get_object_or_404(rows, pk=number)


@requires(VIEW_PUBLICATIONS)
@require_safe
def publication(request: AccountRequest, number: int) -> HttpResponse:
    """Show one: its period, its address, its digest."""
    found = _publication(request, number)
    today = timezone.localdate()
    path = reverse("notice", args=[found.organ.code, found.number])
    context = {
        "publication": found,
        "standing": found.standing(today),
        "is_open": found.is_open(today),
        "path": path,
        "address": request.build_absolute_uri(path),
        "may_withdraw": found.withdrawn_on is None
        and found.organ_id == request.user.organ.pk
        and allowed(request.user, PUBLISH),
        "record": found,
    }
    return render(request, "public/publication.html", context)


@requires(PUBLISH)
@require_http_methods(["GET", "POST"])
def document_publish(request: AccountRequest, number: int) -> HttpResponse:
    """Open a signed notice to the public."""
    rows = Document.objects.visible_to(request.user).filter(organ=request.user.organ)
    document = get_object_or_404(rows.select_related("organ", "inspection"), pk=number)
    if service.not_publishable(document):
        raise PermissionDenied
    form = PublishForm(request.POST or None, document, timezone.localdate())

    def write() -> None:
        service.publish(document=document, by=request.user, **form.cleaned_data)

    return edit(
        request,
        form=form,
        title=_("公开通报"),
        lead=document.title,
        back=reverse("publications"),
        write=write,
        submit=_("公开"),
    )


@requires(PUBLISH)
@require_http_methods(["GET", "POST"])
def publication_withdraw(request: AccountRequest, number: int) -> HttpResponse:
    """Take a notice back."""
    found = _publication(request, number)
    if found.organ_id != request.user.organ.pk:
        raise Http404
    form = WithdrawForm(request.POST or None, found.version)

    def write() -> None:
        given = form.cleaned_data
        service.withdraw(
            publication=found, reason=given["reason"], by=request.user, expected_version=given["version"]
        )

    back = reverse("publication", args=[number])
    title = _("提前撤回通报")
    return edit(request, form=form, title=title, lead=found.title, back=back, write=write, submit=_("撤回"))


@requires(VIEW_COMMENTS)
@require_safe
def comment_list(request: AccountRequest) -> HttpResponse:
    """Show the comments, newest first."""
    rows = Comment.objects.visible_to(request.user).select_related("organ", "publication", "handler")
    if request.GET.get("state") in Comment.State.values:
        rows = rows.filter(state=request.GET["state"])
    current = page(rows, by="-id", cursor=request.GET.get("after", ""))
    context = {
        "rows": current.rows,
        "next": current.next,
        "states": Comment.State.choices,
        "chosen": request.GET.get("state", ""),
        "today": timezone.localdate(),
    }
    return render(request, "public/comments.html", context)


def _comment(request: AccountRequest, number: int) -> Comment:
    rows = Comment.objects.visible_to(request.user).select_related("organ", "publication", "handler")
    return get_object_or_404(rows, pk=number)


@requires(VIEW_COMMENTS)
@require_safe
def comment(request: AccountRequest, number: int) -> HttpResponse:
    """Show a comment, its answer, and the instructions leaders gave about it."""
    found = _comment(request, number)
    own = found.organ_id == request.user.organ.pk
    context = {
        "comment": found,
        "may_answer": own and allowed(request.user, ANSWER_COMMENTS),
        **attached(request.user, found),
        "record": found,
    }
    return render(request, "public/comment_item.html", context)


@requires(ANSWER_COMMENTS)
@require_http_methods(["GET", "POST"])
def comment_reply(request: AccountRequest, number: int) -> HttpResponse:
    """Answer a comment."""
    found = _comment(request, number)
    if found.organ_id != request.user.organ.pk:
        raise Http404
    form = AnswerCommentForm(request.POST or None, found.version, text=found.answer)

    def write() -> None:
        given = form.cleaned_data
        comments.answer(comment=found, text=given["text"], by=request.user, expected_version=given["version"])

    back = reverse("comment", args=[number])
    title, lead = _("答复公众意见"), found.text
    return edit(request, form=form, title=title, lead=lead, back=back, write=write, submit=_("答复"))


@requires(VIEW_COMMENTS)
@require_safe
def comment_file(request: AccountRequest, number: int) -> HttpResponse:
    """Give the file of a comment, to be saved and never shown in the page."""
    found = _comment(request, number)
    try:
        content = comments.attachment(found)
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type="application/octet-stream")
    name = f"{_('意见')}{found.number}.{found.file_kind}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"  # noqa: FBT003
    return response


add_to_menu(gettext_lazy("公开"), "publications", VIEW_PUBLICATIONS, 27)
add_to_menu(gettext_lazy("公众意见"), "comments", VIEW_COMMENTS, 51)

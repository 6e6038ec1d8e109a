"""What the office does with comments: read them, answer them, save a file."""

from typing import Any

from django.db.models import Count, Q
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
from xiaohao.core.requests import AccountRequest, number_in, query_without
from xiaohao.core.subjects import address_for
from xiaohao.core.views.editing import edit
from xiaohao.ledger.attachments import attached
from xiaohao.public.access import ANSWER_COMMENTS, TAKE_UP, VIEW_COMMENTS, readable
from xiaohao.public.forms import AnswerCommentForm
from xiaohao.public.models import Comment, Publication, Receipt
from xiaohao.public.services import comments, files
from xiaohao.public.services.comments import waiting

RECEIVED, ANSWERED = Comment.State.RECEIVED, Comment.State.ANSWERED
SENDERS = 50


def conditions() -> dict[str, Q]:
    """Return what can be looked for, by its name in the address."""
    return {
        "received": Q(state=RECEIVED),
        "late": Q(state=RECEIVED, due_on__lt=timezone.localdate()),
        "answered": Q(state=ANSWERED),
    }


LABELS = {
    "": gettext_lazy("全部"),
    "received": gettext_lazy("待答复"),
    "late": gettext_lazy("逾期"),
    "answered": gettext_lazy("已答复"),
}


@requires(VIEW_COMMENTS)
@require_safe
def comment_list(request: AccountRequest) -> HttpResponse:
    """Show the comments, newest first: all, by where they stand, by notice."""
    known = conditions()
    rows = readable(request.user, Comment.objects.visible_to(request.user))
    notice = number_in(request.GET.get("notice", ""))
    if notice is not None:
        rows = rows.filter(publication=notice)
    numbers = rows.aggregate(
        all=Count("pk"), **{name: Count("pk", filter=condition) for name, condition in known.items()}
    )
    chosen = request.GET.get("state", "")
    if chosen in known:
        rows = rows.filter(known[chosen])
    shown = rows.select_related("organ", "publication", "handler", "held").defer(
        "publication__text", "held__text"
    )
    current = page(shown, by="-id", cursor=request.GET.get("after", ""))
    notices = Publication.objects.visible_to(request.user).filter(organ=request.user.organ)
    context = {
        "rows": current.rows,
        "next": current.next,
        "tabs": [(name, label, numbers[name or "all"], name == chosen) for name, label in LABELS.items()],
        "waiting": waiting(request.user.organ),
        "notices": list(notices.only("title", "organ")),
        "notice": notice,
        "query": query_without(request.GET, "after"),
        "rest": query_without(request.GET, "after", "state"),
        "chosen": chosen,
        "today": timezone.localdate(),
    }
    return render(request, "public/comments.html", context)


def found_comment(request: AccountRequest, number: int) -> Comment:
    """Return a comment the account may read."""
    rows = readable(request.user, Comment.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("organ", "publication", "handler", "held"), pk=number)


@requires(VIEW_COMMENTS)
@require_safe
def comment(request: AccountRequest, number: int) -> HttpResponse:
    """Show a comment, its answer, what became of it, and the instructions leaders gave about it."""
    found = found_comment(request, number)
    context = {
        "comment": found,
        "late": found.state == RECEIVED and found.due_on < timezone.localdate(),
        "may_answer": allowed(request.user, ANSWER_COMMENTS),
        "may_take_up": not found.became_kind and allowed(request.user, TAKE_UP),
        "became_address": address_for(request.user, found.became_kind, found.became_number),
        **_alike(found),
        **attached(request.user, found),
        "record": found,
    }
    return render(request, "public/comment_item.html", context)


def _alike(found: Comment) -> dict[str, Any]:
    """Return how many sent the same words in a flood, and those of them who left a name."""
    held = getattr(found, "held", None)
    if held is None or held.count < 2:
        return {"alike": 0, "senders": []}
    rows = Receipt.objects.filter(held=held).exclude(sender="").order_by("pk")[:SENDERS]
    return {"alike": held.count, "senders": [one.sender.replace("\n", " ").strip() for one in rows]}


@requires(ANSWER_COMMENTS)
@require_http_methods(["GET", "POST"])
def comment_reply(request: AccountRequest, number: int) -> HttpResponse:
    """Answer a comment."""
    found = found_comment(request, number)
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
    found = found_comment(request, number)
    try:
        content = files.attachment(found)
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type="application/octet-stream")
    name = f"{_('意见')}{found.number}.{found.file_kind}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"  # noqa: FBT003
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


add_to_menu(gettext_lazy("公众意见"), "comments", VIEW_COMMENTS, 51)

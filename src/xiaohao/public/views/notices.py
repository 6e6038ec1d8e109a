"""What anybody sees: an organ's notices, commenting on one, reading the answer. In Chinese."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from xiaohao.core.access import requires
from xiaohao.core.dated_settings import value
from xiaohao.core.models import Organ
from xiaohao.public import limits
from xiaohao.public.access import READ
from xiaohao.public.forms import CommentForm, ReceiptForm
from xiaohao.public.models import Comment, Publication
from xiaohao.public.services import comments, publications
from xiaohao.writing.body import paragraphs

View = Callable[..., HttpResponseBase]
SHOWN = 50
OK, TOO_MANY = 200, 429
TRIES = 4  # wrong answers and slips for each comment that is allowed


def in_chinese(view: View) -> View:
    """Let a page speak the language of the notice whatever the browser asks for."""

    @wraps(view)
    def answer(*arguments: Any, **named: Any) -> HttpResponseBase:
        with override("zh-hans"):
            return view(*arguments, **named)

    return answer


def _organ(code: str) -> Organ:
    return get_object_or_404(Organ, code=code)


def _publication(code: str, number: int) -> Publication:
    found = publications.of(code, number)
    if found is None:
        raise Http404
    return found


@requires(READ)
@require_safe
@in_chinese
def notices(request: HttpRequest, organ: str) -> HttpResponse:
    """Show the open notices of an organ and how many comments were received and answered."""
    found = _organ(organ)
    context = {
        "organ": found,
        "rows": publications.open_to_all(found)[:SHOWN],
        "counts": comments.counts(found),
        "receipt": ReceiptForm(),
    }
    return render(request, "public/notices.html", context)


@requires(READ)
@require_safe
@in_chinese
def notice(request: HttpRequest, organ: str, number: int) -> HttpResponse:
    """Show a notice while it is open; afterwards say when it was (410)."""
    found = _publication(organ, number)
    today = timezone.localdate()
    if not found.is_open(today):
        return _closed(request, found)
    context = {
        "publication": found,
        "paragraphs": paragraphs(found.text),
        "address": request.build_absolute_uri(reverse("notice", args=[organ, number])),
    }
    return render(request, "public/notice.html", context)


def _closed(request: HttpRequest, found: Publication) -> HttpResponse:
    """Say that a notice is not open; one that has not begun does not exist yet."""
    if found.withdrawn_on is None and timezone.localdate() < found.open_from:
        raise Http404
    return render(request, "public/closed.html", {"publication": found, "receipt": ReceiptForm()}, status=410)


@requires(READ)
@require_safe
@in_chinese
def notice_text(request: HttpRequest, organ: str, number: int) -> HttpResponse:
    """Give the notice as plain text: what the SM3 digest is made of."""
    found = _publication(organ, number)
    if not found.is_open(timezone.localdate()):
        return _closed(request, found)
    return HttpResponse(publications.whole(found), content_type="text/plain; charset=utf-8")


@requires(READ)
@require_safe
def notice_code(request: HttpRequest, organ: str, number: int) -> HttpResponse:
    """Give the address of the notice as a QR code for the poster."""
    found = _publication(organ, number)
    if not found.is_open(timezone.localdate()):
        raise Http404
    address = request.build_absolute_uri(reverse("notice", args=[organ, number]))
    return HttpResponse(publications.code(address), content_type="image/svg+xml")


@requires(READ)
@require_http_methods(["GET", "POST"])
@in_chinese
def comment_add(request: HttpRequest, organ: str, number: int) -> HttpResponse:
    """Take a comment and show its receipt, once."""
    found = _publication(organ, number)
    if not found.is_open(timezone.localdate()):
        return _closed(request, found)
    form = CommentForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        received, status = _receive(request, found, form)
        if received is not None:
            comment, receipt = received
            context = {"publication": found, "comment": comment, "receipt": _grouped(receipt)}
            return _private(render(request, "public/received.html", context))
    context = {"publication": found, "form": form, "question": limits.ask()}
    return _private(render(request, "public/comment.html", context, status=status))


def _receive(
    request: HttpRequest, found: Publication, form: CommentForm
) -> tuple[tuple[Comment, str] | None, int]:
    """Take what was sent, unless it is wrong or too much; what is refused stands in the form."""
    source = limits.source_of(request)
    most = int(value(found.organ, "comments.per_hour_and_source", timezone.localdate()))
    if limits.tried(f"try|{found.organ_id}|{source}") > TRIES * most:
        form.add_error(None, _too_many(found))
        return None, TOO_MANY
    if not form.is_valid():
        return None, OK
    given = form.cleaned_data
    if not limits.answered(given.pop("token"), given.pop("answer")):
        form.add_error("answer", _("没有答对，请看新的题目再答一次。您写的内容都在。"))
        return None, OK
    if _is_flood(found, source, most):
        form.add_error(None, _too_many(found))
        return None, TOO_MANY
    try:
        return comments.receive(publication=found, **given), OK
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None, OK


def _is_flood(found: Publication, source: str, most: int) -> bool:
    """Count one more comment of the hour; tell whether its source or the whole organ has had too many."""
    in_all = int(value(found.organ, "comments.per_hour", timezone.localdate()))
    if limits.tried(f"comment|{found.organ_id}|{source}") > most:
        return True
    return limits.tried(f"comments|{found.organ_id}") > in_all


def _too_many(found: Publication) -> str:
    said = _("现在提交的意见太多，这一条没有收下，您写的内容还在。请过一小时再试，或者拨打%(phone)s。")
    return said % {"phone": found.contact_phone}


def _grouped(receipt: str) -> str:
    """Return the receipt in groups of four, as it is easily copied."""
    return " ".join(receipt[place : place + 4] for place in range(0, len(receipt), 4))


def _private(response: HttpResponse) -> HttpResponse:
    """Keep a page out of every cache."""
    response.headers["Cache-Control"] = "no-store"
    return response


@requires(READ)
@require_http_methods(["GET", "POST"])
@in_chinese
def comment_answer(request: HttpRequest) -> HttpResponse:
    """Show the answer to whoever holds the receipt; after many wrong ones, wait."""
    form = ReceiptForm(request.POST or None)
    comment: Comment | None = None
    status = 200
    if request.method == "POST" and form.is_valid():
        if limits.tried(f"receipt|{limits.source_of(request)}") > 20:
            form.add_error(None, _("查询得太频繁，请过一小时再试。"))
            status = 429
        else:
            comment = comments.found_by(form.cleaned_data["receipt"])
            if comment is None:
                form.add_error("receipt", _("没有这个回执号，请核对16位数字。"))
    return _private(render(request, "public/answer.html", {"form": form, "comment": comment}, status=status))


if TYPE_CHECKING:
    OrganFeed = Feed[Publication, Organ]
else:
    OrganFeed = Feed


class NoticeFeed(OrganFeed):
    """The open notices of an organ as Atom."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Organ:  # noqa: ARG002
        return _organ(str(kwargs["organ"]))

    def title(self, obj: Organ) -> str:
        return f"{obj.name} {_('巡察整改公开')}"

    def link(self, obj: Organ) -> str:
        return reverse("notices", args=[obj.code])

    def items(self, obj: Organ) -> Any:
        return publications.open_to_all(obj).select_related("organ")[:SHOWN]

    def item_title(self, item: Publication) -> str:
        return item.title

    def item_description(self, item: Publication) -> str:
        return item.text[:300]

    def item_link(self, item: Publication) -> str:
        return reverse("notice", args=[item.organ.code, item.number])

    def item_pubdate(self, item: Publication) -> Any:
        return item.created_at


feed = requires(READ)(require_safe(in_chinese(NoticeFeed())))

"""Commenting on a notice, and reading the answer with the receipt."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from xiaohao.core.access import requires
from xiaohao.public import limits, question
from xiaohao.public.access import READ
from xiaohao.public.addresses import absolute, words
from xiaohao.public.forms import CommentForm, ReceiptForm
from xiaohao.public.models import Publication
from xiaohao.public.services import receipts, receiving
from xiaohao.public.services.intake import NoRoomError
from xiaohao.public.services.posts import Came, Said, Taken
from xiaohao.public.services.shares import TooMuchError
from xiaohao.public.views.pages import FULL, TOO_MANY, closed, in_chinese, is_open, private, publication_of

TRIES = 30  # posts of one source in an hour that answered no question of ours, before they get no page
GUESSES = 60  # wrong receipts of one source in an hour


@csrf_exempt  # see views.pages
@requires(READ)
@require_http_methods(["GET", "POST"])
@in_chinese
def comment_add(request: HttpRequest, organ: str, number: int) -> HttpResponse:
    """Take a comment and show its receipt, once: sent again, the page says that it is here already."""
    found = publication_of(organ, number, text=False)
    if not is_open(found):
        return closed(request, found)
    if request.method != "POST":
        return _form(request, found, CommentForm(found.organ))
    answer = question.check(request.POST.get("token", ""), request.POST.get("answer", ""))
    if not answer.once:
        return _unanswered(request, found, ours=answer.ours)
    return _take(request, found, receipts.receipt_of(answer.once))


def _unanswered(request: HttpRequest, found: Publication, *, ours: bool) -> HttpResponse:
    """Ask anew; a machine that never asks for the form soon gets no page either. Nothing is kept."""
    many = limits.tried(f"try|{found.organ_id}|{limits.source_of(request)}") > TRIES
    if many and not ours:
        return _no_page()
    form = CommentForm(found.organ, request.POST, request.FILES)
    form.is_valid()
    if ours:
        return _form(request, found, form, wrong=_("没有答对，请看新的题目再答一次。"))
    return _form(request, found, form, wrong=_("题目已经过期，请看新的题目再答一次。"))


def _take(request: HttpRequest, found: Publication, receipt: str) -> HttpResponse:
    """Take in what came with the right answer; what cannot be taken stands in the form."""
    form = CommentForm(found.organ, request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, found, form, again=request.POST["token"])
    said = Said(**form.cleaned_data)
    source = limits.source_of(request)
    came = Came(receipt, source, flood=limits.is_flood(found.organ, source))
    try:
        taken = receiving.receive(publication=found, said=said, came=came)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _form(request, found, form, again=request.POST["token"], status=_status(error))
    if not came.flood and not taken.again:
        limits.count_comment(found.organ, source)
    return _received(request, found, taken, said, receipt)


def _status(error: ValidationError) -> int:
    """Return the status of a refusal; too much from one source leaves no line in the server's log."""
    if isinstance(error, TooMuchError):
        return TOO_MANY
    return FULL if isinstance(error, NoRoomError) else 200


def _no_page() -> HttpResponse:
    """Refuse a machine that sends posts without ever asking for the form, at no cost."""
    said = _("提交得太频繁，请打开提意见的页面再试。")
    response = HttpResponse(said, status=TOO_MANY, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = "3600"
    return private(response)


def _form(
    request: HttpRequest,
    found: Publication,
    form: CommentForm,
    *,
    wrong: str = "",
    again: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the form with a question: a new one, or the one that was answered right already."""
    context = {
        "publication": found,
        "organ": found.organ,
        "form": form,
        "question": question.ask_again(again) if again else question.ask(),
        "answer": request.POST.get("answer", "") if again else "",
        "wrong": wrong,
    }
    page = render(request, "public/comment.html", context, status=status)
    if request.method == "POST":
        return private(page)
    # Not kept out of the browser: going back after a refusal finds what was typed.
    page.headers["Cache-Control"] = "private, no-cache"
    page.headers["X-Robots-Tag"] = "noindex"
    return page


def _received(
    request: HttpRequest, found: Publication, taken: Taken, said: Said, receipt: str
) -> HttpResponse:
    """Show the receipt, or that it was shown before."""
    context = {
        "publication": found,
        "organ": found.organ,
        "taken": taken,
        "receipt": "" if taken.again else _grouped(receipt),
        "declined": bool(said.file and taken.receipt.held_id),
        "address_words": words(absolute(request, "comment_answer")),
    }
    return private(render(request, "public/received.html", context))


def _grouped(receipt: str) -> str:
    """Return the receipt in groups of four, as it is easily copied."""
    return " ".join(receipt[place : place + 4] for place in range(0, len(receipt), 4))


@csrf_exempt  # see views.pages
@requires(READ)
@require_http_methods(["GET", "POST"])
@in_chinese
def comment_answer(request: HttpRequest) -> HttpResponse:
    """Show the answer to whoever holds the receipt, however many wrong ones came from the same place."""
    form = ReceiptForm(request.POST or None)
    standing = None
    status = 200
    if request.method == "POST" and form.is_valid():
        found = receipts.found_by(form.cleaned_data["receipt"])
        standing = receipts.standing(found) if found else None
        status = 200 if standing else _missed(request, form)
    organ = standing.publication.organ if standing else None
    context = {"form": form, "standing": standing, "organ": organ}
    return private(render(request, "public/answer.html", context, status=status))


def _missed(request: HttpRequest, form: ReceiptForm) -> int:
    """Say in the form that there is no such receipt, or to wait after many; return the status."""
    if limits.tried(f"receipt|{limits.source_of(request)}") > GUESSES:
        form.add_error(None, _("查询错误的次数太多，请过一小时再试。"))
        return TOO_MANY
    form.add_error("receipt", _("没有这个回执号，请核对16位数字。"))
    return 200

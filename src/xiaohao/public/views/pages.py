"""What the pages for anybody have in common: Chinese, no trace in caches, one way to say what is gone.

They set no cookie, so that whoever allows none can write as well. Nobody acts as an account here, so a form
needs no token against forged requests; a comment carries the token of its question.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import override

from xiaohao.core.models import Organ
from xiaohao.public.forms import ReceiptForm
from xiaohao.public.models import Publication
from xiaohao.public.services import publications

View = Callable[..., HttpResponseBase]
GONE, TOO_MANY, FULL = 410, 429, 503


def in_chinese(view: View) -> View:
    """Let a page speak the language of the notice whatever the browser asks for, also when it is missing."""

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        with override("zh-hans"):
            try:
                response = view(request, *arguments, **named)
            except Http404:
                response = render(request, "public/missing.html", status=404)
        response.headers["Content-Language"] = "zh-Hans"
        return response

    return answer


def organ_of(code: str) -> Organ:
    """Return an organ by its code. Raises ``Http404``."""
    found = Organ.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def publication_of(code: str, number: int, *, text: bool = True) -> Publication:
    """Return a notice, open or not. Raises ``Http404`` for one that is not there or has not begun yet."""
    found = publications.of(code, number, text=text)
    if found is None or (found.withdrawn_on is None and timezone.localdate() < found.open_from):
        raise Http404
    return found


def is_open(publication: Publication) -> bool:
    return publication.is_open(timezone.localdate())


def closed(request: HttpRequest, publication: Publication) -> HttpResponse:
    """Say that a notice is not open any more, when it was, and how to read an answer all the same."""
    context = {"publication": publication, "organ": publication.organ, "receipt": ReceiptForm()}
    response = render(request, "public/closed.html", context, status=GONE)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def private(response: HttpResponse) -> HttpResponse:
    """Keep a page out of every cache and every search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response

"""What anybody reads: an organ's notices, one of them in several forms, its poster."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from xiaohao.core.access import requires
from xiaohao.lib.telephones import pieces
from xiaohao.public.access import READ
from xiaohao.public.addresses import absolute, words
from xiaohao.public.article import article
from xiaohao.public.forms import ReceiptForm
from xiaohao.public.models import Publication
from xiaohao.public.services import comments, publications
from xiaohao.public.views.pages import closed, in_chinese, is_open, organ_of, publication_of
from xiaohao.writing.official.title import title_words

SHOWN = 50
QR_KINDS = {"svg": "image/svg+xml", "png": "image/png"}


def _dated(response: HttpResponse, changed: dt.datetime) -> HttpResponse:
    """Say when a page last changed; it may be kept, but is asked for again each time."""
    response.headers["Last-Modified"] = http_date(int(changed.timestamp()))
    response.headers["Cache-Control"] = "no-cache"
    return response


def _days_left(publication: Publication) -> int:
    return (publication.open_to - timezone.localdate()).days


def _title_words(publication: Publication) -> list[str]:
    """Return the title in pieces, between which a line may end as on paper."""
    return title_words(publication.title, (publication.organ.name,))


@requires(READ)
@require_safe
@in_chinese
def notices(request: HttpRequest, organ: str) -> HttpResponse:
    """Show the open notices of an organ and how many comments were received and answered."""
    found = organ_of(organ)
    rows = publications.open_to_all(found).defer("text")[:SHOWN]
    context = {
        "organ": found,
        "rows": [(one, _days_left(one)) for one in rows],
        "telephone": pieces(publications.last_telephone(found)),
        "counts": comments.counts(found),
        "receipt": ReceiptForm(),
        "address": absolute(request, "notices", organ),
    }
    return render(request, "public/notices.html", context)


@requires(READ)
@require_safe
@in_chinese
def notice(request: HttpRequest, organ: str, number: int) -> HttpResponse:
    """Show a notice while it is open; afterwards say when it was (410)."""
    found = publication_of(organ, number)
    if not is_open(found):
        return closed(request, found)
    address = absolute(request, "notice", organ, number)
    context = {
        "publication": found,
        "organ": found.organ,
        "elements": article(found.text),
        "title_words": _title_words(found),
        "left": _days_left(found),
        "address": address,
        "address_words": words(address),
        "home": absolute(request, "notices", organ),
    }
    # It says how many days are left, so that it is another page every day.
    morning = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return _dated(render(request, "public/notice.html", context), max(found.changed_at, morning))


@requires(READ)
@require_safe
@in_chinese
def notice_text(request: HttpRequest, organ: str, number: int) -> HttpResponse:
    """Give the notice as plain text: what the sum is made of."""
    found = publication_of(organ, number)
    if not is_open(found):
        return closed(request, found)
    response = HttpResponse(publications.whole(found), content_type="text/plain; charset=utf-8")
    response.headers["Link"] = f'<{absolute(request, "notice", organ, number)}>; rel="canonical"'
    return _dated(response, found.changed_at)


@requires(READ)
@require_safe
@in_chinese
def notice_code(request: HttpRequest, organ: str, number: int, kind: str) -> HttpResponse:
    """Give the address of the notice as a QR code: as a picture any browser shows, or to be printed large."""
    found = publication_of(organ, number)
    if not is_open(found):
        return closed(request, found)
    drawn = publications.code(absolute(request, "notice", organ, number), kind)
    return _dated(HttpResponse(drawn, content_type=QR_KINDS[kind]), found.changed_at)


@requires(READ)
@require_safe
@in_chinese
def poster(request: HttpRequest, organ: str, number: int) -> HttpResponse:
    """Give a sheet for the notice board: title, period, telephone and a large code."""
    found = publication_of(organ, number)
    if not is_open(found):
        return closed(request, found)
    address = absolute(request, "notice", organ, number)
    context = {
        "publication": found,
        "organ": found.organ,
        "title_words": _title_words(found),
        "address": address,
        "address_words": words(address),
    }
    return _dated(render(request, "public/poster.html", context), found.changed_at)

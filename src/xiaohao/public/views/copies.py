"""Comparing a copy found elsewhere with a notice that is open. Nothing of the copy is kept."""

from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from xiaohao.core.access import requires
from xiaohao.lib.differences import Kind, Place, Stretch, differences
from xiaohao.lib.notice_text import digest, paragraphs
from xiaohao.public import limits
from xiaohao.public.access import READ
from xiaohao.public.forms import CopyForm
from xiaohao.public.models import Publication
from xiaohao.public.services import publications
from xiaohao.public.views.pages import closed, in_chinese, is_open, private, publication_of

AN_HOUR = 60  # times one source is told where a copy differs; whether it does is always told
SHOWN, LONGEST = 50, 300  # places, and characters of one stretch


@csrf_exempt  # see views.pages
@requires(READ)
@require_http_methods(["GET", "POST"])
@in_chinese
def copy_compare(request: HttpRequest, organ: str, number: int) -> HttpResponse:
    """Tell whether a pasted text is the notice, and where it differs."""
    found = publication_of(organ, number)
    if not is_open(found):
        return closed(request, found)
    form = CopyForm(request.POST or None)
    context = {"publication": found, "organ": found.organ, "form": form}
    if request.method == "POST" and form.is_valid():
        context |= _compared(request, found, form.cleaned_data["text"])
    return private(render(request, "public/compare.html", context))


def _compared(request: HttpRequest, found: Publication, text: str) -> dict[str, object]:
    """Return what the page tells of a copy."""
    total = digest(text)
    if total == found.digest:
        return {"total": total, "same": True}
    if limits.tried(f"compare|{limits.source_of(request)}") > AN_HOUR:
        return {"total": total, "busy": True}
    places = differences(paragraphs(publications.whole(found)), paragraphs(text))
    shown = [_shown(place) for place in islice(places, SHOWN)]
    return {"total": total, "places": shown, "count": len(places), "more": len(places) > SHOWN}


def _shown(place: Place) -> list[tuple[str, str, int]]:
    """Return the stretches of a place: kind, words, and how many characters there are beyond those."""
    shown = [_cut(stretch) for stretch in place]
    if place[0].kind == Kind.SAME:
        shown[0] = (Kind.SAME.value, f"…{place[0].text}", 0)
    if place[-1].kind == Kind.SAME:
        shown[-1] = (Kind.SAME.value, f"{place[-1].text}…", 0)
    return shown


def _cut(stretch: Stretch) -> tuple[str, str, int]:
    beyond = max(0, len(stretch.text) - LONGEST) if stretch.kind != Kind.SAME else 0
    return stretch.kind.value, stretch.text[:LONGEST], beyond

"""What stands before the public's pages: those that are kept, and a limit to what may be sent.

A page is kept as it was rendered, but never trusted: each request asks the database which version of the
notice there is and whether it is open today, one query. Withdrawn means gone, in every process at once.
"""

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe
from django.utils.translation import override

from xiaohao.core.dated_settings import value
from xiaohao.core.evidence_kinds import MEBIBYTE
from xiaohao.core.models import Organ

PREFIX = "/public/"
PAGE = re.compile(r"/public/([\w-]+)/([1-9][0-9]{0,8})/(?:text/|poster/|code\.svg|code\.png)?", re.ASCII)
MOST = 400  # pages kept
Stamp = tuple[int, int, str, str]
OPEN_NOW = """
    SELECT publication.id, publication.version, organ.name
    FROM public_publication publication JOIN core_organ organ ON organ.id = publication.organ_id
    WHERE organ.code = %s AND publication.number = %s AND publication.withdrawn_on IS NULL
    AND publication.open_from <= %s AND publication.open_to >= %s
"""


def _asked_at(request: HttpRequest) -> str:
    """Return what the addresses in a page follow. Raises ``DisallowedHost``, which answers 400."""
    here = f"{request.scheme}://{request.get_host()}"
    return settings.PUBLIC_ADDRESS or here


@dataclass(frozen=True)
class Kept:
    stamp: Stamp
    content: bytes
    headers: dict[str, str]
    etag: str
    changed: int | None

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """Return the page, or that whoever asks has it already (304)."""
        response = HttpResponse(self.content, headers=self.headers)
        return get_conditional_response(request, self.etag, self.changed, response) or response


class PublishedPages:
    """Answer the pages of a notice from what was rendered for this version, organ's name and day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._pages: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if not path.startswith(PREFIX) or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        place = PAGE.fullmatch(path)
        if place is None:
            return self.get_response(request)
        stamp = self._stamp(place[1], place[2])
        if stamp is None:
            return self.get_response(request)
        # Without what programs that share links add behind "?": these pages read no query.
        key = f"{_asked_at(request)}|{path}"
        kept = self._pages.get(key)
        if kept is None or kept.stamp != stamp:
            response = self.get_response(request)
            kept = self._keep(key, stamp, request, response)
            if kept is None:
                return response
        return kept.answer(request)

    def _stamp(self, code: str, number: str) -> Stamp | None:
        """Return what the page depends on; None while the notice is not open."""
        today = timezone.localdate()
        # Said in SQL: Django takes ten times as long to build this question as the database to answer it.
        with connection.cursor() as cursor:
            cursor.execute(OPEN_NOW, [code, int(number), today, today])
            found = cursor.fetchone()
        return (found[0], found[1], found[2], today.isoformat()) if found else None

    def _keep(self, key: str, stamp: Stamp, request: HttpRequest, response: HttpResponseBase) -> Kept | None:
        """Keep a page that was rendered whole and is the same for everybody; None for any other."""
        if (
            request.method != "GET"
            or not isinstance(response, HttpResponse)
            or response.status_code != 200
            or response.cookies
        ):
            return None
        etag = f'"{blake2b(response.content, digest_size=16).hexdigest()}"'
        response.headers["ETag"] = etag
        changed = parse_http_date_safe(response.headers.get("Last-Modified", ""))
        kept = Kept(stamp, response.content, dict(response.items()), etag, changed)
        with self._lock:
            self._pages[key] = kept
            self._pages.move_to_end(key)
            if len(self._pages) > MOST:
                self._pages.popitem(last=False)
        return kept


class InMemory(MemoryFileUploadHandler):
    """Keep what is uploaded off the disk, where it would lie unencrypted; its size is bounded."""

    def handle_raw_input(self, *_arguments: Any, **_named: Any) -> None:
        self.activated = True


class BoundedPosts:
    """Turn away what is too large before any of it is kept in memory or on disk, with a page that says so."""

    WITHOUT_FILE = 4 * MEBIBYTE
    READ = 64 * MEBIBYTE  # so much is read and thrown away, so that the browser shows the page at all
    PIECE = 256 * 1024

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST" or not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.upload_handlers = [InMemory(request)]
        length = str(request.META.get("CONTENT_LENGTH") or "")
        sent = int(length) if length.isdecimal() else 0
        if sent <= self.WITHOUT_FILE or sent <= (most := self._most(request.path_info)):
            return self.get_response(request)
        left = min(sent, self.READ)
        while left > 0 and (piece := request.read(min(left, self.PIECE))):
            left -= len(piece)
        with override("zh-hans"):
            context = {"megabytes": (most - MEBIBYTE) // MEBIBYTE}
            return render(request, "public/too_much.html", context, status=413)

    def _most(self, path: str) -> int:
        """Return how many bytes may be sent: the largest file of a comment with its words."""
        organ = Organ.objects.filter(code=path.removeprefix(PREFIX).split("/")[0]).first()
        if organ is None:
            return self.WITHOUT_FILE
        return MEBIBYTE * (1 + int(value(organ, "comments.most_megabytes", timezone.localdate())))

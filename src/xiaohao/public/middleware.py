"""Published pages, answered before anything else runs.

The page is kept as it was rendered, but never trusted: each request asks the database which version of the
notice there is and whether it is open today, one query. Withdrawn means gone, in every process at once.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

PREFIX = "/public/"
MOST = 200  # pages kept
Stamp = tuple[int, int, str]
OPEN_NOW = """
    SELECT publication.id, publication.version
    FROM public_publication publication JOIN core_organ organ ON organ.id = publication.organ_id
    WHERE organ.code = %s AND publication.number = %s AND publication.withdrawn_on IS NULL
    AND publication.open_from <= %s AND publication.open_to >= %s
"""


@dataclass(frozen=True)
class Kept:
    stamp: Stamp
    content: bytes
    headers: tuple[tuple[str, str], ...]


class PublishedPages:
    """Answer ``/public/<organ>/<number>/`` from what was rendered for this version and day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._pages: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if not path.startswith(PREFIX) or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        place = path.removeprefix(PREFIX).rstrip("/").split("/")
        if (
            len(place) != 2
            or not place[1].isascii()
            or not place[1].isdigit()
            or request.META.get("QUERY_STRING")
        ):
            return self.get_response(request)
        stamp = self._stamp(*place)
        host = request.META.get("HTTP_HOST", "")
        key = f"{host}|{path}"
        kept = self._pages.get(key) if stamp else None
        if kept is not None and kept.stamp == stamp:
            return HttpResponse(kept.content, headers=dict(kept.headers))
        response = self.get_response(request)
        if (
            stamp
            and isinstance(response, HttpResponse)
            and response.status_code == 200
            and not response.cookies
        ):
            self._keep(key, Kept(stamp, response.content, tuple(response.items())))
        return response

    def _stamp(self, code: str, number: str) -> Stamp | None:
        """Return what the page depends on; None while the notice is not open."""
        today = timezone.localdate()
        # Said in SQL: Django takes ten times as long to build this question as the database to answer it.
        with connection.cursor() as cursor:
            cursor.execute(OPEN_NOW, [code, int(number[:9]), today, today])
            found = cursor.fetchone()
        return (found[0], found[1], today.isoformat()) if found else None

    def _keep(self, key: str, kept: Kept) -> None:
        with self._lock:
            self._pages[key] = kept
            self._pages.move_to_end(key)
            if len(self._pages) > MOST:
                self._pages.popitem(last=False)

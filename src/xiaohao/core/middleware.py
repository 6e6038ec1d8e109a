"""The gate before every page, and the session that stays open while somebody works."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from xiaohao.core.access import allowed


class AccessMiddleware:
    """Refuse every view that names no action, or one the visitor may not do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _arguments: Any, _named: Any
    ) -> HttpResponseBase | None:
        action = getattr(view, "required_action", None)
        if action is None:
            raise PermissionDenied
        if allowed(request.user, action):
            return None
        if not request.user.is_authenticated:
            return _to_login(request)
        raise PermissionDenied


class SessionRefreshMiddleware:
    """Keep the session of somebody at work alive, written once a minute at most.

    Django can write it on every request; then everybody's reading would wait for whoever writes.
    """

    SECONDS = 60
    KEY = "refreshed"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        now = int(time.time())
        if request.user.is_authenticated and now - request.session.get(self.KEY, 0) >= self.SECONDS:
            request.session[self.KEY] = now
        return self.get_response(request)


def _to_login(request: HttpRequest) -> HttpResponseBase:
    """Send the visitor to the log in; a part that refreshes itself sends the whole page there."""
    if request.headers.get("HX-Request"):
        page = urlsplit(request.headers.get("HX-Current-URL", ""))
        back = f"{page.path}?{page.query}" if page.query else page.path
        return HttpResponse(headers={"HX-Redirect": redirect_to_login(back or "/").url})
    return redirect_to_login(request.get_full_path())

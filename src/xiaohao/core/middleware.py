"""The gate before every page, and the session that stays open while somebody works."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _

from xiaohao.core.access import allowed
from xiaohao.core.services.api_keys import owner_of


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
        if getattr(view, "answers_json", False):
            return _refused_as_json(request)
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


class ApiKeyMiddleware:
    """Let a program with a key act as its account, in the API and nowhere else."""

    API = "/api/"
    SCHEME = "Bearer "

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("Authorization", "")
        if request.path.startswith(self.API) and given.startswith(self.SCHEME):
            account = owner_of(given.removeprefix(self.SCHEME).strip())
            request.user = account or AnonymousUser()
            request.by_api_key = account is not None  # type: ignore[attr-defined]
        return self.get_response(request)


def _refused_as_json(request: HttpRequest) -> HttpResponseBase:
    if request.user.is_authenticated:
        return JsonResponse({"reasons": [_("您没有这项权限。")], "fields": {}}, status=403)
    return JsonResponse({"reasons": [_("请先登录，或者提供有效的接口密钥。")], "fields": {}}, status=401)


def _to_login(request: HttpRequest) -> HttpResponseBase:
    """Send the visitor to the log in; a part that refreshes itself sends the whole page there."""
    if request.headers.get("HX-Request"):
        page = urlsplit(request.headers.get("HX-Current-URL", ""))
        back = f"{page.path}?{page.query}" if page.query else page.path
        return HttpResponse(headers={"HX-Redirect": redirect_to_login(back or "/").url})
    return redirect_to_login(request.get_full_path())

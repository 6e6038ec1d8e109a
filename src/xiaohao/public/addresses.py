"""Addresses as the public knows them: printed, in codes, in what search engines read."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def absolute(request: HttpRequest, name: str, *arguments: Any) -> str:
    """Return a whole address: at the host the operator names as the public one, else where this was asked."""
    path = reverse(name, args=arguments)
    base: str = settings.PUBLIC_ADDRESS
    return f"{base}{path}" if base else request.build_absolute_uri(path)


def words(address: str) -> list[str]:
    """Return an address in pieces, between which a line may end: behind a slash, not within a word."""
    return re.findall(r"[^/]+/*|/+", address)

"""The menu, and buttons that others offer on a page; a person sees what he may open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from xiaohao.core.access import Action, allowed


@dataclass(frozen=True)
class MenuEntry:
    """A line of the menu. ``view`` is the name of the address."""

    label: str | Promise
    view: str
    action: Action
    position: int


MENU: list[MenuEntry] = []
SELDOM = 50  # from this position on an entry stands behind "more"
FEW = 6


def add_to_menu(label: str | Promise, view: str, action: Action, position: int) -> None:
    """Declare a menu entry; lower positions come first."""
    MENU.append(MenuEntry(label, view, action, position))
    MENU.sort(key=lambda entry: entry.position)


@dataclass(frozen=True)
class Offer:
    """A button on somebody else's page: ``address`` is made from the parts of that page's address."""

    label: str | Promise
    address: Callable[[HttpRequest, Mapping[str, Any]], str]
    action: Action


OFFERS: dict[str, list[Offer]] = {}


def offer_on(
    view: str, label: str | Promise, address: Callable[[HttpRequest, Mapping[str, Any]], str], action: Action
) -> None:
    """Put a button on a page of a layer below, which knows nothing of what is above it."""
    OFFERS.setdefault(view, []).append(Offer(label, address, action))


def menu_entries(request: HttpRequest) -> list[MenuEntry]:
    return [entry for entry in MENU if allowed(request.user, entry.action)]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give every template the menu of the person who looks."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    match = request.resolver_match
    entries = menu_entries(request)
    daily = [entry for entry in entries if entry.position < SELDOM]
    # A menu that is short anyway hides nothing.
    if len(entries) <= FEW:
        daily = entries
    return {
        "menu": daily,
        "menu_more": entries[len(daily) :],
        "offers": [
            (one.label, one.address(request, match.kwargs))
            for one in OFFERS.get(match.view_name, ())
            if allowed(request.user, one.action)
        ]
        if match
        else [],
        "current_view": match.view_name if match else "",
    }

"""The menu: each entry names a view and the action it needs; a person sees what he may open."""

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
        "current_view": match.view_name if match else "",
    }

"""What may be decided. Each kind says who signs, who is concerned, what must hold, and what follows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from xiaohao.core.models import Account, Person, Role
from xiaohao.ledger.models import Decision

# Who signs where nobody of the place itself can: so that no decision waits for ever.
SUBSTITUTES: tuple[Role, ...] = (Role.HEAD, Role.LEADER, Role.SUPERVISOR)


@dataclass(frozen=True)
class SignerPlan:
    """One place in the list of signers: a certain person, or anybody who holds one of the roles.

    ``in_person``: nobody signs there for another, not even with a delegation.
    """

    label: str | Promise
    roles: tuple[Role, ...]
    person: Person | None = None
    in_person: bool = False


Content = Mapping[str, Any]
After = Callable[[Decision, Any, Account], object]


def nothing_follows(_decision: Decision, _about: Any, _by: Account) -> None:
    """Leave the record as it is."""


@dataclass(frozen=True)
class Drawn:
    """A text to be decided, and what else its reader has to know of it, as label and text."""

    html: SafeString
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """A text to be decided, drawn for one reader as on its own page; ``stylesheet`` is a static file."""

    draw: Callable[[Any, Account], Drawn]
    stylesheet: str


@dataclass(frozen=True)
class DecisionKind:
    """``key`` is stable and stands in data.

    ``may_ask``: why the account may not ask, empty when it may. ``missing``: what still stands in the way,
    asked again before the last signature counts. ``lines``: what is decided, for the page, as label and text;
    ``sheet`` draws it where it is a text of its own.
    ``substitutes``: who signs where nobody of a place can; without any it waits for a deputy or an account.
    """

    key: str
    label: str | Promise
    may_ask: Callable[[Account, Any], str]
    signers: Callable[[Any, Content], Iterable[SignerPlan]]
    concerned: Callable[[Any], Iterable[Person]]
    missing: Callable[[Any, Content], list[str]]
    approve: After
    asked: After = nothing_follows
    refuse: After = nothing_follows
    send_back: After = nothing_follows
    lines: Callable[[Any, Content], list[tuple[str, str]]] = lambda _about, _content: []
    substitutes: tuple[Role, ...] = SUBSTITUTES
    sheet: Sheet | None = None


KINDS: dict[str, DecisionKind] = {}


def declare(kind: DecisionKind) -> DecisionKind:
    """Declare a kind once."""
    if kind.key in KINDS:
        raise ValueError(kind.key)
    KINDS[kind.key] = kind
    return kind


def label_of(key: str) -> str:
    """Return what a kind is called; its key where nobody declares it any more."""
    return str(KINDS[key].label) if key in KINDS else key

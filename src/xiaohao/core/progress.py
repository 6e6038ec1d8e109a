"""How far long work has come, told beside the request that does it.

The work runs inside the request that asked for it; the page asks for the progress by a key it made up itself.
What is told lives in the cache, outside the transaction of the work.
"""

from dataclasses import dataclass
from typing import Protocol

from django.core.cache import cache

KEPT = 10 * 60  # seconds
LONGEST_KEY = 64


@dataclass(frozen=True)
class Progress:
    """``done`` of ``total`` steps; ``total`` 0 while it is not known."""

    done: int
    total: int


class Report(Protocol):
    """Called from time to time by long work."""

    def __call__(self, done: int, total: int) -> None: ...


def silent(done: int, total: int) -> None:
    """Tell nobody."""


def reporter(account_number: int, key: str) -> Report:
    """Return what long work calls; without a key nobody is told."""
    if not key:
        return silent

    def report(done: int, total: int) -> None:
        cache.set(_name(account_number, key), (done, total), KEPT)

    return report


def told(account_number: int, key: str) -> Progress:
    """Return what was told last; nothing yet is 0 of 0."""
    done, total = cache.get(_name(account_number, key), (0, 0))
    return Progress(done, total)


def _name(account_number: int, key: str) -> str:
    return f"progress-{account_number}-{key[:LONGEST_KEY].encode().hex()}"

"""What comes after the signature: layers above say it on the page of a document."""

from collections.abc import Callable
from dataclasses import dataclass

from xiaohao.core.models import Account
from xiaohao.writing.models import Document


@dataclass(frozen=True)
class NextStep:
    """What the reader can do with a signed document (``to_do``), or where what was done is to be seen."""

    label: str
    address: str
    to_do: bool = False


MORE: list[Callable[[Document, Account], NextStep | None]] = []


def add_next_step(further: Callable[[Document, Account], NextStep | None]) -> None:
    """Let a layer above say what comes next for a document and its reader; None where nothing does."""
    MORE.append(further)


def next_steps(document: Document, account: Account) -> list[NextStep]:
    """Return what comes next; nothing before the signature."""
    if document.state != Document.State.APPROVED:
        return []
    found = (further(document, account) for further in MORE)
    return [one for one in found if one is not None]

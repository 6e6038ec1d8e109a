"""Documents in: a file becomes text and tables, the text is repaired and read as a notice.

``read`` runs all stages and ``as_json`` gives the result as plain data; each stage can be used alone.
"""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaohao.reading.json_form import as_json
from xiaohao.reading.notice import Notice, read_notice
from xiaohao.reading.problems import Unreadable

if TYPE_CHECKING:
    from xiaohao.reading.files import Document
    from xiaohao.reading.repair import Repair, Repaired
    from xiaohao.reading.tables import Ledger

__all__ = ["Reading", "Unreadable", "as_json", "read"]

SPREADSHEETS = frozenset({"xlsx", "xls"})
"""Kinds of document that hold a ledger and no running text."""


@dataclass(frozen=True)
class Reading:
    """What was read from a document: a notice with its repaired text, or a ledger."""

    name: str
    kind: str
    notice: Notice | None = None
    repaired: "Repaired | None" = None
    ledger: "Ledger | None" = None

    @property
    def repairs(self) -> "tuple[Repair, ...]":
        """What was undone to read the text, in order."""
        return tuple(self.repaired.repairs) if self.repaired else ()


def read(data: bytes, name: str, known: Collection[str] = ()) -> Reading:
    """Read a file by its contents; ``name`` only helps to tell what kind it is, and ``known`` are names of
    people and departments that a ledger may hold.

    Raises ``Unreadable``, with a sentence for the user, for a file that cannot be read.
    """
    from xiaohao.reading.files import load
    from xiaohao.reading.repair import repair

    document = load(data, name)
    if document.kind in SPREADSHEETS:
        return Reading(document.name, document.kind, ledger=_ledger(document, known))
    repaired = repair(document.text)
    notice = read_notice(repaired)
    if document.tables and not notice.findings:
        with suppress(Unreadable):
            return Reading(document.name, document.kind, ledger=_ledger(document, known))
    return Reading(document.name, document.kind, notice=notice, repaired=repaired)


def _ledger(document: "Document", known: Collection[str]) -> "Ledger":
    from xiaohao.reading.tables import read_ledger

    return read_ledger(document.tables, known)

"""Documents in: a file becomes text and tables, the text is repaired and read as a notice.

``read`` runs all stages and ``as_json`` gives the result as plain data; each stage can be used alone.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaohao.reading.json_form import as_json
from xiaohao.reading.notice import Notice, read_notice

if TYPE_CHECKING:
    from xiaohao.reading.repair import Repair, Repaired

__all__ = ["Reading", "as_json", "read"]

SPREADSHEETS = frozenset({"xlsx", "xls"})
"""Kinds of document that hold a ledger and no running text."""


@dataclass(frozen=True)
class Reading:
    """What was read from a document: a notice with its repaired text, or a ledger."""

    name: str
    kind: str
    notice: Notice | None = None
    repaired: "Repaired | None" = None
    ledger: object | None = None

    @property
    def repairs(self) -> "tuple[Repair, ...]":
        """What was undone to read the text, in order."""
        return tuple(self.repaired.repairs) if self.repaired else ()


def read(data: bytes, name: str) -> Reading:
    """Read a file by its contents; ``name`` only helps to tell what kind it is.

    Raises ``reading.files.Unreadable``, with a sentence for the user, for a file that cannot be read.
    """
    from xiaohao.reading.files import load
    from xiaohao.reading.repair import repair

    document = load(data, name)
    if str(document.kind) in SPREADSHEETS or (document.tables and not document.text.strip()):
        from xiaohao.reading.tables import read_ledger

        return Reading(document.name, str(document.kind), ledger=read_ledger(document.tables))
    repaired = repair(document.text)
    return Reading(document.name, str(document.kind), notice=read_notice(repaired), repaired=repaired)

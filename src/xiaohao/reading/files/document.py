"""What a file holds, whatever its kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from xiaohao.lib.messages import Message


@dataclass(frozen=True)
class Cell:
    """A cell as a clerk sees it. ``merged``: its text was taken over from the first cell of a merge."""

    address: str
    text: str
    merged: bool = False
    problem: Message | None = None


@dataclass(frozen=True)
class Row:
    """A row of a table; ``number`` counts from 1 as the program that made the file shows it."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """A sheet, or a table of a text. ``rows`` may be read once and are made while they are read."""

    name: str
    rows: Iterable[Row]
    row_count: int


@dataclass(frozen=True)
class Document:
    """A file's paragraphs joined by line breaks, and its tables."""

    kind: str
    name: str
    text: str
    tables: Sequence[Table] = field(default=())

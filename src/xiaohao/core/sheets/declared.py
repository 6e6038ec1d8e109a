"""What there is to say about a sheet and its columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Block = Sequence[Sequence[Any]]
"""Rows that belong together: within them, equal cells of a spanning column stand as one."""


@dataclass(frozen=True)
class Column:
    """A column. ``width`` in half-width characters; ``group`` stands above neighbours that share it.

    On a page with room left, columns of texts are widened: not what is ``centred`` or ``keeps_width``.
    ``exact`` keeps what is typed as it is typed (0012, 1-3). ``choices`` are offered, never enforced: what
    else is typed is asked about with ``doubt``. ``hint`` is shown beside the cell a person stands on.
    """

    title: str
    width: float
    group: str = ""
    spans: bool = False
    centred: bool = False
    keeps_width: bool = False
    exact: bool = False
    dates: bool = False
    choices: Sequence[str] = ()
    hint: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet. With a ``title`` it is made for the wall: the title over all columns, ``beneath`` it what
    stands left, in the middle and right, and heights that show every text whole. Without, the header is the
    first row, the rows can be sorted and filtered, and printed pages have the sheet's name at their head.

    ``frozen`` columns stay in sight; ``to_fill`` rows below the last are ready to be filled in.
    """

    name: str
    columns: Sequence[Column]
    title: str = ""
    beneath: tuple[str, str, str] = ("", "", "")
    frozen: int = 1
    to_fill: int = 0

    @property
    def grouped(self) -> bool:
        """Tell whether the header has two rows."""
        return any(column.group for column in self.columns)

    @property
    def header_row(self) -> int:
        """The first row of the header, from 0."""
        return 2 if self.title else 0

    @property
    def first_row(self) -> int:
        """The first row below the header, from 0."""
        return self.header_row + (2 if self.grouped else 1)

"""How wide the columns of a table are: as wished, but no day, code or short word is broken if there is room.

A list taken from the records gives what its short columns leave over to the long ones. A table written in
the body, and a form, keep the room they leave: somebody may write there by hand.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from xiaohao.writing.body import Cell, Table
from xiaohao.writing.official.measures import CELL_SIDE, table_size

DAY = re.compile(r"(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底)?|\d{4}-\d{1,2}-\d{1,2})前?[）。；，、]?")
AFTER_YEAR = re.compile(r"(\d{4}年)(?=\d{1,2}月)")
SHORT = 6  # characters: a cell with no more stays in one line
LATIN = 0.6  # of a character: digits of faces other than 仿宋 are wider than half of one
BESIDE_LATIN = 0.22  # of a character, which LibreOffice leaves between Chinese and digits
MILLIMETRES = 25.4 / 72  # of a point
SLACK = 0.5  # mm
FEW_LINES, FEW_CHARACTERS = 12, 120  # of a form that stays on one page


@dataclass(frozen=True)
class FittedTable:
    """A table as it is set: widths in millimetres, letters in points; no head in a form."""

    widths: Sequence[float]
    size: float
    head: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]

    @property
    def whole(self) -> bool:
        """Tell whether it stays on one page: a few places to sign do."""
        said = sum(len(_text(cell)) for row in self.rows for cell in row)
        lines = sum(max(_text(cell).count("\n") + 1 for cell in row) for row in self.rows)
        return not self.head and lines <= FEW_LINES and said <= FEW_CHARACTERS


def fitted(table: Table, width: float) -> FittedTable:
    """Return a table ``width`` millimetres wide; days it has no room for are broken after the year."""
    size = table_size(len(table.widths))
    wished = [width * one / sum(table.widths) for one in table.widths]
    if table.title:
        wished = _no_more_than_needed(wished, _rooms(table, size, _longest_line))
    narrow = [one > there for one, there in zip(_rooms(table, size, _unbroken), wished, strict=True)]
    for written in (table, _days_broken(table, narrow)):
        least = _rooms(written, size, _unbroken)
        if sum(least) <= width:
            return FittedTable(_at_least(least, wished), size, written.head, written.rows)
    return FittedTable(wished, size, table.head, table.rows)


def _rooms(table: Table, size: float, length: Callable[[str], float]) -> list[float]:
    """Return the millimetres each column needs for the longest of what ``length`` counts of its cells."""
    rows = [row for row in (table.head, *table.rows) if row]
    longest = [max(length(_text(row[place])) for row in rows) for place in range(len(table.widths))]
    return [one * size * MILLIMETRES + 2 * CELL_SIDE + SLACK for one in longest]


def _days_broken(table: Table, narrow: Sequence[bool]) -> Table:
    """Return a table with the days in narrow columns broken after the year."""
    rows = tuple(
        tuple(_broken(cell) if short else cell for cell, short in zip(row, narrow, strict=True))
        for row in table.rows
    )
    return replace(table, rows=rows)


def _text(cell: Cell) -> str:
    return "".join(run.text for run in cell)


def _broken(cell: Cell) -> Cell:
    return tuple(replace(run, text=AFTER_YEAR.sub("\\1\n", run.text)) for run in cell)


def _length(text: str) -> float:
    """Return the characters a text takes at most, whatever program and face it is drawn with."""
    changes = sum(one.isascii() != other.isascii() for one, other in pairwise(text))
    return sum(LATIN if one.isascii() else 1 for one in text) + changes * BESIDE_LATIN


def _longest_line(text: str) -> float:
    return max(map(_length, text.split("\n")))


def _unbroken(text: str) -> float:
    """Return the characters of the longest piece of a cell that stays in one line."""
    whole = (line for line in text.split("\n") if _length(line) <= SHORT)
    return max(map(_length, (*whole, *DAY.findall(text))), default=0)


def _at_least(least: Sequence[float], wished: Sequence[float]) -> list[float]:
    """Return the widths with none below its least; what that takes, the others give as they can spare it."""
    lacking = sum(max(0, one - width) for one, width in zip(least, wished, strict=True))
    spare = [max(0.0, width - one) for one, width in zip(least, wished, strict=True)]
    given = lacking / sum(spare) if lacking else 0
    return [max(one, width) - given * over for one, width, over in zip(least, wished, spare, strict=True)]


def _no_more_than_needed(wished: Sequence[float], needed: Sequence[float]) -> list[float]:
    """Return the widths with none above what it needs; what is left goes to those that need more."""
    taken = [min(pair) for pair in zip(wished, needed, strict=True)]
    wanting = [max(0.0, one - width) for one, width in zip(needed, taken, strict=True)]
    left = sum(wished) - sum(taken)
    shared = wanting if sum(wanting) else taken
    return [width + left * one / sum(shared) for width, one in zip(taken, shared, strict=True)]

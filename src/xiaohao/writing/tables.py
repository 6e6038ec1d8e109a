"""Tables in the body of a document, as lines a person can read and change.

A row is a line between upright bars: ``｜编号｜整改措施｜``. A line of dashes under the first row makes it
the head, which is repeated on every page; the number of dashes is the width of its column. A table that
begins with the dashes is a form without a head: the first column says what the others are. ``↵`` breaks the
line inside a cell.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BAR, BREAK, DASH = "｜", "↵", "-"
ROW = re.compile(rf"^{BAR}.*{BAR}$")
DASHES = re.compile(rf"^(?:{BAR}{DASH}+)+{BAR}$")


@dataclass(frozen=True)
class TableLines:
    """A table as written: relative widths of the columns, the cells of the head, if any, and of the rows."""

    widths: tuple[int, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def is_row(line: str) -> bool:
    return len(line) > 1 and bool(ROW.match(line))


def cell(text: str) -> str:
    """Return a text as a cell may hold it: its line ends kept, its bars replaced by strokes."""
    return BREAK.join(line.strip() for line in text.replace(BAR, "／").strip().splitlines() if line.strip())


def row(cells: Iterable[str]) -> str:
    """Return a line of a table."""
    return BAR + "".join(f"{cell(one)}{BAR}" for one in cells)


def table(widths: Sequence[int], head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table; no head makes it a form."""
    lines = [row(head)] if head else []
    lines.append(BAR + "".join(f"{DASH * width}{BAR}" for width in widths))
    return [*lines, *(row(one) for one in rows)]


def read(lines: Sequence[str]) -> list[TableLines]:
    """Return the tables of a run of rows; each line of dashes begins one, the row above it is its head."""
    found: list[tuple[tuple[int, ...], tuple[str, ...], list[tuple[str, ...]]]] = []
    for line in lines:
        cells = tuple(one.strip() for one in line[1:-1].split(BAR))
        if DASHES.match(line):
            head = _head_above(found)
            found.append((tuple(len(one) for one in cells), head, []))
        elif found:
            found[-1][2].append(cells)
        else:
            found.append(((1,) * len(cells), (), [cells]))
    return [
        TableLines(widths, _even([head], len(widths))[0] if head else (), _even(rows, len(widths)))
        for widths, head, rows in found
        if head or rows
    ]


def _head_above(
    found: Sequence[tuple[tuple[int, ...], tuple[str, ...], list[tuple[str, ...]]]],
) -> tuple[str, ...]:
    """Take the last row before the dashes: it heads the new table."""
    return found[-1][2].pop() if found and found[-1][2] else ()


def _even(rows: Iterable[tuple[str, ...]], columns: int) -> tuple[tuple[str, ...], ...]:
    """Return the rows with as many cells as the table has columns: what is over goes into the last cell."""
    return tuple(
        (*one[: columns - 1], " ".join(one[columns - 1 :]))
        if len(one) > columns
        else (*one, *[""] * (columns - len(one)))
        for one in rows
    )

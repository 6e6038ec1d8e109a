"""How high the rows of a block must be so that nothing in them is cut.

Excel and its kin fit the height of a row to its cells, but never to merged ones, so it is worked out here
from the texts and the widths of the columns. Generous on purpose: faces differ from machine to machine.
"""

import math
from collections.abc import Sequence
from typing import Any

SIZE = 11  # points of the body
LINE = 16.0  # points; faces that stand in for a missing one are up to 1.45 times as high as their size
AROUND = 8.0  # points above and below the text together
LEAST = 30.0
MOST = 396.0  # points; no program draws a row higher than 409
HALF = SIZE * 96 / 72 / 2  # pixels of a half-width character
PROHIBITED = 2  # half-widths a line loses where punctuation may not begin the next
ROOMY = 14  # half-widths from which this happens

Run = tuple[int, int, int]
"""Cells that stand as one: column, first and last row of the block."""


def room(width: float) -> int:
    """Return how many half-width characters a line of a column takes."""
    found = int((width * 7 - 1) / HALF)
    whole = (found - PROHIBITED if found >= ROOMY else found) // 2 * 2  # no Chinese character is split
    return max(2, whole)


def height(value: Any, line: int) -> float:
    """Return the points a text needs where a line takes ``line`` half-width characters; 0 for all else."""
    if not isinstance(value, str) or not value:
        return 0
    if 2 * len(value) <= line and "\n" not in value:
        return LINE + AROUND
    lines = 0
    for paragraph in value.split("\n"):
        # Chinese takes three bytes and two half-widths, Latin one and one: half of bytes and characters.
        half_widths = (len(paragraph.encode("utf-8", "replace")) + len(paragraph)) / 2
        lines += max(1, math.ceil(half_widths / line))
    return lines * LINE + AROUND


def runs(rows: Sequence[Sequence[Any]], spanning: Sequence[int]) -> list[Run]:
    """Return the cells of spanning columns that stand as one because they say the same."""
    found: list[Run] = []
    for column in spanning:
        first = 0
        for row in range(1, len(rows) + 1):
            if row == len(rows) or rows[row][column] != rows[first][column]:
                found.append((column, first, row - 1))
                first = row
    return found


def row_heights(
    rows: Sequence[Sequence[Any]], lines: Sequence[int], spans: Sequence[Run], alone: Sequence[int]
) -> list[float]:
    """Return the height of each row: the cells that stand alone fit, and what a run needs more is shared
    among its rows. ``lines`` says how much a line of each column takes."""
    heights = [max([LEAST, *(height(row[column], lines[column]) for column in alone)]) for row in rows]
    for column, first, last in spans:
        lacking = height(rows[first][column], lines[column]) - sum(heights[first : last + 1])
        if lacking > 0:
            share = lacking / (last + 1 - first)
            heights[first : last + 1] = [one + share for one in heights[first : last + 1]]
    return heights

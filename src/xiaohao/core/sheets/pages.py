"""The paper: how wide a table is drawn on it, and where its pages end.

What belongs together is not torn apart by the end of a page. How much a page holds is worked out, not
measured: a program that draws a little more on a page only leaves some of it white.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from xiaohao.core.sheets.declared import Column, Sheet

A3 = 8
SIDE, TOP, BOTTOM = 0.45, 0.6, 0.65  # inches of margin
PAGE_WIDTH, PAGE_HEIGHT = 420 / 25.4 - 2 * SIDE, 297 / 25.4 - TOP - BOTTOM  # inches of A3 on its side
PIXELS, POINTS = 96, 72  # to an inch
HELD = 0.95  # of what a page should hold
SMALLEST = 0.5  # of their size to which letters may shrink
MOST_BREAKS = 1000  # a limit of the format is a little above


def pixels(width: float) -> float:
    """Return how wide a column of so many half-width characters is drawn."""
    return width * 7 + 5


def fitted(columns: Sequence[Column]) -> list[Column]:
    """Return the columns, those of long texts made wider where the table would not fill the page."""
    room = (PAGE_WIDTH - drawn(columns)) * PIXELS
    long = sum(column.width for column in columns if _grows(column))
    if room <= 0 or not long:
        return list(columns)
    more = 1 + room / 7 / long
    return [
        replace(column, width=round(column.width * more, 1)) if _grows(column) else column
        for column in columns
    ]


def _grows(column: Column) -> bool:
    return not column.centred and not column.keeps_width


def drawn(columns: Sequence[Column]) -> float:
    """Return how many inches wide a table is drawn before it is fitted to the page."""
    return sum(pixels(column.width) for column in columns) / PIXELS


def pages_across(sheet: Sheet) -> int:
    """Return how many pages wide a sheet prints: one, but for a plain table nobody could read so small."""
    return 1 if sheet.title else math.ceil(drawn(sheet.columns) * SMALLEST / PAGE_WIDTH)


class Pages:
    """Follows the rows down the pages; ``breaks`` are the rows with which a new page begins."""

    def __init__(self, sheet: Sheet) -> None:
        scale = min(1, PAGE_WIDTH / drawn(sheet.columns))
        self.holds = PAGE_HEIGHT * POINTS / scale * HELD
        self.breaks: list[int] = []
        self._left = self.holds

    def head(self, above: float, repeated: float) -> None:
        """Tell how high the first page's title is, and the header every page has."""
        self.holds -= repeated
        self._left = self.holds - above

    @property
    def first_part(self) -> float:
        """How high the first part may be of what needs several pages: this page is used if half is left."""
        return self._left if self._left > self.holds / 2 else self.holds

    def is_tall(self, height: float) -> bool:
        return height > self.holds / 2

    def end(self, row: int) -> None:
        """Tell the row after the last: one row alone gets no page of its own while it may still fit."""
        if self.breaks and self.breaks[-1] == row - 1:
            self.breaks.pop()

    def place(self, row: int, height: float) -> None:
        """Put rows that stay together on this page, or on a new one where they do not fit."""
        if height > self._left and self._left < self.holds and len(self.breaks) < MOST_BREAKS:
            self.breaks.append(row)
            self._left = self.holds
        self._left -= height
        while self._left < 0:  # higher than a page
            self._left += self.holds

"""Writing what sheets declare, row by row, into one file."""

import math
import re
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import accumulate
from typing import IO, Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from xiaohao.core.sheets.cells import Cells
from xiaohao.core.sheets.choosing import Chooser
from xiaohao.core.sheets.declared import Block, Sheet
from xiaohao.core.sheets.heading import across, write_heading
from xiaohao.core.sheets.heights import AROUND, LEAST, LINE, MOST, Run, height, room, row_heights, runs
from xiaohao.core.sheets.look import NORMAL, Look, set_page
from xiaohao.core.sheets.pages import Pages, fitted, pixels
from xiaohao.core.sheets.streaming import Stream

NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31  # characters of a sheet's name, a limit of the format
BAND_HEIGHT = 26.0
CLOSER = 3.0  # points between the rows of plain tables less than between those on the wall
NOTHING: frozenset[int] = frozenset()


def write_sheets(*sheets: tuple[Sheet, Iterable[Block | str]]) -> IO[bytes]:
    """Return an open xlsx file with each sheet and its blocks; a text among them is a band over all columns.

    Texts stay texts whatever they begin with, days are days, fractions are money in yuan.
    """
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response
    book = xlsxwriter.Workbook(stream, {"constant_memory": True, **NORMAL})
    look = Look(book)
    chooser = Chooser(book)
    with ExitStack() as files:
        for sheet, blocks in sheets:
            out = Stream(book.add_worksheet(_sheet_name(sheet.name)), files)
            _Writer(out, sheet, look, chooser).write(blocks)
        chooser.write_lists()
        book.close()
    stream.seek(0)
    return stream


def _sheet_name(name: str) -> str:
    return NOT_IN_NAMES.sub(" ", name)[:LONGEST_NAME].strip("' ")


class _Writer:
    """Writes one sheet from top to bottom."""

    def __init__(self, stream: Stream, sheet: Sheet, look: Look, chooser: Chooser) -> None:
        self._stream, self._out = stream, stream.sheet
        if sheet.title:
            sheet = replace(sheet, columns=fitted(sheet.columns))
        self._sheet, self._look, self._chooser = sheet, look, chooser
        self._pages = Pages(sheet)
        self._row = sheet.first_row
        self._spanning = [place for place, column in enumerate(sheet.columns) if column.spans]
        self._alone = [place for place, column in enumerate(sheet.columns) if not column.spans]
        self._lines = [room(column.width) for column in sheet.columns]
        self._cells = [Cells(self._out, look, column) for column in sheet.columns]
        self._tall = [Cells(self._out, look, column, tall=True) for column in sheet.columns]

    def write(self, blocks: Iterable[Block | str]) -> None:
        set_page(self._out, self._sheet)
        for place, column in enumerate(self._sheet.columns):
            # Rows that are filled in later take the face, the wrapping and the format of their column.
            below = self._look.body(column, bordered=False) if self._sheet.to_fill else None
            self._out.set_column_pixels(place, place, round(pixels(column.width)), below)
        self._pages.head(*write_heading(self._stream, self._sheet, self._look))
        for block in blocks:
            if isinstance(block, str):
                self._band(block)
            elif self._sheet.title:
                for part in self._parts(block):
                    self._block(part)
            else:
                for row in block:
                    self._line(row)
        self._finish()

    def _band(self, text: str) -> None:
        self._pages.place(self._row, BAND_HEIGHT + LEAST)  # never alone at the foot of a page
        self._stream.height(self._row, BAND_HEIGHT)
        across(self._stream, self._row, (0, len(self._cells)), text, self._look.band)
        self._row += 1

    def _line(self, row: Sequence[Any]) -> None:
        """Write a row of a plain table, close to its neighbours; it is as high as a row can be at most."""
        points = max(height(value, line) for value, line in zip(row, self._lines, strict=True))
        self._stream.height(self._row, min(max(points, LINE + AROUND) - CLOSER, MOST))
        self._values(self._cells, row)

    def _parts(self, rows: Block) -> Iterator[Block]:
        """Yield a block in parts that fit a page; each part names again what its rows share."""
        heights = row_heights(rows, self._lines, (), self._alone)
        if sum(heights) <= self._pages.holds or self._shares_much(rows):
            yield rows
            return
        first, total, most = 0, 0.0, self._pages.first_part
        for place, one in enumerate(heights):
            if total and total + one > most:
                yield rows[first:place]
                first, total, most = place, 0.0, self._pages.holds
            total += one
        yield rows[first:]

    def _shares_much(self, rows: Block) -> bool:
        """Tell whether what rows share is so long that saying it again on each page helps nobody."""
        shared = (height(row[place], self._lines[place]) for row in rows for place in self._spanning)
        return self._pages.is_tall(max(shared, default=0))

    def _block(self, rows: Block) -> None:
        """Write rows that belong together; one that needs more than a row can be high takes several."""
        spans = runs(rows, self._spanning)
        heights = row_heights(rows, self._lines, spans, self._alone)
        self._pages.place(self._row, sum(heights))
        cells = self._tall if self._pages.is_tall(sum(heights)) else self._cells
        parts = [math.ceil(one / MOST) for one in heights]
        below = self._merge(spans, parts)
        for values, points, count, covered in zip(rows, heights, parts, below, strict=True):
            for part in range(count):
                self._stream.height(self._row, points / count)
                self._values(cells, values, range(len(cells)) if part else covered)

    def _merge(self, spans: Sequence[Run], parts: Sequence[int]) -> list[set[int]]:
        """Note what stands as one, rows of several parts included; return what is covered in each row."""
        below: list[set[int]] = [set() for _row in parts]
        starts = list(accumulate(parts, initial=self._row))
        for column, first, last in spans:
            self._stream.merge(starts[first], column, starts[last + 1] - 1, column)
            for row in range(first + 1, last + 1):
                below[row].add(column)
        for row, count in enumerate(parts):
            for column in self._alone if count > 1 else ():
                self._stream.merge(starts[row], column, starts[row] + count - 1, column)
        return below

    def _values(
        self, cells: Sequence[Cells], values: Sequence[Any], covered: Collection[int] = NOTHING
    ) -> None:
        """Write a row; what is covered by a cell above stays empty."""
        for place, (cell, value) in enumerate(zip(cells, values, strict=True)):
            if place in covered:
                cell.blank(self._row, place)
            else:
                cell.write(self._row, place, value)
        self._row += 1

    def _finish(self) -> None:
        first, last = self._sheet.first_row, len(self._cells) - 1
        self._pages.end(self._row)
        self._out.set_h_pagebreaks(self._pages.breaks)
        lowest = max(self._row + self._sheet.to_fill - 1, first)
        for place, column in enumerate(self._sheet.columns):
            self._chooser.offer(self._out, place, column, (first, lowest))
        if not self._sheet.title and self._row > first:
            self._out.autofilter(first - 1, 0, self._row - 1, last)
        if self._sheet.to_fill:
            self._border_what_is_filled_in(lowest, last)

    def _border_what_is_filled_in(self, lowest: int, last: int) -> None:
        """Give a row its borders when something is written into it; empty ones are not printed."""
        number = self._row + 1
        rule = {
            "type": "formula",
            "criteria": f"=COUNTA($A{number}:${xl_col_to_name(last)}{number})>0",
            "format": self._look.border,
        }
        self._out.conditional_format(self._row, 0, lowest, last, rule)

"""What stands above the rows: title, what is told beneath it, and the header in one or two rows."""

from itertools import accumulate, groupby, pairwise
from typing import Any

from xiaohao.core.sheets.declared import Column, Sheet
from xiaohao.core.sheets.heights import LINE, room, row_heights
from xiaohao.core.sheets.look import Look
from xiaohao.core.sheets.streaming import Stream
from xiaohao.core.sheets.texts import cell_text

TITLE_HEIGHT, BENEATH_HEIGHT, GROUP_HEIGHT = 42.0, 24.0, LINE + 8


def write_heading(stream: Stream, sheet: Sheet, look: Look) -> tuple[float, float]:
    """Write everything above the first row; return the height of the title and that of the header."""
    if sheet.title:
        stream.height(0, TITLE_HEIGHT)
        across(stream, 0, (0, len(sheet.columns)), sheet.title, look.title)
        _beneath(stream, sheet, look)
    if sheet.grouped:
        _groups(stream, sheet, look)
    header = _titles(stream, sheet, look) + (GROUP_HEIGHT if sheet.grouped else 0)
    return (TITLE_HEIGHT + BENEATH_HEIGHT if sheet.title else 0), header


def across(stream: Stream, row: int, places: tuple[int, int], text: str, given: Any) -> None:
    """Write a text over the cells of a row from one column up to another."""
    first, after = places
    stream.sheet.write_string(row, first, cell_text(text), given)
    for place in range(first + 1, after):
        stream.sheet.write_blank(row, place, None, given)
    stream.merge(row, first, row, after - 1)


def _beneath(stream: Stream, sheet: Sheet, look: Look) -> None:
    stream.height(1, BENEATH_HEIGHT)
    edges = (0, _place_at(sheet, 1 / 3), _place_at(sheet, 2 / 3), len(sheet.columns))
    for text, align, places in zip(sheet.beneath, ("left", "center", "right"), pairwise(edges), strict=True):
        across(stream, 1, places, text, look.beneath(align))


def _place_at(sheet: Sheet, share: float) -> int:
    """Return the column that begins nearest to a share of the width; there are at least three columns."""
    starts = list(accumulate((column.width for column in sheet.columns), initial=0.0))
    wanted = share * starts[-1]
    inner = range(1, len(sheet.columns)) if share < 0.5 else range(2, len(sheet.columns))
    return min(inner, key=lambda place: abs(starts[place] - wanted))


def _groups(stream: Stream, sheet: Sheet, look: Look) -> None:
    """Write the upper row of the header; a column without a group reaches over both rows."""
    row = sheet.header_row
    stream.height(row, GROUP_HEIGHT)

    def name(pair: tuple[int, Column]) -> tuple[int, str]:
        place, column = pair
        return (-1, column.group) if column.group else (place, column.title)

    for (place, title), together in groupby(enumerate(sheet.columns), key=name):
        places = [one for one, _column in together]
        across(stream, row, (places[0], places[-1] + 1), title, look.header)
        if place >= 0:
            stream.merge(row, place, row + 1, place)


def _titles(stream: Stream, sheet: Sheet, look: Look) -> float:
    row = sheet.first_row - 1
    titles = [column.title for column in sheet.columns]
    lines = [room(column.width) for column in sheet.columns]
    height = row_heights([titles], lines, (), range(len(titles)))[0]
    stream.height(row, height)
    for place, column in enumerate(sheet.columns):
        if sheet.grouped and not column.group:
            stream.sheet.write_blank(row, place, None, look.header)
        else:
            stream.sheet.write_string(row, place, cell_text(column.title), look.header)
    return height

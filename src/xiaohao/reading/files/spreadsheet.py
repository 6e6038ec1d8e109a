"""Excel files: sheets as rows of what a clerk sees, made while they are read."""

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from xiaohao.lib.messages import Message
from xiaohao.reading.files.document import Cell, Document, Row, Table
from xiaohao.reading.files.limits import check_table, open_archive
from xiaohao.reading.files.parts import check_parts
from xiaohao.reading.problems import Unreadable

EXACT = 10**15  # beyond 15 digits Excel has already rounded a number


def load(data: bytes, name: str) -> Document:
    """Return the visible sheets as tables. Raises ``Unreadable``."""
    kind = "xlsx" if data.startswith(b"PK") else "xls"
    if kind == "xlsx":
        with open_archive(data) as archive:
            check_parts(archive)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            workbook.get_sheet_by_name(sheet.name)
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
    except CalamineError as error:
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise Unreadable("encrypted", "文件有密码保护。请去掉密码后再试。") from error
        raise Unreadable("damaged", "Excel 文件已损坏，打不开。请重新保存后再试。") from error
    except Exception as error:
        raise Unreadable("damaged", "Excel 文件已损坏，打不开。请重新保存后再试。") from error
    for sheet in sheets:
        check_table(sheet.name, _height(sheet), sheet.total_width)
    tables = [Table(sheet.name, _rows(sheet), _height(sheet)) for sheet in sheets if sheet.height]
    return Document(kind, name, "", tables)


def _height(sheet: CalamineSheet) -> int:
    """Return the number of the last row, empty ones above the first included."""
    return int(sheet.end[0]) + 1 if sheet.end else 0


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    """Yield the rows from the first of the sheet; the library leaves out empty columns on the left."""
    first_column = (sheet.start or (0, 0))[1]
    merges = _Merges(sheet)
    for row, values in enumerate(sheet.iter_rows()):
        left = [Cell(f"{column_name(column)}{row + 1}", "") for column in range(first_column)]
        cells = [merges.cell(row, column, value) for column, value in enumerate(values, start=first_column)]
        yield Row(row + 1, left + cells)


class _Merges:
    """Fills the cells of a merge with the text of its first cell; keeps ranges, never single cells."""

    def __init__(self, sheet: CalamineSheet) -> None:
        self._waiting = sorted(sheet.merged_cell_ranges or [], reverse=True)
        self._open: list[tuple[int, int, int, int]] = []  # top, left, bottom, right
        self._kept: dict[tuple[int, int], str] = {}

    def cell(self, row: int, column: int, value: Any) -> Cell:
        address = f"{column_name(column)}{row + 1}"
        for top, left, bottom, right in self._of_row(row):
            if left <= column <= right and row <= bottom:
                if (row, column) == (top, left):
                    first = _cell(address, value)
                    self._kept[top, left] = first.text
                    return first
                return Cell(address, self._kept.get((top, left), ""), merged=True)
        return _cell(address, value)

    def _of_row(self, row: int) -> list[tuple[int, int, int, int]]:
        """Return the merges that reach this row; rows are asked for in order."""
        while self._waiting and self._waiting[-1][0][0] <= row:
            (top, left), (bottom, right) = self._waiting.pop()
            self._open.append((top, left, bottom, right))
        if any(bottom < row for _top, _left, bottom, _right in self._open):
            for top, left, bottom, _right in self._open:
                if bottom < row:
                    self._kept.pop((top, left), None)
            self._open = [one for one in self._open if one[2] >= row]
        return self._open


def column_name(column: int) -> str:
    """Return A for 0, Z for 25, AA for 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _cell(address: str, value: Any) -> Cell:
    if isinstance(value, float) and abs(value) >= EXACT:
        problem = Message(
            "单元格 %(address)s 里的长数字是按数值录入的，末几位已经丢失。请把单元格设为文本格式后重新录入。",
            {"address": address},
        )
        return Cell(address, "", problem=problem)
    return Cell(address, shown(value))


def shown(value: Any) -> str:
    """Return a value as a clerk reads it: 30217 for 30217.0, 2025-06-30 for a date."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return str(value).strip()

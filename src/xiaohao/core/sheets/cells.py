"""One cell: a text stays a text, a day a day, a number a number."""

import datetime as dt
from typing import Any

from xiaohao.core.sheets.declared import Column
from xiaohao.core.sheets.look import Look
from xiaohao.core.sheets.texts import cell_text

FIRST_DAY = dt.date(1900, 3, 1)  # before it Excel counts a day that never was
EXACT = 10**15  # from here on a number loses digits
DAY, WHOLE, MONEY = "yyyy-mm-dd", "0", "#,##0.00"


class Cells:
    """Writes the cells of a column, each kind of value in its format."""

    def __init__(self, sheet: Any, look: Look, column: Column, *, tall: bool = False) -> None:
        self._sheet = sheet
        self.format = look.body(column, tall=tall)
        self._day, self._whole, self._money = (
            look.body(column, one, tall=tall) for one in (DAY, WHOLE, MONEY)
        )

    def write(self, row: int, place: int, value: Any) -> None:
        """Write a value; ``write_string`` alone never makes a formula of a text."""
        if value is None or value == "":
            self._sheet.write_blank(row, place, None, self.format)
        elif isinstance(value, str):
            self._sheet.write_string(row, place, cell_text(value), self.format)
        elif isinstance(value, dt.date) and value >= FIRST_DAY:
            day = dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day has no zone
            self._sheet.write_datetime(row, place, day, self._day)
        elif isinstance(value, float):
            self._sheet.write_number(row, place, value, self._money)
        elif isinstance(value, int) and abs(value) < EXACT:
            self._sheet.write_number(row, place, value, self._whole)
        else:
            self._sheet.write_string(row, place, cell_text(str(value)), self.format)

    def blank(self, row: int, place: int) -> None:
        """Write an empty cell, for its borders: below the first of cells that stand as one."""
        self._sheet.write_blank(row, place, None, self.format)

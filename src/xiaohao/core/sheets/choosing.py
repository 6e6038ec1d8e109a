"""What may be chosen in the cells of a column, and the words beside it."""

from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from xiaohao.core.sheets.declared import Column
from xiaohao.core.sheets.texts import cell_text, shortened, units

LONGEST_LIST = 255  # characters of a list written into the rule itself, a limit of the format
LONGEST_TITLE, LONGEST_WORDS = 32, 255
EARLIEST = "=DATE(1990,1,1)"


class Chooser:
    """Gives columns their lists; long ones are written on a hidden sheet at the end."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._name = _("选项")
        self._lists: list[list[str]] = []

    def offer(self, sheet: Any, place: int, column: Column, rows: tuple[int, int]) -> None:
        """Let the cells of a column from one row to another be chosen; nothing typed is ever refused."""
        rule = self._rule(column)
        if rule:
            doubt = column.doubt or _("这里一般不这样写。要保留吗？")
            words = {
                "error_type": "warning",
                "error_title": _("请核对"),
                "error_message": shortened(doubt, LONGEST_WORDS),
            }
            if column.hint:
                words |= {
                    "input_title": shortened(column.title.rstrip("*"), LONGEST_TITLE),
                    "input_message": shortened(column.hint, LONGEST_WORDS),
                }
            sheet.data_validation(rows[0], place, rows[1], place, {**rule, **words})

    def _rule(self, column: Column) -> dict[str, Any]:
        choices = [cell_text(word) for word in column.choices]
        if choices:
            return {"validate": "list", "source": self._source(choices)}
        if column.dates:
            return {"validate": "date", "criteria": ">=", "value": EARLIEST}
        return {"validate": "any"} if column.hint else {}

    def _source(self, choices: list[str]) -> list[str] | str:
        """Return the words themselves, or where they stand when the rule cannot hold them.

        In the rule a comma parts the words and a quotation mark ends them all.
        """
        joined = ",".join(choices)
        if units(joined) <= LONGEST_LIST and joined.count(",") < len(choices) and '"' not in joined:
            return choices
        if choices not in self._lists:
            self._lists.append(choices)
        letter = xl_col_to_name(self._lists.index(choices))
        return f"='{self._name}'!${letter}$1:${letter}${len(choices)}"

    def write_lists(self) -> None:
        """Write the hidden sheet, where there is something to write."""
        if not self._lists:
            return
        sheet = self._book.add_worksheet(self._name)
        for row, words in enumerate(zip_longest(*self._lists)):
            for place, word in enumerate(words):
                if word is not None:
                    sheet.write_string(row, place, word)
        sheet.hide()

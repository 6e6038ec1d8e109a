"""How a table looks on paper and on the screen: faces, borders, page."""

from typing import Any

from django.utils.translation import gettext as _

from xiaohao.core.sheets.declared import Column, Sheet
from xiaohao.core.sheets.heights import SIZE
from xiaohao.core.sheets.pages import A3, BOTTOM, SIDE, TOP, pages_across

TITLE_FACE, HEAD_FACE, BODY_FACE = "方正小标宋简体", "黑体", "仿宋_GB2312"
CHINESE = 134  # lets Excel and WPS take another Chinese face where one is missing
FILL = "#F5EBDD"
# Columns are as wide as so many digits of the normal face: where it is missing, nobody knows how wide.
NORMAL = {
    "default_format_properties": {
        "font_name": "宋体",
        "font_size": 11,
        "font_charset": CHINESE,
        "font_scheme": "none",
    },
    "default_column_width": 72,
    "default_row_height": 18,
}
HEADER_LENGTH = 200  # characters; a page's head holds 255 with its codes


class Look:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def _format(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            common = {"valign": "vcenter", "font_charset": CHINESE}
            self._made[key] = self._book.add_format({**common, **properties})
        return self._made[key]

    @property
    def title(self) -> Any:
        return self._format(font_name=TITLE_FACE, font_size=22, align="center")

    def beneath(self, align: str) -> Any:
        return self._format(font_name=BODY_FACE, font_size=12, align=align)

    @property
    def header(self) -> Any:
        return self._format(
            font_name=HEAD_FACE, font_size=SIZE, align="center", text_wrap=True, border=1, bg_color=FILL
        )

    @property
    def band(self) -> Any:
        return self._format(font_name=HEAD_FACE, font_size=12, align="left", border=1)

    def body(
        self, column: Column, number_format: str = "", *, bordered: bool = True, tall: bool = False
    ) -> Any:
        """Return the format of a cell: of a text, or of a day or number with its own format.

        What is ``tall`` begins at its top: in the middle of a cell over two pages nobody finds it.
        """
        short = column.centred or bool(number_format)
        return self._format(
            font_name=BODY_FACE,
            font_size=SIZE,
            align="center" if short else "left",
            valign="top" if tall else "vcenter",
            text_wrap=True,
            border=int(bordered),
            num_format=number_format or ("@" if column.exact else "General"),
        )

    @property
    def border(self) -> Any:
        """What a row that is being filled in gets beside its own format."""
        return self._book.add_format({"border": 1})


def set_page(stream_sheet: Any, sheet: Sheet) -> None:
    """Set paper, margins, repeated header, foot; as many pages long as it takes."""
    stream_sheet.set_paper(A3)
    stream_sheet.set_landscape()
    stream_sheet.set_margins(left=SIDE, right=SIDE, top=TOP if sheet.title else TOP + 0.25, bottom=BOTTOM)
    stream_sheet.center_horizontally()
    across = pages_across(sheet)
    stream_sheet.fit_to_pages(across, 0)
    if across > 1:
        stream_sheet.repeat_columns(0, sheet.frozen - 1)
    stream_sheet.repeat_rows(sheet.header_row, sheet.first_row - 1)
    stream_sheet.freeze_panes(sheet.first_row, sheet.frozen)
    stream_sheet.set_footer(f'&C&"{BODY_FACE},Regular"&10{_("第 &P 页，共 &N 页")}')
    if not sheet.title:
        name = sheet.name.replace("&", "&&")[:HEADER_LENGTH]
        stream_sheet.set_header(f'&C&"{TITLE_FACE},Regular"&18 {name}')  # the blank ends the size

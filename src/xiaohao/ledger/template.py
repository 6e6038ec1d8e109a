"""The empty table of a register, to fill in with Excel, with what each column wants."""

import io

import xlsxwriter
from django.db import models
from django.utils.translation import gettext as _

from xiaohao.core.fields import FenField
from xiaohao.ledger.register import Register

ROWS = 5000  # that get the lists of choices
LONGEST_LIST = 255  # characters, a limit of the format


def how_to_fill(register: Register, name: str) -> str:
    """Return how a cell of a column is written."""
    column = register.model._meta.get_field(name)
    if isinstance(column, models.ManyToManyField):
        return _("几个之间用顿号隔开")
    if isinstance(column, models.ForeignKey):
        return _("写名册里的名称")
    for kind, text in (
        (FenField, _("金额，单位元，例如 1234.50")),
        (models.BooleanField, _("是、否")),
        (models.DateField, _("日期，例如 2026-03-05")),
        (models.IntegerField, _("整数")),
    ):
        if isinstance(column, kind):
            return text
    choices = getattr(column, "flatchoices", ())
    return "、".join(str(label) for _key, label in choices) if choices else _("文字")


def must_be_filled(register: Register, name: str) -> bool:
    column = register.model._meta.get_field(name)
    return name in register.identity or not (column.blank or column.has_default())  # type: ignore[union-attr]


def template(register: Register) -> io.BytesIO:
    """Return the table as xlsx: titles, lists of choices, and a sheet that explains the columns."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet(str(register.title)[:31])
    header = book.add_format(
        {"bold": True, "border": 1, "text_wrap": True, "bg_color": "#EFE3D0", "valign": "vcenter"}
    )
    text = book.add_format({"num_format": "@"})
    for place, name in enumerate(register.imported):
        star = "*" if must_be_filled(register, name) else ""
        sheet.set_column(place, place, 18, text)
        sheet.write_string(0, place, register.label(name) + star, header)
        choices = [
            str(label) for _key, label in getattr(register.model._meta.get_field(name), "flatchoices", ())
        ]
        if choices and len(",".join(choices)) <= LONGEST_LIST:
            sheet.data_validation(1, place, ROWS, place, {"validate": "list", "source": choices})
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.repeat_rows(0)
    _explain(register, book, header)
    book.close()
    stream.seek(0)
    return stream


def _explain(register: Register, book: xlsxwriter.Workbook, header: object) -> None:
    sheet = book.add_worksheet(_("填写说明"))
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    titles = (_("列"), _("必填"), _("怎么填"), _("例子"))
    for place, (title, width) in enumerate(zip(titles, (18, 8, 50, 30), strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, header)
    for row, name in enumerate(register.imported, start=1):
        needed = _("是") if must_be_filled(register, name) else ""
        cells = (
            register.label(name),
            needed,
            how_to_fill(register, name),
            register.example.get(name, ""),
        )
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell, wrapped)

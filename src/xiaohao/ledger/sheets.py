"""A register as Excel: what it holds, and the empty table to fill in; both can be imported.

The header is the first row, for these are working tables, sorted and filtered by the ten thousand; their
title stands at the head of printed pages.
"""

from collections.abc import Iterable, Sequence
from typing import IO, Any

from django.db import models
from django.utils.translation import gettext as _

from xiaohao.core.fields import EncryptedField, FenField
from xiaohao.core.models import Department, Organ, Person
from xiaohao.core.sheets import Column, Sheet, write_sheets
from xiaohao.core.values import fields_of
from xiaohao.ledger.filling import PLAIN, how_to_fill, must_be_filled
from xiaohao.ledger.register import Register

TO_FILL = 1000  # rows of the empty table, or below the last one, that get the lists
# Half-width characters: what columns are wide.
DAY, NUMBER, MONEY, NAME, SHORT, OTHER, SEVERAL, LONG = 12.5, 10.0, 14.0, 10.0, 16.0, 19.0, 24.0, 44.0
LONGEST_WORD = 24.0
SHORT_ONES = (models.DateField, models.BooleanField, models.ForeignKey)


def export_file(register: Register, rows: Iterable[Sequence[Any]], asking: Organ) -> IO[bytes]:
    """Return rows of a register, in its ``written`` columns."""
    columns = _columns(register, register.written, asking)
    to_fill = TO_FILL if register.identity else 0
    sheet = Sheet(str(register.title), columns, to_fill=to_fill)
    return write_sheets((sheet, ([row] for row in rows)))


def template_file(register: Register, organ: Organ) -> IO[bytes]:
    """Return the table to fill in, and a sheet that explains its columns."""
    columns = _columns(register, register.imported, organ, starred=True)
    sheet = Sheet(str(register.title), columns, to_fill=TO_FILL)
    titles = ((_("列"), 18), (_("必填"), 8), (_("怎么填"), 50), (_("例子"), 30))
    explained = Sheet(_("填写说明"), [Column(title, width) for title, width in titles])
    lines = [
        [
            register.label(name),
            _("是") if must_be_filled(register, name) else "",
            how_to_fill(register, name),
            register.example.get(name, ""),
        ]
        for name in register.imported
    ]
    return write_sheets((sheet, ()), (explained, [lines]))


def _columns(
    register: Register, names: Sequence[str], organ: Organ, *, starred: bool = False
) -> list[Column]:
    offered: dict[type[models.Model], list[str]] = {}
    return [_column(register, name, organ, offered, starred=starred) for name in names]


def _column(
    register: Register,
    name: str,
    organ: Organ,
    offered: dict[type[models.Model], list[str]],
    *,
    starred: bool,
) -> Column:
    """Return a column; what is worked out is only shown. ``offered`` keeps the names that were asked for."""
    field = fields_of(register.model).get(name) if name in register.imported else None
    hint = str(how_to_fill(register, name)) if field is not None else ""
    return Column(
        title=register.label(name) + ("*" if starred and must_be_filled(register, name) else ""),
        width=_width(field),
        centred=isinstance(field, SHORT_ONES) or bool(getattr(field, "flatchoices", ())),
        exact=isinstance(field, models.CharField | EncryptedField),
        dates=isinstance(field, models.DateField),
        choices=_choices(field, organ, offered),
        hint="" if hint == str(PLAIN) else hint,
        doubt=_doubt(field),
    )


def _width(field: Any) -> float:
    for kind, width in (
        (models.DateField, DAY),
        (FenField, MONEY),
        (models.IntegerField, NUMBER),
        (models.BooleanField, NUMBER),
        (models.ManyToManyField, SEVERAL),
        (models.ForeignKey, NAME if getattr(field, "related_model", None) is Person else OTHER),
        (EncryptedField, SEVERAL),
        (models.TextField, LONG),
    ):
        if isinstance(field, kind):
            return width
    words = [str(label) for _key, label in getattr(field, "flatchoices", ())]
    if words:
        return min(max(2.0 * max(map(len, words)) + 2, NUMBER), LONGEST_WORD)
    return min(max((getattr(field, "max_length", None) or 40) / 3, SHORT), LONG)


def _choices(field: Any, organ: Organ, offered: dict[type[models.Model], list[str]]) -> Sequence[str]:
    if isinstance(field, models.BooleanField):
        return [_("是"), _("否")]
    model = field.related_model if isinstance(field, models.ForeignKey) else None
    if model is Person or model is Department:
        if model not in offered:
            there = {"left_on": None} if model is Person else {}
            names = model._default_manager.filter(organ=organ, **there).values_list("name", flat=True)
            offered[model] = list(dict.fromkeys(names))
        return offered[model]
    return [str(label) for _key, label in getattr(field, "flatchoices", ())]


def _doubt(field: Any) -> str:
    if isinstance(field, models.DateField):
        return _("这里要写日期，例如 2026-03-05。要保留现在写的内容吗？")
    if isinstance(field, models.ForeignKey):
        return _("名册里没有这个名称，请先在组织机构里登记。要保留现在写的内容吗？")
    return _("列表里没有这个写法，导入时会指出来。要保留现在写的内容吗？")

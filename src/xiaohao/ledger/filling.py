"""What each column of a register wants, for the table to fill in and for the documents."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.core.fields import FenField
from xiaohao.ledger.register import Register

PLAIN = gettext_lazy("文字")


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
    return "、".join(str(label) for _key, label in choices) if choices else str(PLAIN)


def must_be_filled(register: Register, name: str) -> bool:
    column = register.model._meta.get_field(name)
    return name in register.identity or not (column.blank or column.has_default())  # type: ignore[union-attr]

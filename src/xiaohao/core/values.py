"""How the value of a field is said on a page and in a table."""

from functools import cache
from typing import Any

from django.db.models import Field, Manager
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from xiaohao.core.fields import EncryptedField, FenField
from xiaohao.core.models import Record
from xiaohao.lib.money import yuan_of


def said(record: Record, name: str) -> str:
    """Return the value of a field or property in words; empty where there is none."""
    display = getattr(record, f"get_{name}_display", None)
    if display is not None:
        return str(display())
    value: Any = getattr(record, name)
    field = fields_of(type(record)).get(name)
    if isinstance(field, FenField) and value is not None:
        return yuan_of(value)
    if isinstance(field, EncryptedField):
        return field.shown(value)
    return in_words(value)


def in_words(value: Any) -> str:
    """Return a value in words; empty where there is none."""
    if isinstance(value, Manager):
        return "、".join(str(one) for one in value.all())
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if hasattr(value, "hour"):
        return date_format(timezone.localtime(value), "Y-m-d H:i")
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return "" if value is None else str(value)


@cache
def fields_of(model: type[Record]) -> dict[str, Any]:
    """Return the fields of a model by name, those of many-to-many included."""
    return {field.name: field for field in model._meta.get_fields()}


def label(model: type[Record], name: str) -> str:
    """Return what a field is called; a property carries its own name as ``short_description``."""
    field = fields_of(model).get(name)
    if field is not None:
        return str(field.verbose_name) if isinstance(field, Field) else name
    return str(getattr(model, name).fget.short_description)

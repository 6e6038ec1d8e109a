"""How the value of a field is said on a page and in a table."""

from typing import Any

from django.db.models import Field, Manager
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from xiaohao.core.models import Record


def said(record: Record, name: str) -> str:
    """Return the value of a field or property in words; empty where there is none."""
    display = getattr(record, f"get_{name}_display", None)
    if display is not None:
        return str(display())
    value: Any = getattr(record, name)
    if isinstance(value, Manager):
        return "、".join(str(one) for one in value.all())
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if hasattr(value, "hour"):
        return date_format(timezone.localtime(value), "Y-m-d H:i")
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return "" if value is None else str(value)


def label(model: type[Record], name: str) -> str:
    """Return what a field is called; a property carries its own name as ``short_description``."""
    if name in {field.name for field in model._meta.get_fields()}:
        field = model._meta.get_field(name)
        return str(field.verbose_name) if isinstance(field, Field) else name
    return str(getattr(model, name).fget.short_description)

"""Filters of a list, made from the fields a register names."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from xiaohao.core.forms import StyledForm, date_field, restrict, style
from xiaohao.core.models import Account, Record
from xiaohao.core.values import label


class FilterForm(StyledForm):
    """One field for a choice, a record or yes and no; two for the days from and to."""

    def __init__(self, data: Any, model: type[Record], names: Sequence[str], account: Account) -> None:
        super().__init__(data)
        self._names = [(name, model._meta.get_field(name)) for name in names]
        for name, column in self._names:
            self.fields |= dict(_fields(name, column, label(model, name)))
        restrict(self, account.organ)
        style(self)

    def condition(self) -> Q:
        """Return the condition for the rows; a value that cannot be read filters nothing."""
        self.is_valid()
        condition = Q()
        for name, column in self._names:
            condition &= _condition(name, column, self.cleaned_data)
        return condition


def _fields(name: str, column: Any, title: str) -> list[tuple[str, forms.Field]]:
    if isinstance(column, models.DateField):
        return [
            (f"{name}_from", date_field(_("%(title)s自") % {"title": title})),
            (f"{name}_to", date_field(_("%(title)s至") % {"title": title})),
        ]
    if isinstance(column, models.BooleanField):
        choices: list[tuple[str, Any]] = [("", _("全部")), ("1", _("是")), ("0", _("否"))]
        return [(name, forms.ChoiceField(label=title, choices=choices, required=False))]
    if column.choices:
        return [
            (
                name,
                forms.ChoiceField(
                    label=title, choices=[("", _("全部")), *column.flatchoices], required=False
                ),
            )
        ]
    rows = column.related_model._default_manager.all()
    return [(name, forms.ModelChoiceField(rows, label=title, required=False, empty_label=_("全部")))]


def _condition(name: str, column: Any, chosen: Mapping[str, Any]) -> Q:
    if isinstance(column, models.DateField):
        bounds = {
            f"{name}__gte": chosen.get(f"{name}_from"),
            f"{name}__lte": chosen.get(f"{name}_to"),
        }
        return Q(**{bound: day for bound, day in bounds.items() if day})
    value = chosen.get(name)
    if value in (None, ""):
        return Q()
    return Q(**{name: value == "1" if isinstance(column, models.BooleanField) else value})

"""The organ's own settings (设置): each with its date and source, the shipped value beside it."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xiaohao.core.access import CHANGE_SETTINGS, requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.dated_settings import SETTINGS, DatedSetting, Shipped, shipped_on, value
from xiaohao.core.forms import StyledForm, date_field, style
from xiaohao.core.models import SettingValue
from xiaohao.core.requests import AccountRequest
from xiaohao.core.services.organs import set_region
from xiaohao.core.services.settings import set_value
from xiaohao.core.views.editing import edit

COLOUR_NAMES = {
    "green": gettext_lazy("按期（绿）"),
    "yellow": gettext_lazy("临近（黄）"),
    "red": gettext_lazy("逾期（红）"),
    "blue": gettext_lazy("完成（蓝）"),
    "grey": gettext_lazy("未启动（灰）"),
}
LEAST_CONTRAST = 3.0  # against white, WCAG 2.2, 1.4.11 Non-text Contrast


@dataclass(frozen=True)
class Row:
    """A setting as the page shows it: today's value, where it comes from, and the organ's own values."""

    setting: DatedSetting
    value: Any
    shipped: Shipped | None
    own: list[SettingValue]

    @property
    def shown(self) -> str:
        """Return today's value in words."""
        if isinstance(self.value, list):
            return "、".join(str(one) for one in self.value)
        return str(self.value) if self.value != "" else _("（空）")

    @property
    def label(self) -> str | Promise:
        return self.setting.label

    @property
    def source(self) -> str:
        """Return the document behind today's value."""
        today = timezone.localdate()
        in_force = [one for one in self.own if one.valid_from <= today]
        if in_force:
            return in_force[0].source
        return self.shipped.source if self.shipped else ""


def contrast_with_white(colour: str) -> float:
    """Return the contrast ratio of ``#rrggbb`` with white, from 1 to 21 (WCAG 2.2, relative luminance)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


class SettingForm(forms.Form):
    """The value by its type — a number, or the colours of the lights — with day and source."""

    valid_from = date_field(gettext_lazy("生效日期"), required=True)
    source = forms.CharField(label=gettext_lazy("依据"), max_length=200, required=False)

    def __init__(self, data: Any, setting: DatedSetting, now: Any) -> None:
        super().__init__(data, initial={"valid_from": timezone.localdate()})
        self.many = isinstance(now, dict)
        fields: dict[str, forms.Field] = (
            {name: _colour_field(name, now.get(name, "")) for name in COLOUR_NAMES}
            if self.many
            else {"value": _plain_field(setting, now)}
        )
        self.fields = {**fields, **self.fields}
        style(self)

    def value(self) -> Any:
        """Return the value as it is stored."""
        if self.many:
            return {name: self.cleaned_data[name] for name in COLOUR_NAMES}
        return self.cleaned_data["value"]


class NumbersField(forms.CharField):
    """Whole numbers separated by commas, as a list."""

    def clean(self, value: Any) -> list[int]:
        parts = re.split("[,，、\\s]+", str(value or "").strip())
        if not all(part.isdigit() and len(part) <= 4 for part in parts):
            raise ValidationError(_("请写整数，用逗号隔开，例如 30,15,7。"))
        return sorted({int(part) for part in parts}, reverse=True)


def _plain_field(setting: DatedSetting, now: Any) -> forms.Field:
    """Return the field for a number, a list of numbers or a text, by what is shipped."""
    label = str(setting.label)
    if isinstance(now, list):
        return NumbersField(label=label, initial=",".join(str(one) for one in now))
    if isinstance(now, str):
        return forms.CharField(label=label, initial=now, required=False, max_length=500)
    return forms.IntegerField(label=label, initial=now, min_value=0, max_value=1_000_000_000)


def _colour_field(name: str, colour: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"type": "color", "class": "form-control form-control-color"})
    return forms.CharField(
        label=COLOUR_NAMES[name], initial=colour, widget=widget, validators=[check_colour], max_length=7
    )


def check_colour(colour: str) -> None:
    """Refuse what is no colour, and one that can hardly be seen on white."""
    if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        raise ValidationError(_("颜色请写成 #1a7f4b 的样子。"))
    if contrast_with_white(colour) < LEAST_CONTRAST:
        raise ValidationError(_("这个颜色在白底上看不清，请选深一些的颜色。"))


@requires(CHANGE_SETTINGS)
@require_safe
def settings_list(request: AccountRequest) -> HttpResponse:
    """Show every setting with its value of today."""
    organ, today = request.user.organ, timezone.localdate()
    own: dict[str, list[SettingValue]] = {}
    for one in SettingValue.objects.filter(organ=organ).order_by("-valid_from"):
        own.setdefault(one.key, []).append(one)
    rows = [
        Row(setting, value(organ, key, today), shipped_on(key, today, organ.region), own.get(key, []))
        for key, setting in SETTINGS.items()
    ]
    return render(request, "core/settings.html", {"rows": rows, "colour_names": COLOUR_NAMES, "organ": organ})


@requires(CHANGE_SETTINGS)
@require_http_methods(["GET", "POST"])
def setting_edit(request: AccountRequest, key: str) -> HttpResponse:
    """Set a value from a day on."""
    setting = SETTINGS.get(key)
    if setting is None:
        raise Http404
    now = value(request.user.organ, key, timezone.localdate())
    form = SettingForm(request.POST or None, setting, now)

    def write() -> None:
        days = {name: form.cleaned_data[name] for name in ("valid_from", "source")}
        set_value(key=key, value=form.value(), by=request.user, **days)

    title = _("修改设置：%(label)s") % {"label": setting.label}
    return edit(request, form=form, title=title, back=reverse("settings"), write=write)


class RegionForm(StyledForm):
    """Where the organ is."""

    region = forms.CharField(
        label=gettext_lazy("所在地区"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("例如：上海市，或湖南省长沙市。有地方规定的设置按它取值。"),
    )


@requires(CHANGE_SETTINGS)
@require_http_methods(["GET", "POST"])
def region_edit(request: AccountRequest) -> HttpResponse:
    """Say where the organ is."""
    organ = request.user.organ
    form = RegionForm(request.POST or None, initial={"region": organ.region})

    def write() -> None:
        set_region(organ=organ, region=form.cleaned_data["region"], by=request.user)

    return edit(request, form=form, title=_("本单位所在地区"), back=reverse("settings"), write=write)


add_to_menu(gettext_lazy("设置"), "settings", CHANGE_SETTINGS, 70)

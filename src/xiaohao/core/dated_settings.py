"""Settings with dates: what Xiaohao ships, with source and confidence, and what an organ sets instead."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Organ, SettingValue


@dataclass(frozen=True)
class Shipped:
    """A value as shipped, with the day it counts from and where it stands."""

    value: Any
    valid_from: dt.date
    source: str = ""
    confidence: str = ""  # Q read in the text, q second-hand, B background knowledge
    region: str = ""  # for organs whose region begins so; empty for all


@dataclass(frozen=True)
class DatedSetting:
    """A declared setting; ``key`` is stable and stands in data."""

    key: str
    label: str | Promise
    unit: str | Promise
    shipped: tuple[Shipped, ...]


SETTINGS: dict[str, DatedSetting] = {}
LONG_AGO = dt.date(2000, 1, 1)


def declare(key: str, label: str | Promise, unit: str | Promise, *shipped: Shipped) -> DatedSetting:
    """Declare a setting once."""
    if key in SETTINGS:
        raise ValueError(key)
    SETTINGS[key] = DatedSetting(key, label, unit, shipped)
    return SETTINGS[key]


def shipped_on(key: str, on: dt.date, region: str = "") -> Shipped | None:
    """Return what Xiaohao ships for a day and region, None where nothing was in force yet.

    What is shipped for a region wins over what is shipped for all, the narrower over the wider.
    """
    in_force = [
        shipped
        for shipped in SETTINGS[key].shipped
        if shipped.valid_from <= on and region.startswith(shipped.region)
    ]
    return max(in_force, key=lambda shipped: (len(shipped.region), shipped.valid_from), default=None)


def value(organ: Organ, key: str, on: dt.date) -> Any:
    """Return the value in force for the organ on a day: its own newest, else the shipped one.

    Raises ``LookupError`` when nothing is in force on that day.
    """
    own = SettingValue.objects.filter(organ=organ, key=key, valid_from__lte=on).last()
    if own is not None:
        return own.value
    shipped = shipped_on(key, on, organ.region)
    if shipped is None:
        raise LookupError(key)
    return shipped.value


def values(organ: Organ, keys: Collection[str], on: dt.date) -> dict[str, Any]:
    """Return several values in force at once, in one query. Raises ``LookupError`` like ``value``."""
    own = SettingValue.objects.filter(organ=organ, key__in=keys, valid_from__lte=on)
    found = {one.key: one.value for one in own.order_by("valid_from")}
    for key in keys:
        if key not in found:
            shipped = shipped_on(key, on, organ.region)
            if shipped is None:
                raise LookupError(key)
            found[key] = shipped.value
    return found


DEFAULT_COLOURS: Mapping[str, str] = {
    "green": "#1a7f4b",
    "yellow": "#b7791f",
    "red": "#c0272d",
    "blue": "#1f5fa8",
    "grey": "#6b7280",
}

declare("lights.colours", _("灯号颜色"), "", Shipped(dict(DEFAULT_COLOURS), LONG_AGO))
declare("lights.near_days", _("临近期限的天数"), _("天"), Shipped(7, LONG_AGO))
declare(
    "rectification.period_months",
    _("集中整改期限"),
    _("个月"),
    Shipped(2, dt.date(2015, 8, 3), "《中国共产党巡视工作条例》（2015年）第二十七条", "Q"),
    Shipped(6, dt.date(2024, 2, 8), "《中国共产党巡视工作条例》（2024年2月8日修订）", "Q"),
)
declare(
    "rectification.plan_months",
    _("反馈后报送整改方案的期限"),
    _("个月"),
    Shipped(1, LONG_AGO, "《中国共产党巡视工作条例》（2024年2月8日修订）", "q"),
)
declare("evidence.most_megabytes", _("一份佐证材料的最大大小"), _("MB"), Shipped(50, LONG_AGO))

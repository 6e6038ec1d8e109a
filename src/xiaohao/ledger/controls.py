"""Controls: a rule as the rows that break it.

A control is a queryset of what breaks a rule, with its basis, and a sentence that tells a clerk what is wrong
with a record and what to do. It writes nothing and knows no user. Bounds of time are computed in Python.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiaohao.core.dated_settings import SETTINGS, value
from xiaohao.core.models import Department, Organ, Record


class Severity(TextChoices):
    BREACH = "breach", _("违反规定")
    WARNING = "warning", _("风险提示")
    HINT = "hint", _("工作提醒")


@dataclass
class Parameters:
    """The organ's settings of a day. ``used`` remembers which values a control asked for."""

    organ: Organ
    today: dt.date
    used: dict[str, Any] = field(default_factory=dict)

    def number(self, key: str) -> int:
        """Return a setting as a number, asked for once. Raises ``LookupError``."""
        if key not in self.used:
            self.used[key] = value(self.organ, key, self.today)
        return int(self.used[key])

    def days_ago(self, days: int) -> dt.date:
        return self.today - dt.timedelta(days=days)

    def said(self) -> list[tuple[str, str]]:
        """Return the values used, with their names and units."""
        return [(str(SETTINGS[key].label), f"{now} {SETTINGS[key].unit}") for key, now in self.used.items()]


def department_of(record: Any) -> Department | None:
    """Return the department a record is with: its own, or its keeper's."""
    for name in ("department", "lead_department"):
        found = getattr(record, name, None)
        if isinstance(found, Department):
            return found
    return None


@dataclass(frozen=True)
class Control:
    """``key`` is stable and stands in data. ``breaks`` gives the rows of the organ that break the rule.

    ``by_itself``: whether a row breaks it depends on that row and what belongs to it alone; then it is
    checked as soon as the row is saved, else with the nightly run. ``department`` has to put a row right.
    """

    key: str
    title: str | Promise
    basis: str | Promise
    severity: Severity
    model: type[Record]
    breaks: Callable[[Any, Parameters], Any]
    sentence: Callable[[Any], str]
    group: str | Promise
    related: tuple[str, ...] = ()
    by_itself: bool = True
    department: Callable[[Any], Department | None] = department_of


CONTROLS: dict[str, Control] = {}


def declare(control: Control) -> Control:
    """Declare a control once."""
    if control.key in CONTROLS:
        raise ValueError(control.key)
    CONTROLS[control.key] = control
    return control


def title_of(key: str) -> str:
    """Return what a control is called; its key where nobody declares it any more."""
    return str(CONTROLS[key].title) if key in CONTROLS else key

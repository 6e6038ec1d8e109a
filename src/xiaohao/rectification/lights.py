"""Lights (灯号): what a leader sees at a glance. Never colour alone: each has a symbol and a word."""

import datetime as dt
from typing import Protocol

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from xiaohao.rectification.models import OPEN_STATES, State


class Light(TextChoices):
    RED = "red", _("逾期")
    YELLOW = "yellow", _("临近")
    GREEN = "green", _("按期")
    GREY = "grey", _("未启动")
    BLUE = "blue", _("完成")

    @property
    def symbol(self) -> str:
        return SYMBOLS[self]


SYMBOLS = {Light.RED: "■", Light.YELLOW: "▲", Light.GREEN: "●", Light.GREY: "○", Light.BLUE: "✓"}


class HasDeadline(Protocol):
    """A finding or a measure."""

    state: str
    deadline: dt.date | None


def light_of(row: HasDeadline, today: dt.date, near_days: int) -> Light:
    """Return the light of a finding or measure; ``near_days`` are calendar days before the deadline."""
    if row.state not in OPEN_STATES:
        return Light.BLUE
    if row.deadline is not None and row.deadline < today:
        return Light.RED
    if row.deadline is not None and row.deadline <= today + dt.timedelta(days=near_days):
        return Light.YELLOW
    return Light.GREY if row.state == State.NOT_STARTED else Light.GREEN


def light_condition(light: Light, today: dt.date, near_days: int) -> Q:
    """Return the condition that selects the rows ``light_of`` gives this light."""
    near = today + dt.timedelta(days=near_days)
    if light == Light.BLUE:
        return ~Q(state__in=OPEN_STATES)
    still_open = Q(state__in=OPEN_STATES)
    if light == Light.RED:
        return still_open & Q(deadline__lt=today)
    if light == Light.YELLOW:
        return still_open & Q(deadline__gte=today, deadline__lte=near)
    later = still_open & (Q(deadline__gt=near) | Q(deadline__isnull=True))
    if light == Light.GREY:
        return later & Q(state=State.NOT_STARTED)
    return later & ~Q(state=State.NOT_STARTED)

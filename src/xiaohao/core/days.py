"""Moments as days in Asia/Shanghai. The database keeps UTC, where the morning is still yesterday."""

import datetime as dt

from django.utils import timezone


def day_of(moment: dt.datetime) -> dt.date:
    """Return the day on which a moment falls where the users are."""
    return timezone.localtime(moment).date()


def end_of_week(day: dt.date) -> dt.date:
    """Return the Sunday of the week a day falls in."""
    return day + dt.timedelta(days=6 - day.weekday())

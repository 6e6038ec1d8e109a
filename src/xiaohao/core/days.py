"""Moments as days in Asia/Shanghai. The database keeps UTC, where the morning is still yesterday."""

import datetime as dt

from django.utils import timezone


def day_of(moment: dt.datetime) -> dt.date:
    """Return the day on which a moment falls where the users are."""
    return timezone.localtime(moment).date()

"""Days before today, as tests of what happened over some weeks count them."""

import datetime as dt

from django.utils import timezone

TODAY = timezone.localdate()


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)

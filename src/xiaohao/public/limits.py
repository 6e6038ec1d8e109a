"""Counters by the hour against floods. They hold nothing back for good: see ``services.receiving``.

No address is kept: a counter's place is part of a digest made with the installation's key and the day.
"""

import time

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from xiaohao.core import encryption
from xiaohao.core.dated_settings import value
from xiaohao.core.models import Organ
from xiaohao.public.models import Attempts

HOUR = 3600  # seconds
BUCKETS = 65_536


def source_of(request: HttpRequest) -> str:
    """Return where a request comes from, as a digest that changes every day."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if ":" in address:
        address = ":".join(address.split(":")[:4])  # of IPv6 the network: one house has billions of addresses
    return encryption.digest(f"{timezone.localdate()}|{address}")


@transaction.atomic
def tried(what: str) -> int:
    """Count one more try of something in this hour and return how many there were."""
    hour = int(time.time()) // HOUR
    place = Attempts.objects.filter(hour=hour, bucket=_bucket(what))
    if not place.update(count=F("count") + 1):
        Attempts.objects.filter(hour__lt=hour - 1).delete()
        Attempts.objects.get_or_create(hour=hour, bucket=_bucket(what))
        place.update(count=F("count") + 1)
    return place.values_list("count", flat=True).get()


def tries(what: str) -> int:
    """Return how many tries of something there were in this hour, without counting one more."""
    place = Attempts.objects.filter(hour=int(time.time()) // HOUR, bucket=_bucket(what))
    return place.values_list("count", flat=True).first() or 0


def _bucket(what: str) -> int:
    return int(encryption.digest(what)[:4], 16) % BUCKETS


def is_flood(organ: Organ, source: str) -> bool:
    """Count one more comment of the hour; tell whether its source or the whole organ has had too many."""
    today = timezone.localdate()
    if tried(f"comment|{organ.pk}|{source}") > int(value(organ, "comments.per_hour_and_source", today)):
        return True
    return tried(f"comments|{organ.pk}") > int(value(organ, "comments.per_hour", today))

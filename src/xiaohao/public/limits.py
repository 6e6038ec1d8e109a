"""Counters by the hour against floods. They hold nothing back for good: see ``services.receiving``.

No address is kept: a counter's place is part of a digest made with the installation's key and the day.
"""

import time
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from xiaohao.core import encryption
from xiaohao.core.dated_settings import values
from xiaohao.core.models import Organ
from xiaohao.public.models import Attempts

HOUR = 3600  # seconds
BUCKETS = 65_536
BY_SOURCE, IN_ALL = "comments.per_hour_and_source", "comments.per_hour"
MORE = """
    INSERT INTO public_attempts (hour, bucket, count) VALUES (%s, %s, %s)
    ON CONFLICT (hour, bucket) DO UPDATE SET count = public_attempts.count + excluded.count
"""
HOW_MANY = "SELECT count FROM public_attempts WHERE hour = %s AND bucket = %s"
PAST = "DELETE FROM public_attempts WHERE hour < %s"


def source_of(request: HttpRequest) -> str:
    """Return where a request comes from, as a digest that changes every day.

    Empty for the machine itself: a proxy on it hands over what comes from everywhere.
    """
    place = _place(str(request.META.get("REMOTE_ADDR", "")))
    if not place:
        return ""
    return encryption.digest(f"{timezone.localdate()}|{place}")


def _place(address: str) -> str:
    """Return an address, of IPv6 its network: one house has billions of addresses."""
    try:
        found = ip_address(address)
    except ValueError:  # a server behind a socket names none
        return ""
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    if found.is_loopback:
        return ""
    return str(found if isinstance(found, IPv4Address) else IPv6Network((int(found), 64), strict=False))


def tried(what: str) -> int:
    """Count one more try of something in this hour and return how many there were."""
    return _counted(_now(), _bucket(what), 1)


def tries(what: str) -> int:
    """Return how many tries of something there were in this hour, without counting one more."""
    return _count(_now(), _bucket(what))


def _now() -> int:
    return int(time.time()) // HOUR


def _counted(hour: int, bucket: int, more: int) -> int:
    """Count in a place of an hour and return what is there now."""
    # In SQL: it is done for every post of a flood, and costs a tenth of what building the questions does.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(MORE, [hour, bucket, more])
        cursor.execute(HOW_MANY, [hour, bucket])
        count = int(cursor.fetchone()[0])
        if count == more:
            cursor.execute(PAST, [_now() - 1])
    return count


def _count(hour: int, bucket: int) -> int:
    place = Attempts.objects.filter(hour=hour, bucket=bucket)
    return place.values_list("count", flat=True).first() or 0


def _bucket(what: str) -> int:
    return int(encryption.digest(what)[:4], 16) % BUCKETS


def is_flood(organ: Organ, source: str) -> bool:
    """Tell whether so many comments were taken in this hour, from the source or in all, that more are held.

    Of those that come at the same moment one more may pass: nothing rests on the exact number.
    """
    most = values(organ, (BY_SOURCE, IN_ALL), timezone.localdate())
    if tries(_from_source(organ, source)) >= int(most[BY_SOURCE]):
        return True
    return tries(_in_all(organ)) >= int(most[IN_ALL])


def count_comment(organ: Organ, source: str) -> None:
    """Count a comment that was taken in: what was refused, sent twice or held back uses nothing up."""
    tried(_from_source(organ, source))
    tried(_in_all(organ))


def bytes_held(organ: Organ, source: str) -> int:
    """Return how much of the organ's room was taken from a source today by what is held."""
    return _count(_tonight(), _room(organ, source))


def count_held(organ: Organ, source: str, size: int) -> None:
    """Count the room something takes that is held."""
    _counted(_tonight(), _room(organ, source), size)


def _tonight() -> int:
    """Return the last hour of the day, under which that is counted which is counted all day."""
    return int(timezone.localtime().replace(hour=23).timestamp()) // HOUR


def _room(organ: Organ, source: str) -> int:
    """Return a place beyond the others, of 2**28: nobody's room is taken by one who shares his place.

    There are only as many as posts were held in a day, which the room for texts bounds.
    """
    return BUCKETS + int(encryption.digest(f"held|{organ.pk}|{source}")[:7], 16)


def _from_source(organ: Organ, source: str) -> str:
    return f"comment|{organ.pk}|{source}"


def _in_all(organ: Organ) -> str:
    return f"comments|{organ.pk}"

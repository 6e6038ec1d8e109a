"""A person's duties as a calendar, under a secret address he can take back at any time."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from icalendar import Calendar, Event

from xiaohao.core.models import Account, Person
from xiaohao.core.services import audit
from xiaohao.ledger.duties import duties_of
from xiaohao.ledger.models import CalendarFeed


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make(account: Account) -> str:
    """Give the account a new secret, told this once; an earlier one stops to work."""
    secret = secrets.token_urlsafe(24)
    CalendarFeed.objects.update_or_create(
        person=account.person, defaults={"digest": digest(secret), "made_at": timezone.now()}
    )
    _log(account, "calendar_feed.made")
    return secret


@transaction.atomic
def revoke(account: Account) -> None:
    """Let the secret address work no longer."""
    if CalendarFeed.objects.filter(person=account.person).delete()[0]:
        _log(account, "calendar_feed.revoked")


def _log(account: Account, action: str) -> None:
    audit.write(
        account.organ, [audit.Event(action, "person", account.person_id, account.person.name)], by=account
    )


def owner_of(secret: str) -> Person | None:
    """Return whose calendar the secret opens; None where it opens nothing (any more)."""
    feed = CalendarFeed.objects.filter(
        digest=digest(secret), person__left_on=None, person__account__is_active=True
    ).select_related("person__organ")
    found = feed.first()
    return found.person if found else None


def as_calendar(person: Person, base: str, now: dt.datetime) -> bytes:
    """Return the person's duties with a date as whole-day events (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Xiaohao//duties//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{person} 销号任务")
    today = timezone.localtime(now).date()
    for duty in duties_of(person.organ, today, frozenset({person.pk})):
        if duty.due_on is None:
            continue
        event = Event()
        event.add("uid", f"{duty.key}@xiaohao")
        event.add("dtstamp", now)
        event.add("dtstart", duty.due_on)
        event.add("dtend", duty.due_on + dt.timedelta(days=1))
        event.add("summary", f"{duty.what}：{duty.subject}")
        event.add("url", f"{base}{duty.address}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())

"""Reminding people of their duties: first decided and written down, then sent.

Deciding is one transaction per organ: a reminder and the message that carries it are there or are not.
Sending marks the message before it leaves, so that a killed process sends nothing twice.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.dated_settings import value
from xiaohao.core.models import Organ, Person
from xiaohao.core.services.calendar import working_days
from xiaohao.ledger.duties import Duty, duties_of
from xiaohao.ledger.models import Message, Reminder
from xiaohao.ledger.models.notices import Channel
from xiaohao.ledger.transport import Refused, send

RETRY_MINUTES = (5, 30, 120, 600)  # after the first, second … refusal; then it is given up


@dataclass(frozen=True)
class Rhythm:
    """The organ's settings of a day."""

    days_before: frozenset[int]
    every_days_late: int
    nag_days: int
    heard_after: tuple[int, ...]  # days late for the first, second … of those who hear as well

    @classmethod
    def of(cls, organ: Organ, today: dt.date) -> "Rhythm":
        def number(key: str) -> int:
            return int(value(organ, f"notices.{key}", today))

        return cls(
            days_before=frozenset(int(day) for day in value(organ, "notices.days_before", today)),
            every_days_late=max(1, number("every_days_late")),
            nag_days=max(1, number("nag_days")),
            heard_after=(number("head_hears_after"), number("leader_hears_after")),
        )

    def asks(self, duty: Duty, today: dt.date) -> bool:
        """Tell whether a duty is spoken of on a day: before it is due, on it, and now and then after."""
        if duty.due_on is None:
            quiet = (today - duty.nag_from).days if duty.nag_from else 0
            return quiet == 0 or quiet % self.nag_days == 0
        left = (duty.due_on - today).days
        return left == 0 or left in self.days_before or (left < 0 and -left % self.every_days_late == 0)

    def hearers(self, duty: Duty, today: dt.date) -> list[int]:
        """Return who else is told, because it has been late for so long."""
        if duty.due_on is None or duty.due_on >= today:
            return []
        late = (today - duty.due_on).days
        after = [*self.heard_after, *[self.heard_after[-1]] * len(duty.hears)]
        return [person for person, days in zip(duty.hears, after, strict=False) if late >= days]


def remind_all(now: dt.datetime | None = None) -> int:
    """Write down today's reminders of every organ; return how many messages there are new."""
    now = now or timezone.now()
    return sum(remind(organ, now) for organ in Organ.objects.order_by("pk"))


@transaction.atomic
def remind(organ: Organ, now: dt.datetime) -> int:
    """Write down what the organ's people are told today. A second run the same day adds only what is new."""
    local = timezone.localtime(now)
    today = local.date()
    if not value(organ, "notices.rest_days", today) and not working_days().kind(today).working:
        return 0
    rhythm = Rhythm.of(organ, today)
    told: dict[int, list[tuple[Duty, bool]]] = defaultdict(list)
    for duty in duties_of(organ, today):
        if rhythm.asks(duty, today):
            told[duty.person].append((duty, True))
            for person in rhythm.hearers(duty, today):
                if person != duty.person:
                    told[person].append((duty, False))
    # One writer at a time: the second waits here and finds what the first wrote.
    Organ.objects.select_for_update().get(pk=organ.pk)
    known = set(Reminder.objects.filter(person__in=told, day=today).values_list("person", "duty", "channel"))
    here = _present(told)
    begin, used = _earliest(organ, local), channels(organ, today)
    count = 0
    for person, lines in told.items():
        if person not in here:
            continue
        for channel in used:
            fresh = [line for line in lines if (person, _key(*line), channel) not in known]
            if fresh:
                _write(organ, here[person], channel, fresh, today, begin)
                count += 1
    return count


def _present(told: Iterable[int]) -> dict[int, Person]:
    """Return those who may still be told: still in the organ or a supervisor, with a login that works."""
    people = Person.objects.filter(pk__in=list(told), left_on=None, account__is_active=True)
    return {person.pk: person for person in people}


def channels(organ: Organ, today: dt.date) -> list[str]:
    """Return the channels the organ uses; the page always."""
    used = [Channel.PAGE.value]
    if value(organ, "notices.mail", today):
        used.append(Channel.MAIL.value)
    if value(organ, "notices.webhook", today):
        used.append(Channel.WEBHOOK.value)
    return used


def _earliest(organ: Organ, local: dt.datetime) -> dt.datetime:
    """Return when the organ's hours for messages begin, today or tomorrow; now within them."""
    first, last = (int(value(organ, f"notices.{key}", local.date())) for key in ("from_hour", "to_hour"))
    if first <= local.hour < last:
        return local
    day = local if local.hour < first else local + dt.timedelta(days=1)
    return day.replace(hour=first, minute=0, second=0, microsecond=0)


def _key(duty: Duty, own: bool) -> str:  # noqa: FBT001 - a pair taken apart
    return duty.key if own else f"{duty.key}:late"


def _write(
    organ: Organ,
    person: Person,
    channel: str,
    lines: list[tuple[Duty, bool]],
    today: dt.date,
    at: dt.datetime,
) -> None:
    message = Message.objects.create(
        organ=organ,
        person=person,
        channel=channel,
        day=today,
        text="\n".join(_sentence(duty, today, own=own) for duty, own in lines),
        not_before=at,
        state=Message.State.SENT if channel == Channel.PAGE else Message.State.WAITING,
        sent_at=at if channel == Channel.PAGE else None,
    )
    Reminder.objects.bulk_create(
        Reminder(message=message, person=person, duty=_key(duty, own), day=today, channel=channel)
        for duty, own in {_key(*line): line for line in lines}.values()
    )


def _sentence(duty: Duty, today: dt.date, *, own: bool) -> str:
    subject = f"{duty.what}：{duty.subject}"
    if not own:
        subject = _("（下属逾期）%(subject)s") % {"subject": subject}
    if duty.due_on is None:
        return subject
    left = (duty.due_on - today).days
    if left < 0:
        return _("%(subject)s，已逾期 %(days)s 天（%(day)s）") % {
            "subject": subject,
            "days": -left,
            "day": duty.due_on,
        }
    if left == 0:
        return _("%(subject)s，今天到期") % {"subject": subject}
    return _("%(subject)s，还有 %(days)s 天（%(day)s）") % {
        "subject": subject,
        "days": left,
        "day": duty.due_on,
    }


def deliver(now: dt.datetime | None = None) -> tuple[int, int]:
    """Send what waits; return how many were sent and how many refused."""
    now = now or timezone.now()
    sent = refused = 0
    for message in _due(now):
        try:
            send(message)
        except Refused as problem:
            _refused(message, str(problem), now)
            refused += 1
        else:
            Message.objects.filter(pk=message.pk).update(
                state=Message.State.SENT, sent_at=timezone.now(), problem=""
            )
            sent += 1
    return sent, refused


def _due(now: dt.datetime) -> Iterator[Message]:
    """Yield each message after it was marked as being sent: whoever marks it sends it, nobody else."""
    ready = [Message.State.WAITING, Message.State.FAILED]
    rows = Message.objects.filter(state__in=ready, not_before__lte=now).order_by("pk")
    for number in list(rows.values_list("pk", flat=True)):
        taken = Message.objects.filter(pk=number, state__in=ready).update(
            state=Message.State.SENDING, attempts=F("attempts") + 1
        )
        if taken:
            yield Message.objects.select_related("person", "organ").get(pk=number)


def _refused(message: Message, problem: str, now: dt.datetime) -> None:
    tried = message.attempts
    over = tried > len(RETRY_MINUTES)
    again = now if over else now + dt.timedelta(minutes=RETRY_MINUTES[tried - 1])
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.GIVEN_UP if over else Message.State.FAILED,
        problem=problem[:200],
        not_before=again,
    )

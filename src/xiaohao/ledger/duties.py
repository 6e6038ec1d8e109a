"""Duties: everything that is due from a person. Declared by whoever knows of some; kept nowhere.

A duty is worked out from the records each time, so that nothing is asked for what is closed or handed over.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from xiaohao.core import subjects
from xiaohao.core.days import day_of
from xiaohao.core.models import Account, Organ
from xiaohao.ledger.models import Decision, Instruction
from xiaohao.ledger.signing import awaited, signatories


@dataclass(frozen=True)
class Duty:
    """What ``person`` (a number) owes, by when.

    ``key`` stays the same as long as the duty does: it keeps a reminder from coming twice a day.
    ``nag_from``: the day from which a duty without a date is asked about. ``hears``: the people told as well
    when it is late, nearest first.
    """

    key: str
    person: int
    what: str | Promise
    subject: str
    address: str
    due_on: dt.date | None = None
    nag_from: dt.date | None = None
    hears: tuple[int, ...] = field(default=())


# Give the duties of the organ's people, of some of them where ``people`` is given. A fixed number of queries.
Source = Callable[[Organ, dt.date, "frozenset[int] | None"], Iterable[Duty]]
SOURCES: dict[str, Source] = {}


def declare(key: str, source: Source) -> Source:
    """Declare where duties come from, once."""
    if key in SOURCES:
        raise ValueError(key)
    SOURCES[key] = source
    return source


def duties_of(organ: Organ, today: dt.date, people: frozenset[int] | None = None) -> list[Duty]:
    """Return the duties, those with the nearest date first and those without one last."""
    found = [duty for source in SOURCES.values() for duty in source(organ, today, people)]
    return sorted(found, key=lambda duty: (duty.due_on is None, duty.due_on or today, duty.key))


def duties_of_account(account: Account, today: dt.date) -> list[Duty]:
    """Return what the account's person owes in his own organ."""
    return duties_of(account.organ, today, frozenset({account.person_id}))


def _signatures(organ: Organ, _today: dt.date, people: frozenset[int] | None) -> Iterable[Duty]:
    """Yield a duty to sign for everybody whose turn it is."""
    rows: Sequence[Decision] = list(
        Decision.objects.filter(organ=organ, state=Decision.State.OPEN)
        .select_related("organ")
        .prefetch_related("signers__person", "signatures")
    )
    known = signatories([organ]) if rows else None
    for decision in rows:
        assert known is not None  # noqa: S101 - there are rows
        place = awaited(decision)
        able = known.able(decision, place)
        deputies = {one for one in known.principals if known.represented(one, place, able)}
        for person in sorted(able | deputies):
            if people is None or person in people:
                yield Duty(
                    key=f"decision:{decision.pk}:{decision.round}:{decision.position}",
                    person=person,
                    what=_("签批"),
                    subject=decision.about_label,
                    address=reverse("decision", args=[decision.pk]),
                    nag_from=day_of(decision.changed_at),
                )


def _returned(organ: Organ, _today: dt.date, people: frozenset[int] | None) -> Iterable[Duty]:
    """Yield a duty to correct what was sent back."""
    whose = Q() if people is None else Q(asked_by__in=people)
    for decision in Decision.objects.filter(whose, organ=organ, state=Decision.State.RETURNED):
        yield Duty(
            key=f"returned:{decision.pk}:{decision.round}",
            person=decision.asked_by_id,
            what=_("修改后重新提交"),
            subject=decision.about_label,
            address=reverse("decision", args=[decision.pk]),
            nag_from=day_of(decision.changed_at),
        )


def _answers(organ: Organ, _today: dt.date, people: frozenset[int] | None) -> Iterable[Duty]:
    """Yield a duty to answer what a leader or supervisor wrote; who wrote it hears when it is late."""
    whose = Q() if people is None else Q(to__in=people)
    for one in Instruction.objects.filter(whose, organ=organ, state=Instruction.State.OPEN):
        yield Duty(
            key=f"instruction:{one.pk}",
            person=one.to_id,
            what=_("回复批示督办"),
            subject=one.about_label,
            address=subjects.address_by_number(one.about_kind, one.about_number),
            due_on=one.due_on,
            nag_from=day_of(one.created_at),
            hears=(one.given_by_id,),
        )


declare("signatures", _signatures)
declare("returned", _returned)
declare("instructions", _answers)

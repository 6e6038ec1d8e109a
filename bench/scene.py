"""What the benchmarks share: organs full of findings and measures, made past the services."""

import datetime as dt
import statistics
import time
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from xiaohao.core.models import Account, Organ, Role
from xiaohao.core.services import audit, organs, records
from xiaohao.rectification.models import Area, Finding, Inspection, Measure, State
from xiaohao.rectification.services import search

BATCH = 2000
STATES = (State.IN_PROGRESS, State.PHASED, State.COMPLETED, State.NOT_STARTED)


def batches(rows: Iterable[Any]) -> Iterable[list[Any]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def person(organ: Organ, name: str, *roles: Role) -> Account:
    """Make a person of the organ with an account."""
    one = organs.add_person(organ=organ, name=name, by=None)
    for role in roles:
        organs.give_role(person=one, role=role, by=None)
    return organs.create_account(person=one, username=f"{organ.code}-{name}", password="bench", by=None)  # noqa: S106


def fill(organ: Organ, clerk: Account, owner: Account, findings: int, measures: int) -> Inspection:
    """Give the organ findings with measures of the owner and one entry of history each."""
    today, now = timezone.localdate(), timezone.now()
    inspection = records.create(
        Inspection(organ=organ, number=1, title=f"{organ.name}巡察", feedback_on=today),
        by=clerk,
        action="inspection.created",
    )
    area = records.create(
        Area(organ=organ, inspection=inspection, number=1, title="方面"), by=clerk, action="area.created"
    )
    stamps = {"organ": organ, "created_at": now, "changed_at": now}
    rows = (
        Finding(
            inspection=inspection,
            area=area,
            number=number,
            code=f"1-{number}",
            title=f"第{number}个问题：{'公务接待超标' if number % 1000 == 7 else '提案办理超期'}",
            detail="抽查发现手续不全、时限超期，责任没有落实到人。",
            state=STATES[number % len(STATES)],
            deadline=today + dt.timedelta(days=number % 200),
            **stamps,
        )
        for number in range(1, findings + 1)
    )
    for batch in batches(rows):
        made = Finding.objects.bulk_create(batch)
        search.index(made)
        own = [
            Measure(
                finding=finding,
                number=number,
                code=f"{finding.code}-{number}",
                text="建立台账并按月核对",
                state=finding.state,
                owner=owner.person if finding.number % 10 == 0 else None,
                deadline=finding.deadline,
                last_reported_on=today,
                **stamps,
            )
            for finding in made
            for number in range(1, measures + 1)
        ]
        for part in batches(own):
            kept = Measure.objects.bulk_create(part)
            with transaction.atomic():
                audit.write(
                    organ,
                    [
                        audit.Event(
                            "measure.imported", "measure", one.pk, str(one), {"text": [None, one.text]}
                        )
                        for one in kept
                    ],
                    by=clerk,
                )
    return inspection


def _imported(measure: Measure) -> audit.Event:
    changes = {"text": [None, measure.text]}
    return audit.Event("measure.imported", "measure", measure.pk, str(measure), changes)


def analyse() -> None:
    """Let the database count its rows, as it does by itself in daily work."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def logged_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def median(work: Callable[[], Any], rounds: int = 11) -> float:
    """Return the median milliseconds."""
    work()
    taken = []
    for _round in range(rounds):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)

"""Two people at once, on a database with real concurrency."""

import threading

import pytest
from django.db import connection, connections

from xiaohao.core.models import AuditEntry, Organ
from xiaohao.core.services import audit, records
from xiaohao.rectification.models import Inspection

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
WORKERS, ROUNDS = 4, 10


def in_threads(work) -> list[BaseException]:
    errors: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return errors


def test_the_chain_stays_whole_when_many_write_at_once(organ: Organ) -> None:
    def write(number: int) -> None:
        for turn in range(ROUNDS):
            inspection = Inspection(organ=organ, number=number * ROUNDS + turn, title=f"巡察{number}-{turn}")
            records.create(inspection, by=None, action="inspection.created")

    assert in_threads(write) == []
    assert AuditEntry.objects.count() == WORKERS * ROUNDS
    assert list(audit.verify()) == []


def test_of_many_who_read_the_same_version_one_wins_and_the_others_are_told(organ: Organ) -> None:
    inspection = records.create(
        Inspection(organ=organ, number=1, title="原名"), by=None, action="inspection.created"
    )

    def rename(number: int) -> None:
        records.change(
            inspection, {"title": f"新名{number}"}, by=None, action="inspection.changed", expected_version=1
        )

    errors = in_threads(rename)
    assert [type(error) for error in errors] == [records.Conflict] * (WORKERS - 1)
    inspection.refresh_from_db()
    assert inspection.version == 2

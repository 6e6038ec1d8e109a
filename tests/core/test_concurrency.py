"""Two people at once, on a database with real concurrency."""

from tests.at_once import MANY_WRITERS, WORKERS, in_threads

from xiaohao.core.models import AuditEntry, Organ
from xiaohao.core.services import audit, records
from xiaohao.rectification.models import Inspection

pytestmark = MANY_WRITERS
ROUNDS = 10


def test_the_chain_stays_whole_when_many_write_at_once(organ: Organ) -> None:
    def write(number: int, turn: int) -> None:
        inspection = Inspection(organ=organ, number=number * ROUNDS + turn, title=f"巡察{number}-{turn}")
        records.create(inspection, by=None, action="inspection.created")

    assert in_threads(write, rounds=ROUNDS) == []
    assert AuditEntry.objects.count() == WORKERS * ROUNDS
    assert list(audit.verify()) == []


def test_of_many_who_read_the_same_version_one_wins_and_the_others_are_told(organ: Organ) -> None:
    inspection = records.create(
        Inspection(organ=organ, number=1, title="原名"), by=None, action="inspection.created"
    )

    def rename(number: int, _turn: int) -> None:
        records.change(
            inspection, {"title": f"新名{number}"}, by=None, action="inspection.changed", expected_version=1
        )

    errors = in_threads(rename, rounds=1)
    assert [type(error) for error in errors] == [records.Conflict] * (WORKERS - 1)
    inspection.refresh_from_db()
    assert inspection.version == 2

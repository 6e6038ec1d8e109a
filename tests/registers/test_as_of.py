"""A number about a period that has ended says how the register was then."""

import datetime as dt

import pytest
from django.utils import timezone

from xiaohao.core.services import records
from xiaohao.ledger.indicators import INDICATORS, Period, figure_of_organ


@pytest.fixture
def counted(organ, keeper, today):
    """Count an indicator up to some days ago; what its address opens are the same rows."""

    def count(key: str, days: int) -> tuple[int, int]:
        indicator = INDICATORS[key]
        period = Period(today - dt.timedelta(days=100), today - dt.timedelta(days=days))
        found = figure_of_organ(indicator, organ.pk, period)
        return found.value, found.base

    return count


def test_a_thing_counts_from_the_day_it_came_until_the_day_it_went(row, counted, today) -> None:
    on = {"acquired_on": today - dt.timedelta(days=50), "value": 100}
    row("assets", **on, state="disposed", disposed_on=today - dt.timedelta(days=20))
    row("assets", **on)
    assert [counted("assets.count", days)[0] for days in (51, 50, 21, 20)] == [0, 2, 2, 1]
    assert [counted("assets.value", days)[0] for days in (51, 50, 21, 20)] == [0, 200, 200, 100]


def test_an_answer_given_later_was_not_given_yet(row, counted, today) -> None:
    row(
        "proposals",
        state="answered",
        handed_over_on=today - dt.timedelta(days=50),
        answered_on=today - dt.timedelta(days=20),
    )
    assert [counted("proposals.answered", days) for days in (21, 20)] == [(0, 1), (1, 1)]


def test_an_answer_that_did_not_satisfy_counted_until_it_was_taken_back(
    row, counted, keeper, today, monkeypatch
) -> None:
    """The proposal is handled again since; then it was answered, and on time."""
    found = row(
        "proposals",
        state="answered",
        handed_over_on=today - dt.timedelta(days=50),
        answered_on=today - dt.timedelta(days=30),
        due_on=today - dt.timedelta(days=20),
    )
    noon = timezone.make_aware(dt.datetime.combine(today - dt.timedelta(days=10), dt.time(12)))
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)
    again = {"state": "rehandled", "answered_on": None}
    records.change(found, again, by=keeper, action="proposal.rehandled")
    monkeypatch.undo()
    for key in ("answered", "answered_on_time"):
        assert [counted(f"proposals.{key}", days)[0] for days in (31, 30, 11, 10)] == [0, 1, 1, 0], key


def test_a_document_handed_in_today_was_with_its_holder_yesterday(row, counted, keeper, today) -> None:
    found = row("travel-documents", state="with_holder", issued_on=today - dt.timedelta(days=50))
    records.change(found, {"state": "kept"}, by=keeper, action="travel_document.handed_in")
    assert [counted("passports.kept", days) for days in (51, 1, 0)] == [(0, 0), (0, 1), (1, 1)]


def test_a_document_cancelled_since_was_still_to_be_kept_then(row, counted, keeper, today) -> None:
    found = row("travel-documents", state="kept", issued_on=today - dt.timedelta(days=50))
    ended = {"state": "cancelled", "ended_on": today, "ended_why": "到期"}
    records.change(found, ended, by=keeper, action="travel_document.ended")
    assert [counted("passports.kept", days) for days in (1, 0)] == [(1, 1), (0, 0)]

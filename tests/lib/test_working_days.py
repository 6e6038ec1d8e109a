from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.lib.working_days import CountedDay, CountedDays, DayKind, WorkingDays


def test_the_sunday_swapped_for_national_day_is_worked() -> None:
    assert WorkingDays().kind(date(2026, 9, 20)) == DayKind(working=True, certain=True)


def test_national_day_is_free() -> None:
    assert WorkingDays().kind(date(2026, 10, 1)) == DayKind(working=False, certain=True)


def test_an_unannounced_year_follows_the_weekday_uncertainly() -> None:
    days = WorkingDays()
    assert days.kind(date(2031, 10, 1)) == DayKind(working=True, certain=False)
    assert days.kind(date(2031, 10, 5)) == DayKind(working=False, certain=False)


def test_the_own_table_wins_over_the_calendar() -> None:
    days = WorkingDays({date(2026, 9, 20): False, date(2031, 10, 1): False})
    assert days.kind(date(2026, 9, 20)) == DayKind(working=False, certain=True)
    assert days.kind(date(2031, 10, 1)) == DayKind(working=False, certain=True)
    assert days.kind(date(2031, 10, 2)) == DayKind(working=True, certain=False)


def test_a_covered_year_is_certain_throughout() -> None:
    days = WorkingDays({date(2031, 10, 1): False}, covered_years={2031})
    assert days.kind(date(2031, 10, 2)) == DayKind(working=True, certain=True)
    assert days.kind(date(2031, 10, 5)) == DayKind(working=False, certain=True)


def test_counting_starts_the_day_after_and_knows_swapped_days() -> None:
    days = WorkingDays()
    assert days.add(date(2026, 9, 18), 0) == CountedDay(date(2026, 9, 18), certain=True)
    assert days.add(date(2026, 9, 18), 1) == CountedDay(date(2026, 9, 20), certain=True)
    assert days.between(date(2026, 9, 18), date(2026, 9, 21)) == CountedDays(2, certain=True)
    assert days.between(date(2026, 9, 21), date(2026, 9, 18)) == CountedDays(-2, certain=True)


def test_counting_into_an_unannounced_year_is_uncertain() -> None:
    assert not WorkingDays().add(date(2030, 12, 31), 3).certain
    assert not WorkingDays().between(date(2030, 12, 31), date(2031, 1, 31)).certain


def test_a_negative_number_of_days_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        WorkingDays().add(date(2026, 9, 18), -1)


@given(st.dates(date(2004, 1, 1), date(2035, 12, 1)), st.integers(1, 40))
def test_adding_and_counting_agree(start: date, number: int) -> None:
    days = WorkingDays()
    assert days.between(start, days.add(start, number).day).days == number

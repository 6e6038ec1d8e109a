"""Values with dates, and the working calendar an administrator extends."""

import datetime as dt

import pytest

from xiaohao.core.dated_settings import SETTINGS, DatedSetting, Shipped, value, values
from xiaohao.core.models import AuditEntry, CalendarDay, CalendarYear, SettingValue
from xiaohao.core.services import organs
from xiaohao.core.services.calendar import working_days


@pytest.mark.parametrize(
    ("on", "months"), [(dt.date(2023, 5, 1), 2), (dt.date(2024, 2, 7), 2), (dt.date(2024, 2, 8), 6)]
)
def test_the_rectification_period_follows_the_regulation_in_force(organ, on: dt.date, months: int) -> None:
    assert value(organ, "rectification.period_months", on) == months


def test_an_organs_own_value_wins_from_its_day_on(organ) -> None:
    day = dt.date(2026, 3, 1)
    SettingValue.objects.create(organ=organ, key="lights.near_days", value=10, valid_from=day)
    assert value(organ, "lights.near_days", day - dt.timedelta(days=1)) == 7
    assert value(organ, "lights.near_days", day) == 10


def test_nothing_is_invented_for_a_day_before_any_value(organ) -> None:
    with pytest.raises(LookupError):
        value(organ, "rectification.period_months", dt.date(2010, 1, 1))
    with pytest.raises(LookupError):
        values(organ, ["lights.near_days", "rectification.period_months"], dt.date(2010, 1, 1))


def test_several_values_at_once_are_those_one_by_one(organ, django_assert_num_queries) -> None:
    keys, day = ["lights.near_days", "rectification.period_months"], dt.date(2026, 3, 1)
    for number, since in ((10, day), (9, dt.date(2026, 2, 1)), (99, dt.date(2026, 4, 1))):
        SettingValue.objects.create(organ=organ, key=keys[0], value=number, valid_from=since)
    with django_assert_num_queries(1):
        found = values(organ, keys, day)
    assert found == {key: value(organ, key, day) for key in keys} == {keys[0]: 10, keys[1]: 6}


def test_a_year_nobody_entered_is_counted_by_the_week_and_said_to_be_uncertain(db) -> None:
    assert not working_days().kind(dt.date(2031, 10, 1)).certain


def test_a_year_an_administrator_entered_is_certain(db) -> None:
    CalendarYear.objects.create(year=2031, source="国务院办公厅通知")
    CalendarDay.objects.create(day=dt.date(2031, 10, 1), working=False, name="国庆节")
    kind = working_days().kind(dt.date(2031, 10, 1))
    assert (kind.working, kind.certain) == (False, True)


def test_a_rule_of_ones_region_wins_over_the_general_one(organ, clerk, monkeypatch) -> None:
    general = Shipped(3, dt.date(2018, 1, 1), "全国的规定")
    local = Shipped(2, dt.date(2007, 1, 1), "上海市的规定", region="上海市")
    monkeypatch.setitem(SETTINGS, "x", DatedSetting("x", "期限", "个月", (general, local)))
    assert value(organ, "x", dt.date(2026, 1, 1)) == 3
    there = organs.set_region(organ=organ, region="上海市黄浦区", by=clerk)
    assert value(there, "x", dt.date(2026, 1, 1)) == 2
    assert AuditEntry.objects.filter(action="organ.region_set").count() == 1

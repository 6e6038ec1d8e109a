import datetime as dt

import pytest

from xiaohao.core.models import Role
from xiaohao.core.services import organs
from xiaohao.rectification.models import State
from xiaohao.rectification.services import measures
from xiaohao.rectification.services.findings import change_measure
from xiaohao.rectification.wall_chart import Filters, build
from xiaohao.rectification.wall_chart.chart import fingerprint

TODAY = dt.date(2025, 6, 10)


def test_counts_lights_and_rate_follow_from_the_findings(clerk, make_finding) -> None:
    make_finding(1, state=State.CLOSED, closed_on=TODAY)
    make_finding(2, state=State.IN_PROGRESS, deadline=dt.date(2025, 6, 9))
    make_finding(3, state=State.IN_PROGRESS, deadline=dt.date(2025, 6, 17))
    chart = build(clerk, Filters(), TODAY)
    assert (chart.total, chart.closed, chart.rate) == (3, 1, "33.33%")
    assert {count.light.value: count.number for count in chart.lights} == {
        "red": 1, "yellow": 1, "green": 0, "grey": 0, "blue": 1,
    }  # fmt: skip
    assert [(count.key, count.number) for count in chart.states if count.number] == [
        ("in_progress", 2),
        ("closed", 1),
    ]


def test_a_finding_shows_one_bar_per_measure(clerk, make_finding, make_measure) -> None:
    finding = make_finding(1)
    make_measure(finding, 1, deadline=dt.date(2025, 6, 9))
    make_measure(finding, 2, state=State.STANDING)
    (row,) = build(clerk, Filters(), TODAY).areas[0].findings
    assert [(line.code, line.word, line.deadline) for line in row.measures] == [
        ("1-1-1", "逾期", "2025-06-09"),
        ("1-1-2", "完成", "长期"),
    ]


def test_a_finding_without_measures_says_so(clerk, make_finding) -> None:
    make_finding(1)
    (row,) = build(clerk, Filters(), TODAY).areas[0].findings
    assert [line.text for line in row.measures] == ["尚未制定措施"]


def test_departments_are_counted_with_what_is_closed_and_overdue(clerk, make_finding) -> None:
    office = organs.add_department(organ=clerk.organ, name="办公室", by=None)
    make_finding(1, lead_department=office, state=State.CLOSED, closed_on=TODAY)
    make_finding(2, lead_department=office, deadline=dt.date(2025, 6, 9))
    make_finding(3)
    (count,) = build(clerk, Filters(), TODAY).departments
    assert (count.label, count.number, count.closed, count.overdue) == ("办公室", 2, 1, 1)
    assert count.address.endswith(f"?department={office.pk}")


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({}, ["1-1", "1-2"]),
        ({"state": "closed"}, ["1-1"]),
        ({"light": "red"}, ["1-2"]),
        ({"state": "nonsense", "area": "x"}, ["1-1", "1-2"]),
        ({"area": "0"}, []),
    ],
)
def test_filters_choose_findings(query, codes, clerk, make_finding) -> None:
    make_finding(1, state=State.CLOSED, closed_on=TODAY)
    make_finding(2, deadline=dt.date(2025, 6, 9))
    chart = build(clerk, Filters.read(query), TODAY)
    assert [finding.code for area in chart.areas for finding in area.findings] == codes


def test_nobody_sees_the_chart_of_another_organ(make_organ, make_account, make_finding) -> None:
    make_finding(1)
    stranger = make_account(make_organ("baihe", "白河区政协机关"), "周未", Role.CLERK)
    assert build(stranger, Filters(), TODAY).total == 0


def test_what_changed_this_week_is_told_in_sentences(clerk, make_finding, make_measure) -> None:
    measure = make_measure(make_finding(1), 1, deadline=dt.date(2025, 6, 9))
    said = measures.Report("已修订", State.COMPLETED)
    measure = measures.report(measure=measure, said=said, by=clerk, expected_version=1)
    change_measure(measure=measure, values={"deadline": dt.date(2025, 7, 9)}, by=clerk, expected_version=2)
    week = build(clerk, Filters(), TODAY).week
    assert week.added == "新增1个问题、1条措施"
    assert [change.sentence for change in week.changes] == [
        "林清越把“1-1-1 修订提案办理办法”的时限由2025-06-09改为2025-07-09",
        "林清越把“1-1-1 修订提案办理办法”由未启动改为已完成待销号",
    ]


def test_the_fingerprint_changes_with_every_change_and_every_day(clerk, make_finding) -> None:
    before = fingerprint(clerk, TODAY)
    assert fingerprint(clerk, TODAY) == before
    make_finding(1)
    after = fingerprint(clerk, TODAY)
    assert len({before, after, fingerprint(clerk, TODAY + dt.timedelta(days=1))}) == 3

"""Graded supervision orders: blue when near, yellow when behind, red when late, a letter after the second."""

import datetime as dt

import pytest
from django.utils import timezone

from xiaohao.core.services.settings import set_value
from xiaohao.rectification.models import Measure, State, SupervisionOrder
from xiaohao.rectification.services import measures, orders

TODAY = timezone.localdate()


def days(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


@pytest.mark.parametrize(
    ("starts", "deadline", "percent", "stalled", "grade"),
    [
        (-10, 60, 10, 0, None),
        (-10, 7, 90, 0, "blue"),
        (-10, 8, 90, 0, None),
        (-50, 50, 10, 0, "yellow"),
        (-50, 50, 20, 0, None),  # thirty percent behind is just within
        (-50, 50, 90, 3, "yellow"),
        (-50, -1, 99, 0, "red"),
        (-50, 0, 99, 0, "blue"),
    ],
)
def test_the_gravest_grade_that_fits(starts, deadline, percent, stalled, grade) -> None:
    measure = Measure(
        starts_on=days(starts), deadline=days(deadline), percent=percent, stalled_reports=stalled
    )
    assert orders.grade_of(measure, TODAY, near=7, tolerance=30, most_stalled=3) == grade


def issued() -> list[tuple[str, int, bool]]:
    return [(one.grade, one.number, one.letter) for one in SupervisionOrder.objects.order_by("id")]


def test_a_second_run_issues_nothing(work) -> None:
    finding = work(deadline=days(3))
    assert orders.issue(finding.organ, TODAY) == 1
    assert orders.issue(finding.organ, TODAY) == 0
    assert issued() == [("blue", 1, False)]


def test_the_second_yellow_comes_as_a_letter_after_two_weeks(work) -> None:
    finding = work(starts_on=days(-50), deadline=days(60))
    organ = finding.organ
    assert orders.issue(organ, TODAY) == 1
    assert orders.issue(organ, days(13)) == 0
    assert orders.issue(organ, days(14)) == 1
    assert issued() == [("yellow", 1, False), ("yellow", 2, True)]


def test_from_which_number_a_letter_is_sent_is_a_setting(work, office) -> None:
    set_value(key="orders.letter_from", value=1, valid_from=TODAY, source="", by=office.clerk)
    finding = work(starts_on=days(-50), deadline=days(60))
    orders.issue(finding.organ, TODAY)
    assert issued() == [("yellow", 1, True)]


def test_a_new_deadline_can_be_near_once_more(work) -> None:
    finding = work(deadline=days(3))
    orders.issue(finding.organ, TODAY)
    Measure.objects.update(deadline=days(20))
    assert orders.issue(finding.organ, days(1)) == 0
    assert orders.issue(finding.organ, days(14)) == 1
    assert [grade for grade, _number, _letter in issued()] == ["blue", "blue"]


def test_nothing_is_issued_for_what_is_done(work, complete) -> None:
    finding = work(deadline=days(3))
    complete(finding.measures.select_related("finding__inspection", "organ").get())
    assert orders.issue(finding.organ, TODAY) == 0


def test_red_marks_it_late_for_ever(work, office) -> None:
    finding = work(deadline=days(-2))
    orders.issue(finding.organ, TODAY)
    measure = Measure.objects.select_related("finding__inspection", "organ").get()
    assert (issued(), measure.late_since) == ([("red", 1, False)], days(-1))
    said = measures.Report("补完了", State.COMPLETED)
    done = measures.report(measure=measure, said=said, by=office.owner, expected_version=measure.version)
    assert done.late_since == days(-1)

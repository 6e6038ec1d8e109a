"""A number about a period that has ended says how it was then, whatever happened since."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone
from tests.days import TODAY, ago

from xiaohao.core.services import records
from xiaohao.ledger.indicators import INDICATORS, Period, figure_of_organ
from xiaohao.ledger.models import ControlHit, Decision
from xiaohao.ledger.services import controls
from xiaohao.rectification.models import (
    Extension,
    Finding,
    Kind,
    LookBackCheck,
    LookBackRound,
    Measure,
    Rule,
    SimilarCheck,
    State,
)
from xiaohao.rectification.services import afterwards, analysis, measures

FIRST = TODAY - dt.timedelta(days=60)


@pytest.fixture
def counted(organ, office, client):
    """Count an indicator over the sixty days up to some days ago, as the number and as the list it opens."""

    def count(key: str, days: int) -> int:
        indicator, period = INDICATORS[key], Period(FIRST, ago(days))
        value = figure_of_organ(indicator, organ.pk, period).value
        client.force_login(office.clerk)
        page = client.get(indicator.address(period, organ=organ.pk)).content.decode()
        behind = indicator.rows(indicator.model.objects.filter(organ=organ), period)
        assert value == len(behind)
        for record in indicator.model.objects.filter(organ=organ):
            name = getattr(record, "title", "") or record.text
            assert (name in page) == (record in behind)
        return value

    return count


def report(measure: Measure, account, state: State, text: str = "有进展。") -> Measure:
    measure = Measure.objects.select_related("finding__inspection", "organ").get(pk=measure.pk)
    said = measures.Report(text, state)
    return measures.report(measure=measure, said=said, by=account, expected_version=measure.version)


def test_a_finding_struck_off_and_taken_up_again_was_struck_off_in_between(
    on, work, strike_off, counted, office
) -> None:
    on(40)
    finding = work(deadline=ago(35))
    on(30)
    finding = strike_off(finding)
    on(10)
    afterwards.reopen(finding, finding.measures.all(), ago(-20), "又发生了。", office.clerk)
    on(0)
    for key, then in {
        "findings.struck_off": [0, 1, 1, 0],
        "findings.closed": [0, 1, 1, 0],
        "findings.open": [1, 0, 0, 1],
        "findings.overdue": [1, 0, 0, 0],
        "findings.relapsed": [0, 0, 0, 1],
        "measures.done": [0, 1, 1, 0],
        "measures.overdue": [1, 0, 0, 0],
    }.items():
        assert [counted(key, days) for days in (31, 30, 11, 10)] == then, key


def test_what_is_standing_now_was_not_before_it_was_struck_off(on, work, strike_off, counted) -> None:
    on(40)
    finding = work(kind=Kind.STANDING, follow_up_days=30)
    on(30)
    strike_off(finding)
    on(0)
    for key in ("findings.standing", "measures.standing"):
        assert [counted(key, days) for days in (31, 30, 0)] == [0, 1, 1], key


def test_what_was_done_in_phases_then_may_be_struck_off_now(on, work, strike_off, counted, office) -> None:
    on(40)
    finding = work()
    on(30)
    report(finding.measures.get(), office.owner, State.PHASED)
    on(10)
    strike_off(finding)
    on(0)
    assert [counted("findings.phased", days) for days in (31, 30, 11, 10)] == [0, 1, 1, 0]
    assert [counted("findings.open", days) for days in (31, 30, 11, 10)] == [1, 0, 0, 0]


def test_a_deadline_moved_since_was_missed_all_the_same(on, work, counted, office) -> None:
    on(40)
    measure = work(deadline=ago(20)).measures.select_related("organ").get()
    on(10)
    measures.deadline_moved(measure, ago(-20), office.clerk, "承办单位要求。")
    asked = Decision(
        organ=measure.organ,
        kind="extension",
        about_kind="measure",
        about_number=measure.pk,
        about_label="措施",
        reason="承办单位要求。",
        asked_by=office.owner.person,
    )
    given = Extension(
        organ=measure.organ,
        measure=measure,
        from_deadline=ago(20),
        to_deadline=ago(-20),
        decision=records.create(asked, by=office.owner, action="decision.asked"),
    )
    records.create(given, by=office.clerk, action="extension.created")
    on(0)
    for key in ("measures.overdue", "findings.overdue"):
        assert [counted(key, days) for days in (20, 19, 11, 10)] == [0, 1, 1, 0], key
    assert [counted("measures.extended", days) for days in (11, 10)] == [0, 1]


def test_a_report_counts_in_the_period_it_was_made_in_though_another_followed(
    on, work, counted, office
) -> None:
    on(30)
    finding = work()
    report(finding.measures.get(), office.owner, State.IN_PROGRESS)
    on(10)
    report(finding.measures.get(), office.owner, State.IN_PROGRESS, "还有进展。")
    on(0)
    assert [counted("measures.reported", days) for days in (31, 30, 10)] == [0, 1, 1]


def test_an_alarm_is_raised_from_the_day_the_proof_broke_until_it_was_mended(
    on, work, strike_off, counted, office
) -> None:
    on(59)
    finding = strike_off(work(kind=Kind.STANDING, follow_up_days=30))
    controls.tie(about=finding, controls=["standing.not_followed"], by=office.clerk)
    on(20)
    controls.run(finding.organ, ago(20))
    assert ControlHit.objects.get().state == "open"
    on(10)
    report(finding.measures.get(), office.owner, State.STANDING)
    controls.run(finding.organ, ago(10))
    on(0)
    assert [counted("findings.alarm", days) for days in (21, 20, 11, 10)] == [0, 1, 1, 0]


def test_what_was_written_checked_and_issued_later_does_not_count_yet(
    on, work, strike_off, counted, office
) -> None:
    on(40)
    finding = work()
    on(30)
    strike_off(finding)
    on(20)
    finding.refresh_from_db()
    analysis.take_on(
        finding=finding, leader=office.leader.person, by=office.leader, expected_version=finding.version
    )
    values = {"name": "提案办法", "change": "made", "text": "第一条", "findings": [finding]}
    analysis.create_rule(Rule(organ=finding.organ), {**values, "issued_on": ago(20)}, office.clerk)
    (similar,) = afterwards.ask_similar(
        finding=finding, departments=[office.department], due_on=ago(-5), by=office.clerk
    )
    SimilarCheck.objects.filter(pk=similar.pk).update(state="clean", done_on=ago(20))
    made = LookBackRound(
        organ=finding.organ, title="回头看", starts_on=ago(20), due_on=ago(-5), checker=office.head.person
    )
    made = records.create(made, by=office.clerk, action="look_back.created")
    checked = LookBackCheck(
        organ=finding.organ, round=made, finding=finding, checker=office.head.person, state="holds"
    )
    checked.checked_at = timezone.now()
    records.create(checked, by=office.clerk, action="look_back_check.created")
    on(0)
    for key in ("taken_on", "taken_on_by_others", "ruled", "checked_elsewhere", "looked_back"):
        assert [counted(f"findings.{key}", days) for days in (21, 20, 0)] == [0, 1, 1], key
    assert [counted("findings.analysed", days) for days in (31, 30)] == [0, 1]


def test_a_ledger_taken_over_later_says_of_earlier_days_what_its_own_dates_say(
    make_finding, make_measure, counted
) -> None:
    """Nothing in the log tells of the days before: the date of completion does, and what it said at first."""
    finding = make_finding(1, state=State.CLOSED, closed_on=ago(30))
    make_measure(finding, 1, "按日期", state=State.CLOSED, done_on=ago(30))
    make_measure(finding, 2, "没有日期", state=State.STANDING)
    assert [counted("measures.done", days) for days in (31, 30)] == [1, 2]
    assert [counted("findings.struck_off", days) for days in (31, 30)] == [0, 1]
    assert Finding.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows how many entries there are")
def test_the_log_is_read_record_by_record_and_not_as_a_whole_for_each(organ) -> None:
    """Else a number about last month takes the square of the ledger's size."""
    rows = INDICATORS["measures.overdue"].rows(Measure.objects.filter(organ=organ), Period(FIRST, ago(1)))
    plan = rows.order_by().explain()
    assert "subject_number=?" in plan
    assert "at>?" not in plan

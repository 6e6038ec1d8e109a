"""A document about a period that has ended says how it was then, whatever happened since."""

import datetime as dt

import pytest
from tests.days import TODAY, ago

from xiaohao.core.services import records
from xiaohao.ledger.indicators import Period
from xiaohao.rectification.models import Plan, Rule, State
from xiaohao.rectification.services import afterwards, analysis, measures
from xiaohao.writing.material import material
from xiaohao.writing.scope import Scope


def said(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@pytest.fixture
def told(office, inspection):
    """Return what a document about the sixty days up to some days ago is drafted from."""

    def tell(days: int) -> dict:
        inspection.organ = office.clerk.organ
        return material("notice", Scope(inspection, Period(ago(60), ago(days)), TODAY))

    return tell


def standing(told: dict) -> tuple[str, bool, str, bool]:
    (finding,) = told["问题"]
    return finding["状态"], finding["已销号"], finding["销号日期"], finding["逾期"]


def test_a_finding_stands_as_it_stood(on, told, work, strike_off, office) -> None:
    on(40)
    finding = work(deadline=ago(35))
    on(30)
    finding = strike_off(finding)
    on(10)
    afterwards.reopen(finding, finding.measures.all(), ago(-20), "又发生了。", office.clerk)
    on(0)
    assert standing(told(31)) == ("未启动", False, "", True)
    for days in (30, 11):
        assert standing(told(days)) == ("已销号", True, said(ago(30)), False)
        assert told(days)["问题"][0]["本期销号"]
        assert told(days)["问题"][0]["措施"][0]["完成"]
    assert standing(told(10)) == ("整改中", False, "", False)
    assert [told(days)["问题"][0]["时限"] for days in (11, 10)] == [said(ago(35)), said(ago(-20))]


def test_a_measure_says_what_had_been_reported(on, told, work, office) -> None:
    on(40)
    measure = work().measures.select_related("finding__inspection", "organ").get()
    for days, state, text in ((30, State.IN_PROGRESS, "征求意见"), (10, State.PHASED, "已经印发")):
        on(days)
        report = measures.Report(text, state)
        measure = measures.report(
            measure=measure, said=report, by=office.owner, expected_version=measure.version
        )
    on(0)
    of = [told(days)["问题"][0]["措施"][0] for days in (31, 30, 11, 10)]
    assert [one["情况"] for one in of] == ["", "征求意见", "征求意见", "已经印发"]
    assert [one["状态"] for one in of] == ["未启动", "整改中", "整改中", "阶段性完成"]


def test_a_ledger_taken_over_later_is_told_by_its_own_dates(told, make_finding, make_measure) -> None:
    finding = make_finding(1, state=State.CLOSED, closed_on=ago(30))
    make_measure(finding, state=State.CLOSED, done_on=ago(32))
    assert standing(told(30)) == ("已销号", True, said(ago(30)), False)
    assert standing(told(31)) == ("已完成待销号", False, "", False)
    assert standing(told(33)) == ("整改中", False, "", False)


def test_what_was_issued_approved_and_taken_on_later_is_not_said(on, told, work, office) -> None:
    on(40)
    finding = work()
    on(20)
    analysis.take_on(
        finding=finding, leader=office.leader.person, by=office.leader, expected_version=finding.version
    )
    values = {"name": "提案办法", "change": "made", "text": "第一条", "findings": [finding]}
    analysis.create_rule(Rule(organ=finding.organ), {**values, "issued_on": ago(20)}, office.clerk)
    plan = Plan(organ=finding.organ, inspection=finding.inspection, state="reported", approved_on=ago(20))
    plan.reported_on = ago(15)
    records.create(plan, by=office.clerk, action="plan.created")
    on(0)
    for days, leader, rules, approved, reported in (
        (21, "", 0, "", ""),
        (20, "罗远", 1, said(ago(20)), ""),
        (15, "罗远", 1, said(ago(20)), said(ago(15))),
    ):
        values = told(days)
        (one,) = values["问题"]
        assert (one["领办领导"], len(one["制度"])) == (leader, rules)
        assert (values["方案"]["批准"], values["方案"]["报送"]) == (approved, reported)

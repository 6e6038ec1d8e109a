"""What a strict head of office would retouch in a draft."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from tests.writing.conftest import LAST

from xiaohao.core.models import Department, LeadingGroupMember
from xiaohao.core.services import records
from xiaohao.ledger.indicators import Period
from xiaohao.ledger.services import controls
from xiaohao.rectification.models import Finding, Kind, Measure, Meeting, State
from xiaohao.writing import figures
from xiaohao.writing.body import gaps
from xiaohao.writing.material.spoken import clause
from xiaohao.writing.models import DocumentKind
from xiaohao.writing.scope import Scope
from xiaohao.writing.services import drafting


@pytest.fixture
def meet(office, inspection):
    """Hold a meeting on the rectification: ``meet("专题会", agenda="…")``."""

    def hold(title: str, **values: object) -> Meeting:
        given = {"held_on": LAST, "agenda": "议", "chair": office.head.person, **values}
        meeting = Meeting(organ=office.clerk.organ, inspection=inspection, title=title, **given)
        return records.create(meeting, by=office.clerk, action="rectification_meeting.created")

    return hold


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("传达反馈意见；讨论整改方案；明确分工。", "传达反馈意见，讨论整改方案，明确分工"),
        ("1.传达反馈意见\n2.讨论整改方案", "传达反馈意见，讨论整改方案"),
        ("（一）传达反馈意见；\n（二）讨论整改方案。", "传达反馈意见，讨论整改方案"),
        ("学习《条例》。查找差距。", "学习《条例》，查找差距"),
        ("研究2.5万元以上的支出", "研究2.5万元以上的支出"),
    ],
)
def test_several_items_of_an_agenda_become_one_sentence(written, said) -> None:
    assert clause(written) == said


@pytest.mark.parametrize("kind", ["summary", "head_report", "progress_report", "notice", "plan"])
def test_what_there_is_none_of_is_not_counted(draft, make_finding, make_measure, kind) -> None:
    make_measure(make_finding(1), state=State.IN_PROGRESS)
    body = figures.plain(draft(kind).body)
    assert not re.search(r"(?<![\d.])0(?:%|[个次条项件])", body)
    assert not re.search(r"[，；：、][。；]|。。", body)


def test_a_summary_of_a_week_in_which_nothing_happened_says_so(draft, make_finding, make_measure) -> None:
    make_measure(make_finding(1), state=State.IN_PROGRESS)
    lines = draft("summary").body.splitlines()
    assert lines[lines.index("二、本期进展") + 1] == "本期没有登记新的进展。"
    assert lines[lines.index("三、需要关注") + 1] == "没有逾期的问题。"


def test_findings_told_as_items_are_counted_from_one_and_named_by_their_number(
    draft, make_finding, make_measure
) -> None:
    for number, closed_on, deadline in ((3, LAST, None), (5, LAST, None), (8, None, LAST - dt.timedelta(1))):
        state = State.CLOSED if closed_on else State.IN_PROGRESS
        finding = make_finding(number, f"问题之{number}", closed_on=closed_on, state=state)
        make_measure(finding, state=state, done_on=closed_on, deadline=deadline)
    body = figures.plain(draft("summary").body)
    assert "\n1.问题之3（问题1-3）。2025年10月31日销号。\n2.问题之5（问题1-5）。2025年10月31日销号。" in body
    assert "\n1.问题之8（问题1-8）。时限为2025年10月30日，由〔待补：问题1-8的牵头单位〕牵头。" in body
    assert "有1个问题的1条措施逾期。" in body


def test_the_head_reports_what_was_brought_about_without_holes_in_the_numbers(draft, make_finding) -> None:
    for number in (1, 2, 3):
        make_finding(number, f"问题之{number}")
    Finding.objects.exclude(number=2).update(indicators=["findings.all"])
    body = figures.plain(draft("head_report").body)
    assert "\n1.问题之1（问题1-1）。目前，反馈问题3个。\n2.问题之3（问题1-3）。目前，反馈问题3个。" in body


def test_what_is_not_made_public_leaves_no_hole_in_the_notice(draft, make_finding) -> None:
    make_finding(1, "甲")
    make_finding(2, "乙", disclosed=False, not_disclosed_reason="正在核查")
    make_finding(3, "丙")
    assert re.findall(r"^(\d+\..)。", draft().body, re.M) == ["1.甲", "2.丙"]


def test_the_meetings_of_the_head_are_those_that_were_counted(draft, meet, make_finding) -> None:
    make_finding(1)
    meet("第一次会议", agenda="传达反馈意见；明确分工。", held_on=LAST - dt.timedelta(2))
    meet("专题学习", kind="study", agenda="学习条例", held_on=LAST - dt.timedelta(1))
    meet("第二次会议", agenda="研究进度", outcome="每周调度；逐项销号。")
    body = figures.plain(draft("head_report").body)
    assert (
        "主持召开整改专题会议2次：2025年10月29日召开第一次会议，传达反馈意见，明确分工；"
        "2025年10月31日召开第二次会议，研究进度，议定每周调度，逐项销号。"
        "2025年10月30日主持专题学习，学习条例。\n"
    ) in body


def test_an_office_of_the_leading_group_is_named_once(draft, office, make_finding) -> None:
    make_finding(1)
    for position, (account, place) in enumerate(
        ((office.head, "head"), (office.leader, "deputy"), (office.discipline, "deputy")), start=1
    ):
        member = LeadingGroupMember(
            organ=office.clerk.organ, person=account.person, office=place, position=position
        )
        records.create(member, by=office.clerk, action="leading_group_member.created")
    assert "组长：沈秋；副组长：罗远、韩竹。" in draft("plan").body


def test_a_gap_names_the_record_it_is_in(draft, make_finding, make_measure) -> None:
    finding = make_finding(1)
    make_measure(finding)
    for kind in (DocumentKind.PLAN, DocumentKind.CLOSING_FORM):
        found = [gap for gap in gaps(draft(kind, finding=finding).body) if "1-1" not in gap]
        assert found in (
            [],
            [
                "〔待补：总体要求，写在整改方案里〕",
                "〔待补：领导小组的组成〕",
                "〔待补：组织保障，写在整改方案里〕",
            ],
        )


def test_a_relapse_is_told_as_one_would_say_it(office, inspection, work, strike_off) -> None:
    today = timezone.localdate()
    finding = strike_off(work(kind=Kind.STANDING, follow_up_days=30))
    controls.tie(about=finding, controls=["standing.not_followed"], by=office.clerk)
    Measure.objects.update(last_reported_on=today - dt.timedelta(days=40))
    controls.run(finding.organ, today)
    inspection.organ = office.clerk.organ
    scope = Scope(inspection, Period(today - dt.timedelta(days=6), today), today)
    said = "已销号的问题中，有1个出现反弹迹象，需要核实处理：“提案办理超期”。"
    for kind in ("summary", "progress_report"):
        assert said in figures.plain(drafting.draft(kind=kind, scope=scope, by=office.clerk).body)


def test_the_notice_says_what_was_settled_only_where_it_was(
    draft, office, make_finding, make_measure
) -> None:
    finding = make_finding(1, accountable_leader=office.leader.person, lead_department=office.department)
    make_measure(finding, 1, owner=office.owner.person, deadline=LAST)
    assert "条，逐项明确责任领导、牵头单位、时限和责任人。" in draft().body
    assert "个委室认领任务" in draft().body
    make_measure(finding, 2, "建立台账")
    other = Department(organ=office.clerk.organ, name="财务室")
    records.create(other, by=office.clerk, action="department.created")
    body = draft().body
    assert "条，逐项明确责任领导和牵头单位。" in body
    assert "个委室认领任务" not in body


def test_who_leads_a_finding_twice_hands_over_both(draft, office, make_finding) -> None:
    leader = office.leader.person
    make_finding(1, accountable_leader=leader, taken_on_by=leader)
    assert "｜责任领导、领办领导｜" in draft("hand_over", person=leader).body

"""What the head did himself is told by who he is, not by how his name is written."""

import datetime as dt

import pytest
from tests.writing.conftest import LAST

from xiaohao.core.models import LeadingGroupMember, Role
from xiaohao.core.services import records
from xiaohao.rectification.models import Finding, Meeting
from xiaohao.writing import figures
from xiaohao.writing.services import templates

OLD = (
    "{% for 会 in 会议 %}{% if 主要负责人 contains 会.主持 %}{{ 会.名称 }}；{% endif %}{% endfor %}"
    "{% for 题 in 问题 %}{% if 题.领办领导 != '' and 主要负责人 contains 题.领办领导 %}{{ 题.题目 }}；"
    "{% endif %}{% endfor %}"
    "{% for 人 in 领导小组 %}{% if 人.职务 == '组长' and 主要负责人 contains 人.姓名 %}{{ 人.姓名 }}"
    "{% endif %}{% endfor %}"
)


@pytest.fixture
def namesake(office, inspection, make_account, make_finding):
    """Somebody whose name, 沈, is part of the head's, 沈秋; each took a finding on and held a meeting."""
    other = make_account(office.clerk.organ, "沈", Role.LEADER)
    for number, (account, word) in enumerate(((office.head, "甲"), (other, "乙")), start=1):
        finding = make_finding(number, f"{word}问题")
        Finding.objects.filter(pk=finding.pk).update(taken_on_by=account.person)
        meeting = Meeting(
            organ=finding.organ, inspection=inspection, title=f"{word}会议", chair=account.person, agenda="议"
        )
        meeting.held_on = LAST - dt.timedelta(days=number)
        records.create(meeting, by=office.clerk, action="rectification_meeting.created")
    return other


def test_the_report_of_the_head_names_what_was_his_alone(draft, namesake) -> None:
    body = figures.plain(draft("head_report").body)
    assert "甲会议" in body
    assert "乙会议" not in body
    assert "领办难点问题1个" in body
    assert "“甲问题”" in body
    assert "“乙问题”" not in body


@pytest.mark.parametrize(("led_by", "said"), [("head", True), ("namesake", False)])
def test_the_notice_says_that_the_head_leads_the_group_only_where_he_does(
    draft, office, namesake, led_by, said
) -> None:
    leader = office.head.person if led_by == "head" else namesake.person
    group = LeadingGroupMember(organ=leader.organ, person=leader, office="head")
    records.create(group, by=office.clerk, action="leading_group_member.created")
    assert ("由主要负责同志任组长的" in draft().body) is said


def test_a_template_of_an_organ_with_the_earlier_names_goes_on(draft, office, namesake) -> None:
    group = LeadingGroupMember(organ=office.clerk.organ, person=office.head.person, office="head")
    records.create(group, by=office.clerk, action="leading_group_member.created")
    templates.change_template(kind="head_report", source=OLD, by=office.clerk, expected_number=0)
    assert draft("head_report").body.strip() == "乙会议；甲会议；甲问题；乙问题；沈秋"

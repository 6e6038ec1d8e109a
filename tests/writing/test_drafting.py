"""Documents are drafted from the records and say nothing beyond them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.writing.conftest import FIRST, LAST

from xiaohao.core.services import records
from xiaohao.ledger.indicators import Period
from xiaohao.rectification.models import Area, Plan, Rule
from xiaohao.rectification.services import analysis
from xiaohao.registers.assets.models import AssetCard
from xiaohao.writing import figures, readiness
from xiaohao.writing.body import blocks
from xiaohao.writing.material import material
from xiaohao.writing.material.names import names_of
from xiaohao.writing.models import DocumentKind
from xiaohao.writing.scope import Scope
from xiaohao.writing.services import drafting


def test_a_notice_says_of_a_measure_what_its_owner_reported_and_nothing_else(
    draft, make_finding, make_measure
) -> None:
    finding = make_finding(1, "提案办理超期")
    make_measure(finding, 1, "修订提案办理办法", progress="已经印发。")
    make_measure(finding, 2, "建立台账", deadline=dt.date(2025, 12, 31))
    body = figures.plain(draft().body)
    said = "一是修订提案办理办法，已经印发。二是建立台账，尚未启动，时限为2025年12月31日。"
    assert f"1.提案办理超期。{said}" in body


def test_a_measure_to_be_kept_up_has_no_deadline_in_the_notice(draft, make_finding, make_measure) -> None:
    finding = make_finding(1, "提案办理超期")
    make_measure(finding, 1, "按季度通报办理情况", kind="standing")
    make_measure(finding, 2, "每月核对台账", kind="standing", state="standing")
    assert "一是按季度通报办理情况，长期坚持。二是每月核对台账，转入长期坚持。" in figures.plain(draft().body)


def test_a_notice_says_how_far_each_measure_is(draft, make_finding, make_measure) -> None:
    finding = make_finding(1, "提案办理超期")
    for number, state in enumerate(("not_started", "in_progress", "phased", "completed", "closed"), start=1):
        make_measure(finding, number, f"做法{number}", state=state, kind="at_once")
    far = ("尚未启动", "正在推进", "阶段性完成", "已经完成，正在核验", "已经完成")
    told = zip("一二三四五", range(1, 6), far, strict=True)
    said = "".join(f"{place}是做法{number}，{how}。" for place, number, how in told)
    assert said in figures.plain(draft().body)


def test_a_notice_counts_through_its_areas(draft, office, make_finding) -> None:
    first, other = make_finding(1, "甲"), make_finding(2, "乙")
    area = Area(organ=first.organ, inspection=first.inspection, number=2, title="服务大局方面")
    other.area = records.create(area, by=office.clerk, action="area.created")
    other.save()
    make_finding(3, "丙")
    headings = [line.split("。")[0] for line in draft().body.splitlines()]
    assert [one for one in headings if one[:2] in ("1.", "2.", "3.")] == ["1.甲", "2.丙", "3.乙"]


def test_a_new_version_of_the_plan_leaves_the_days_of_the_approved_one(draft, office, make_finding) -> None:
    finding = make_finding(1)
    for number, approved in ((1, dt.date(2025, 6, 1)), (2, None)):
        plan = Plan(organ=finding.organ, inspection=finding.inspection, number=number)
        plan.state, plan.approved_on = "approved" if approved else "draft", approved
        records.create(plan, by=office.clerk, action="plan.created")
    assert "2025年6月1日批准整改方案" in draft().body


def test_what_no_record_tells_is_marked_and_listed(draft, make_finding) -> None:
    make_finding(1, "提案办理超期")
    document = draft()
    assert "〔待补：问题1-1的整改情况〕" in document.body
    assert any("待补" in reason for reason in readiness.missing(document))


def test_every_kind_is_drafted_from_the_records(draft, office, make_finding, make_measure) -> None:
    finding = make_finding(1, "提案办理超期")
    make_measure(finding, 1, owner=office.owner.person, deadline=dt.date(2025, 6, 30))
    about = {"closing_form": {"finding": finding}, "hand_over": {"person": office.owner.person}}
    for kind in DocumentKind.values:
        body = draft(kind, **about.get(kind, {})).body
        assert "提案办理超期" in body or kind == "head_report"


def test_what_a_kind_is_about_has_to_be_chosen(draft) -> None:
    with pytest.raises(ValidationError, match="哪个问题"):
        draft("closing_form")
    with pytest.raises(ValidationError, match="移交人"):
        draft("hand_over")


def test_drafting_asks_as_often_for_many_findings_as_for_one(draft, make_finding, make_measure) -> None:
    make_measure(make_finding(1))
    draft()
    with CaptureQueriesContext(connection) as few:
        draft()
    for number in range(2, 12):
        make_measure(make_finding(number, f"问题{number}"))
    with CaptureQueriesContext(connection) as many:
        draft()
    assert len(many) == len(few)


def test_a_finding_that_is_not_public_is_left_out_of_the_notice(draft, saved, office, make_finding) -> None:
    make_finding(1, "公开的问题")
    make_finding(2, "不公开的问题", disclosed=False, not_disclosed_reason="正在核查")
    document = draft()
    assert "不公开的问题" not in document.body
    named = saved(document, "涉及不公开的问题。")
    assert any("不公开的问题" in reason for reason in readiness.missing(named))


def test_nothing_tied_only_to_what_is_not_public_is_named_in_the_notice(
    draft, office, inspection, make_finding, make_measure
) -> None:
    hidden = make_finding(1, "账外资金", disclosed=False)
    public = make_finding(2, "提案办理超期")
    area = Area(organ=hidden.organ, inspection=inspection, number=2, title="服务大局方面")
    public.area = records.create(area, by=office.clerk, action="area.created")
    public.save()
    make_measure(public, 1, "修订提案办理办法", progress="已经印发")
    for name, findings in (("账外资金管理办法", [hidden]), ("督办规则", [hidden, public])):
        rule = Rule(organ=hidden.organ, name=name, change="made", issued_on=dt.date(2025, 5, 1))
        analysis.create_rule(rule, {"findings": findings}, office.clerk)
    said = figures.plain(draft().body)
    assert "账外资金" not in said
    assert "制定、修订制度2项，包括《督办规则》" in said
    assert "落实决策部署方面" not in said
    assert "（一）服务大局方面" in said


def test_hostile_words_in_records_stay_words(draft, office, make_finding, make_measure, client) -> None:
    make_measure(make_finding(1, "<script>alert(1)</script>"), progress="{{ 单位 }} {% for %} [[9|x.y]]")
    document = draft()
    assert "{{ 单位 }}" in document.body
    client.force_login(office.clerk)
    assert "<script>alert" not in client.get(f"/documents/{document.pk}/").content.decode()


def test_a_notice_ends_a_finding_with_the_numbers_chosen_for_it(
    draft, office, make_finding, make_measure
) -> None:
    finding = make_finding(1, "提案办理超期")
    make_measure(finding, 1, "修订提案办理办法", progress="已经印发")
    chosen = ["findings.all", "proposals.answered"]  # no proposal was handed over: that share says nothing
    analysis.choose_indicators(
        finding=finding, keys=chosen, by=office.clerk, expected_version=finding.version
    )
    body = draft().body
    assert "已经印发。目前，反馈问题[[1|findings.all]]个。" in body
    assert "办复率" not in body


def test_a_rule_is_named_once(draft, office, make_finding, make_measure) -> None:
    finding = make_finding(1)
    make_measure(finding, 1, "修订提案办理办法", progress="已经印发")
    for name in ("提案办理办法", "督办规则"):
        rule = Rule(organ=finding.organ, name=name, change="revised", issued_on=dt.date(2025, 5, 1))
        analysis.create_rule(rule, {"findings": [finding]}, office.clerk)
    said = figures.plain(draft().body)
    assert "修订《督办规则》。" in said
    assert "修订《提案办理办法》。" not in said  # the measure says so already
    assert "制定、修订制度2项：《提案办理办法》《督办规则》" in said


def test_a_summary_is_named_after_its_span(office, inspection, make_finding) -> None:
    inspection.organ = office.clerk.organ
    make_finding(1)
    titles = []
    for days in (7, 15, 30, 120):
        period = Period(LAST - dt.timedelta(days=days - 1), LAST)
        titles.append(
            drafting.draft(kind="summary", scope=Scope(inspection, period, LAST), by=office.clerk).title
        )
    assert titles == [
        "青山区政协机关整改工作周小结（2025年10月25日至31日）",
        "青山区政协机关整改工作半月小结（2025年10月17日至31日）",
        "青山区政协机关整改工作月小结（2025年10月2日至31日）",
        "青山区政协机关整改工作小结（2025年7月4日至10月31日）",
    ]


def test_the_plan_carries_the_three_lists_as_they_are_when_it_is_drafted(
    draft, make_finding, make_measure
) -> None:
    make_measure(make_finding(1, "提案办理超期"), 1, "修订提案办理办法")
    plan = draft("plan")
    assert list(plan.lists) == ["问题清单", "任务清单", "责任清单"]
    assert plan.sealed
    (table,) = [block for block in blocks(plan.body, plan.lists) if getattr(block, "title", "") == "任务清单"]
    assert "修订提案办理办法" in "".join(run.text for cell in table.rows[0] for run in cell)


def test_in_the_lists_of_the_plan_a_day_is_written_as_documents_write_it(
    draft, make_finding, make_measure
) -> None:
    finding = make_finding(1, "提案办理超期")
    make_measure(finding, 1, "修订办法", deadline=dt.date(2025, 9, 1))
    make_measure(
        finding, 2, "建立台账", deadline=dt.date(2025, 12, 31), original_deadline=dt.date(2025, 11, 30)
    )
    lines = draft("plan").lists["任务清单"]
    assert "｜2025年9月1日｜" in lines[2]
    assert "｜2025年12月31日↵（原定2025年11月30日）｜" in lines[3]


def test_a_hand_over_lists_what_somebody_owes_leads_and_keeps(
    draft, office, make_finding, make_measure, make_account
) -> None:
    owner, leader = office.owner.person, office.leader.person
    finding = make_finding(1, "提案办理超期", accountable_leader=leader)
    make_measure(finding, 1, "修订提案办理办法", owner=owner, deadline=dt.date(2025, 9, 1))
    make_measure(finding, 2, "办完的事", owner=owner, state="closed")
    card = AssetCard(
        organ=office.clerk.organ,
        acquired_on=FIRST,
        category="A02",
        number="A1",
        name="计算机",
        keeper=owner,
        value=100,
    )
    records.create(card, by=office.clerk, action="asset.created")
    body = draft("hand_over", person=owner, successor=leader).body
    assert "｜1-1-1｜提案办理超期｜修订提案办理办法｜2025年9月1日｜" in body
    assert "办完的事" not in body
    assert "｜固定资产｜保管人｜A1 计算机｜" in body
    assert "向罗远移交整改工作" in body
    assert "｜1-1｜提案办理超期｜责任领导｜" in draft("hand_over", person=leader).body


def test_a_closing_form_shows_evidence_signatures_and_what_is_lacking(
    draft, work, strike_off, complete
) -> None:
    finding = work("修订提案办理办法")
    before = draft("closing_form", finding=finding).body
    assert "〔待补：措施1-1-1的佐证材料〕" in before
    assert "〔待补：问题1-1的签批，还没有申请销号〕" in before
    after = draft("closing_form", finding=strike_off(finding)).body
    assert "办法已印发（现场照片.jpg）" in after
    assert "｜沈秋｜" in after
    assert "还没有申请销号" not in after


def test_every_name_templates_may_use_is_explained(draft, office, inspection, work) -> None:
    """What the page of templates explains is exactly what there is."""
    finding = work()
    inspection.organ = office.clerk.organ
    scope = Scope(inspection, Period(FIRST, LAST), LAST, finding=finding, person=office.owner.person)
    for kind in DocumentKind.values:
        given, explained = material(kind, scope), names_of(kind)
        assert set(given) == set(explained)
        for name, parts in explained.items():
            value = given[name]
            row = value[0] if isinstance(value, list) and value else value
            if isinstance(parts, dict) and isinstance(row, dict):
                assert set(row) == set(parts), name

"""A finding or a measure can be added by hand; what was approved or struck off keeps its rules."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from xiaohao.core.models import AuditEntry
from xiaohao.core.services import audit
from xiaohao.ledger.services import decisions
from xiaohao.rectification.decisions import FINDING_CLOSING, PLAN
from xiaohao.rectification.models import Area, Finding, Measure, State
from xiaohao.rectification.services import adding, analysis, plans, search
from xiaohao.rectification.services.adding import Origin


def test_an_added_finding_has_the_next_number_is_found_and_logged(inspection, make_finding, clerk) -> None:
    area = make_finding(4).area
    made = adding.add_finding(
        inspection=inspection,
        area=area,
        values={"title": "食堂招标没有公开"},
        by=clerk,
        origin=Origin("群众来信"),
    )
    assert (made.code, made.area, made.state, made.origin) == ("1-5", area, State.NOT_STARTED, "群众来信")
    assert list(search.matching(Finding.objects.all(), "食堂招标")) == [made]
    entry = AuditEntry.objects.get(action="finding.created", subject_number=made.pk)
    assert (entry.by_name, entry.changes["origin"]) == (clerk.person.name, [None, "群众来信"])
    assert list(audit.verify()) == []


def test_a_new_area_is_made_once(inspection, make_finding, clerk) -> None:
    make_finding(1)
    for title in ("甲", "乙"):
        adding.add_finding(inspection=inspection, area="群众反映的问题", values={"title": title}, by=clerk)
    area = Area.objects.get(title="群众反映的问题")
    assert (area.number, [one.code for one in area.findings.all()]) == (2, ["1-2", "1-3"])


def test_an_added_measure_makes_a_finished_finding_unfinished_again(
    make_finding, make_measure, office
) -> None:
    finding = make_finding()
    make_measure(finding, 1, state=State.COMPLETED)
    due = timezone.localdate() + dt.timedelta(days=20)
    made = adding.add_measure(
        finding=finding,
        values={
            "text": "公布抽查结果",
            "deadline": due,
            "owner": office.owner.person,
            "supporting_departments": [office.department],
        },
        by=office.clerk,
    )
    finding.refresh_from_db()
    assert (made.code, list(made.supporting_departments.all())) == ("1-1-2", [office.department])
    assert (finding.state, finding.deadline) == (State.IN_PROGRESS, due)


def test_after_the_plan_was_approved_what_is_new_is_told_against_it(work, inspection, office) -> None:
    finding = work()
    plan = plans.draft(inspection=inspection, values={}, by=office.clerk)
    decision = decisions.ask(PLAN, about=plan, reason="请审批。", by=office.clerk)
    decisions.agree(decision=decision, opinion="同意", by=office.head)
    plan.refresh_from_db()
    values = {"text": "公布抽查结果", "owner": office.owner.person, "deadline": dt.date(2026, 9, 30)}
    adding.add_measure(finding=finding, values=values, by=office.clerk)
    assert plans.changes_since(plan.content, plans.snapshot(inspection)) == [
        ("1-1-2", "", "（没有）", "公布抽查结果")
    ]


def test_a_finding_that_was_struck_off_takes_no_measure(work, strike_off, office) -> None:
    finding = strike_off(work())
    with pytest.raises(ValidationError, match="已经销号"):
        adding.add_measure(finding=finding, values={"text": "再查一遍"}, by=office.clerk)
    assert finding.measures.count() == 1


def test_a_finding_on_its_way_to_be_struck_off_takes_none_either(work, strike_off, office) -> None:
    finding = strike_off(work())
    Finding.objects.update(closed_on=None)
    finding.refresh_from_db()
    values = {"root_cause": "没有人负责。", "no_rule_reason": "已有办法。"}
    ready = analysis.analyse(
        finding=finding, values=values, by=office.clerk, expected_version=finding.version
    )
    decisions.ask(FINDING_CLOSING, about=ready, reason="可以销号。", by=office.owner)
    with pytest.raises(ValidationError, match="销号申请正在审批"):
        adding.add_measure(finding=finding, values={"text": "再查一遍"}, by=office.clerk)


def test_the_clerk_adds_both_on_their_pages(client, inspection, office) -> None:
    client.force_login(office.clerk)
    given = {"version": 1, "inspection": inspection.pk, "new_area": "群众反映的问题", "title": "食堂招标"}
    page = client.post("/findings/add/", given, follow=True)
    finding = Finding.objects.get()
    assert page.redirect_chain == [(f"/findings/{finding.pk}/", 302)]
    address = f"/findings/{finding.pk}/measures/add/"
    given = {"version": 1, "text": "重新招标", "kind": "by_date", "origin": "自查发现"}
    assert "要写整改时限" in client.post(address, given).content.decode()
    page = client.post(address, {**given, "deadline": "2030-01-31"}, follow=True)
    measure = Measure.objects.get()
    assert page.redirect_chain == [(f"/measures/{measure.pk}/", 302)]
    assert "自查发现" in page.content.decode()


def test_an_area_of_another_inspection_is_refused(client, inspection, make_finding, clerk) -> None:
    from xiaohao.core.services import records
    from xiaohao.rectification.models import Inspection

    area = make_finding(1).area
    other = Inspection(organ=inspection.organ, number=2, title="2026年巡察")
    records.create(other, by=clerk, action="inspection.created")
    client.force_login(clerk)
    given = {"version": 1, "inspection": other.pk, "area": area.pk, "title": "食堂招标"}
    assert "不属于所选的巡察" in client.post("/findings/add/", given).content.decode()
    given = {"version": 1, "inspection": other.pk, "title": "食堂招标"}
    assert "请选一个方面" in client.post("/findings/add/", given).content.decode()
    assert Finding.objects.count() == 1


def test_nobody_but_the_clerk_adds_and_nothing_of_another_organ(
    client, make_finding, office, make_organ, make_account
) -> None:
    from xiaohao.core.models import Role

    finding = make_finding()
    for account in (office.owner, office.leader, office.head, office.department_head):
        client.force_login(account)
        assert client.get("/findings/add/").status_code == 403
        assert client.get(f"/findings/{finding.pk}/measures/add/").status_code == 403
    neighbour = make_account(make_organ("neighbour", "红河区政协机关"), "周行", Role.CLERK)
    client.force_login(neighbour)
    assert client.get(f"/findings/{finding.pk}/measures/add/").status_code == 404
    assert finding.inspection.title not in client.get("/findings/add/").content.decode()

"""The plan: drafted from the lists, approved, reported, then fixed."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from xiaohao.core.services.records import Conflict
from xiaohao.ledger.models import Decision
from xiaohao.ledger.services import decisions
from xiaohao.rectification.decisions import CHANGE, PLAN
from xiaohao.rectification.models import Measure, Plan
from xiaohao.rectification.services import measures, plans


@pytest.fixture
def plan(work, inspection, office) -> Plan:
    work()
    return plans.draft(inspection=inspection, values={"aim": "逐条整改"}, by=office.clerk)


@pytest.fixture
def approved(plan, office) -> Plan:
    asked = decisions.ask(PLAN, about=plan, reason="请审定。", by=office.clerk)
    decisions.agree(decision=asked, opinion="同意", by=office.head)
    plan.refresh_from_db()
    return plan


def only_measure() -> Measure:
    rows = Measure.objects.select_related("finding__inspection", "finding__accountable_leader", "organ")
    return rows.get()


def test_it_says_what_the_lists_lack(make_finding, make_measure, inspection, office) -> None:
    make_measure(make_finding())
    draft = plans.draft(inspection=inspection, values={}, by=office.clerk)
    with pytest.raises(ValidationError) as refused:
        decisions.ask(PLAN, about=draft, reason="请审定。", by=office.clerk)
    assert refused.value.messages == [
        "没有责任领导的问题：1-1",
        "没有牵头单位也没有责任人的措施：1-1-1",
        "没有时限的限期整改措施：1-1-1",
    ]


def test_the_head_approves_and_the_lists_are_kept_as_they_stood(approved) -> None:
    assert (approved.state, approved.approved_on) == (Plan.State.APPROVED, timezone.localdate())
    assert approved.content[0]["measures"][0]["owner"] == "唐溪"


def test_sent_back_with_remarks_it_can_be_corrected_and_comes_again(plan, office) -> None:
    asked = decisions.ask(PLAN, about=plan, reason="请审定。", by=office.clerk)
    decisions.send_back(decision=asked, opinion="时限再紧一些", by=office.head)
    plan.refresh_from_db()
    assert plan.state == Plan.State.DRAFT
    plans.change(plan=plan, values={"aim": "限期整改"}, by=office.clerk, expected_version=plan.version)
    asked.refresh_from_db()
    again = decisions.resubmit(decision=asked, reason="已收紧", by=office.clerk)
    decisions.agree(decision=again, opinion="同意", by=office.head)
    plan.refresh_from_db()
    assert plan.state == Plan.State.APPROVED


def test_lists_changed_after_it_was_submitted_are_not_approved_unseen(plan, office) -> None:
    asked = decisions.ask(PLAN, about=plan, reason="请审定。", by=office.clerk)
    Measure.objects.update(text="悄悄改掉的措施")
    with pytest.raises(ValidationError, match="清单又有改动"):
        decisions.agree(decision=asked, opinion="同意", by=office.head)
    plan.refresh_from_db()
    assert plan.state == Plan.State.SUBMITTED


def test_a_plan_once_submitted_is_not_edited(approved, office) -> None:
    with pytest.raises(ValidationError, match="已经提交"):
        plans.change(
            plan=approved, values={"aim": "别的"}, by=office.clerk, expected_version=approved.version
        )


def test_after_approval_deadline_and_owner_are_no_fields_any_more(client, approved, office) -> None:
    measure = only_measure()
    client.force_login(office.clerk)
    form = client.get(f"/measures/{measure.pk}/edit/").context["form"]
    assert {"deadline", "owner", "lead_department"}.isdisjoint(form.fields)
    assert "text" in form.fields


def test_a_change_of_owner_after_approval_is_a_decision(approved, office) -> None:
    measure = only_measure()
    new = office.department_head.person
    content = {"owner": new.pk}
    asked = decisions.ask(CHANGE, about=measure, reason="工作调整", by=office.clerk, content=content)
    assert only_measure().owner == office.owner.person
    decisions.agree(decision=asked, opinion="同意", by=office.leader)
    assert only_measure().owner == new
    changes = plans.changes_since(approved.content, plans.snapshot(approved.inspection))
    assert changes == [("1-1-1", "owner", "唐溪", "顾安")]


def test_the_page_shows_what_changed_since_it_was_approved(client, approved, office) -> None:
    measures.deadline_moved(only_measure(), dt.date(2030, 1, 2), office.clerk, "延期")
    client.force_login(office.leader)
    page = client.get(f"/plans/{approved.pk}/").content.decode()
    assert "批准以后的变化（1）" in page
    assert "2030-01-02" in page


def test_it_is_reported_after_it_was_approved(approved, office) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    with pytest.raises(ValidationError, match="应当在批准之后"):
        plans.report(plan=approved, to="市委巡察办", on=yesterday, by=office.clerk)
    reported = plans.report(plan=approved, to="市委巡察办", on=timezone.localdate(), by=office.clerk)
    assert (reported.state, reported.reported_to) == (Plan.State.REPORTED, "市委巡察办")


@pytest.mark.parametrize(
    ("feedback", "due"),
    [((2025, 4, 2), (2025, 5, 2)), ((2025, 1, 31), (2025, 2, 28)), ((2025, 12, 15), (2026, 1, 15))],
)
def test_it_is_due_a_month_after_the_feedback(inspection, feedback, due) -> None:
    inspection.feedback_on = dt.date(*feedback)
    assert plans.due_on(inspection) == dt.date(*due)


def test_a_second_version_is_drafted_only_after_the_first(plan, approved, inspection, office) -> None:
    second = plans.draft(inspection=inspection, values={}, by=office.clerk)
    assert second.number == 2
    with pytest.raises(ValidationError, match="已经有一份没批准的方案"):
        plans.draft(inspection=inspection, values={}, by=office.clerk)


def test_a_department_claims_what_is_open_and_nobody_claims_it_twice(
    make_finding, make_measure, office
) -> None:
    measure = make_measure(make_finding())
    mine = {"owner": office.owner.person, "by": office.department_head, "expected_version": 1}
    claimed = measures.claim(measure=measure, **mine)
    assert (claimed.owner, claimed.lead_department) == (office.owner.person, office.department)
    with pytest.raises(ValidationError, match="已经有人认领"):
        measures.claim(measure=claimed, **mine)


def test_two_departments_claim_at_once_and_one_is_told(make_finding, make_measure, office) -> None:
    measure = make_measure(make_finding())
    seen = Measure.objects.select_related("organ").get(pk=measure.pk)
    mine = {"owner": office.owner.person, "by": office.department_head, "expected_version": 1}
    measures.claim(measure=measure, **mine)
    with pytest.raises(Conflict):
        measures.claim(measure=seen, **mine)


def test_claiming_assigning_and_taking_on_are_pages(client, make_finding, make_measure, office) -> None:
    finding = make_finding()
    measure = make_measure(finding)
    client.force_login(office.department_head)
    assert f"/measures/{measure.pk}/claim/" in client.get("/open-tasks/").content.decode()
    form = {"version": 1, "owner": office.owner.person_id}
    assert client.post(f"/measures/{measure.pk}/claim/", form).status_code == 302
    client.force_login(office.leader)
    client.post(f"/findings/{finding.pk}/take-on/")
    finding.refresh_from_db()
    assert finding.taken_on_by == office.leader.person
    client.force_login(office.head)
    answer = client.post(f"/findings/{finding.pk}/take-on/", follow=True)
    assert "已由罗远领办" in answer.content.decode()


def test_the_three_lists_are_views_of_the_same_data(client, plan, office) -> None:
    client.force_login(office.leader)
    for key, words in (("problem", "提案办理超期"), ("task", "修订提案办理办法"), ("responsibility", "唐溪")):
        assert words in client.get("/three-lists/", {"list": key}).content.decode()
        answer = client.get("/three-lists/export/", {"list": key})
        assert b"".join(answer)[:2] == b"PK"


def test_a_plan_goes_its_way_in_pages(client, work, inspection, office) -> None:
    work()
    client.force_login(office.clerk)
    client.post("/plans/add/", {"version": 1, "inspection": inspection.pk, "aim": "逐条整改"})
    plan = Plan.objects.get()
    client.post(f"/plans/{plan.pk}/submit/", {"reason": "请审定。"})
    decision = Decision.objects.get()
    client.force_login(office.head)
    sign = {"version": decision.version, "opinion": "再细化", "outcome": "return", "to": "0"}
    client.post(f"/decisions/{decision.pk}/sign/", sign)
    client.force_login(office.clerk)
    client.post(f"/plans/{plan.pk}/submit/", {"reason": "已细化。"})
    decision.refresh_from_db()
    client.force_login(office.head)
    client.post(f"/decisions/{decision.pk}/sign/", {"version": decision.version, "outcome": "agree"})
    client.force_login(office.clerk)
    today = timezone.localdate().isoformat()
    client.post(f"/plans/{plan.pk}/report/", {"on": today, "to": "市委巡察办"})
    plan.refresh_from_db()
    assert plan.state == Plan.State.REPORTED

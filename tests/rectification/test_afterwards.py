"""Look-backs and relapse, the same fault elsewhere, similar findings, rules."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from xiaohao.core.models import Organ, Person, Role
from xiaohao.rectification.models import Finding, LookBackCheck, LookBackRound, Measure, Rule, State
from xiaohao.rectification.services import afterwards, analysis, search

TODAY = timezone.localdate()
LATER = TODAY + dt.timedelta(days=20)


@pytest.fixture
def checker(make_account, organ):
    return make_account(organ, "程检", Role.DISCIPLINE_REVIEWER)


@pytest.fixture
def check(work, strike_off, office, checker) -> LookBackCheck:
    strike_off(work())
    values = {"title": "第一轮", "starts_on": TODAY, "due_on": LATER, "share": 100, "checker": checker.person}
    made = afterwards.plan_round(LookBackRound(organ=office.clerk.organ), values, office.clerk)
    return made.checks.select_related("finding__organ", "checker", "organ", "round").get()


def result(check, by, state="relapsed", deadline=LATER, text="又超期三件。"):
    return afterwards.check(
        found=check, state=state, result=text, deadline=deadline, by=by, expected_version=check.version
    )


def test_a_relapse_opens_the_finding_again_as_a_new_round(check, checker) -> None:
    result(check, checker)
    finding = Finding.objects.get()
    assert (finding.closed_on, finding.round, finding.relapses) == (None, 2, 1)
    measure = Measure.objects.get()
    assert (finding.state, measure.state, measure.deadline) == (State.IN_PROGRESS, State.IN_PROGRESS, LATER)
    assert measure.reports.count() == 1  # what was done before is still there


@pytest.mark.parametrize("state", ["holds", "partly"])
def test_what_holds_stays_closed(check, checker, state) -> None:
    result(check, checker, state=state, deadline=None)
    assert Finding.objects.get().closed_on is not None


def test_a_relapse_needs_a_day_to_come_and_words(check, checker) -> None:
    with pytest.raises(ValidationError, match="新时限"):
        result(check, checker, deadline=None)
    with pytest.raises(ValidationError, match="新时限"):
        result(check, checker, deadline=TODAY)
    with pytest.raises(ValidationError, match="请写明检查情况"):
        result(check, checker, text=" ")
    assert Finding.objects.get().closed_on is not None


def test_who_closed_it_does_not_check_it(work, strike_off, office, checker) -> None:
    finding = strike_off(work())
    part = afterwards.took_part(finding)
    people = {office.owner, office.discipline, office.leader, office.head}
    assert part == {account.person_id for account in people}
    values = {
        "title": "第一轮",
        "starts_on": TODAY,
        "due_on": LATER,
        "share": 100,
        "checker": office.discipline.person,  # signed the closing: somebody else is put in his place
    }
    made = afterwards.plan_round(LookBackRound(organ=finding.organ), values, office.clerk)
    assert made.checks.get().checker_id not in part


def test_only_the_checker_writes_the_result_and_only_once(check, checker, office) -> None:
    with pytest.raises(ValidationError, match="由检查人程检填写"):
        result(check, office.clerk, state="holds")
    done = result(check, checker, state="holds", deadline=None)
    with pytest.raises(ValidationError, match="现在的状态是"):
        result(done, checker, state="relapsed")


def test_a_sample_can_be_drawn_again() -> None:
    findings = [Finding(pk=number) for number in range(50)]
    drawn = afterwards.sample(findings, 20, "seed")
    assert len(drawn) == 10
    assert drawn == afterwards.sample(findings, 20, "seed")
    assert drawn != afterwards.sample(findings, 20, "other")
    assert len(afterwards.sample(findings[:2], 1, "seed")) == 1


def test_without_anything_closed_there_is_nothing_to_look_back_on(work, office, checker) -> None:
    work()
    values = {"title": "第一轮", "starts_on": TODAY, "due_on": LATER, "share": 100, "checker": checker.person}
    with pytest.raises(ValidationError, match="还没有销号的问题"):
        afterwards.plan_round(LookBackRound(organ=office.clerk.organ), values, office.clerk)
    assert not LookBackRound.objects.exists()


def test_relapsed_and_closed_again_it_shows_its_relapse(check, checker, strike_off) -> None:
    result(check, checker)
    finding = strike_off(Finding.objects.get())
    assert (finding.closed_on, finding.relapses) == (TODAY, 1)


def test_other_departments_look_for_the_same_fault(client, work, office) -> None:
    finding = work()
    client.force_login(office.leader)
    form = {"departments": [office.department.pk], "due_on": LATER.isoformat()}
    assert client.post(f"/findings/{finding.pk}/similar/", form).status_code == 302
    check = finding.similar_checks.get()
    assert check.person == office.department_head.person
    client.force_login(office.owner)
    assert client.get(f"/similar-checks/{check.pk}/answer/").status_code == 403
    client.force_login(office.department_head)
    answer = {"version": check.version, "state": "found", "result": "发现两件"}
    assert client.post(f"/similar-checks/{check.pk}/answer/", answer).status_code == 302
    check.refresh_from_db()
    assert (check.state, check.done_on) == ("found", TODAY)


def test_similar_findings_are_found_by_their_words(make_finding, clerk) -> None:
    own = make_finding(1, "提案办理超期、答复质量不高")
    close = make_finding(2, "部分提案办理超期")
    make_finding(3, "公务接待审批单要素不全")
    assert search.similar(Finding.objects.visible_to(clerk), own, own=True) == [close]


def test_similar_findings_of_organs_one_may_not_see_are_not_shown(
    make_finding, make_organ, make_account, organ
) -> None:
    own = make_finding(1, "提案办理超期")
    make_finding(2, "提案办理经常超期")
    stranger = make_account(make_organ("neighbour", "红河区政协机关"), "周行", Role.CLERK)
    assert search.similar(Finding.objects.visible_to(stranger), own, own=False) == []
    above = make_organ("above", "市委巡察办")
    Organ.objects.filter(pk=organ.pk).update(parent=above, path=f"{above.path}{organ.pk}/")
    supervisor = make_account(above, "程言", Role.SUPERVISOR)
    assert len(search.similar(Finding.objects.visible_to(supervisor), own, own=False)) == 1


def test_a_rule_keeps_its_earlier_texts(client, work, office) -> None:
    finding = work()
    rule = analysis.create_rule(
        Rule(organ=finding.organ),
        {"name": "提案办法", "change": "made", "text": "第一稿", "findings": [finding]},
        office.clerk,
    )
    analysis.change_rule(rule, {"text": "第二稿", "change": "revised"}, office.clerk, rule.version)
    assert [(one.number, one.text) for one in rule.versions.all()] == [(2, "第二稿"), (1, "第一稿")]
    client.force_login(office.leader)
    page = client.get(f"/rules/{rule.pk}/").content.decode()
    assert "第一稿" in page
    assert "1-1 提案办理超期" in page
    assert "1-1" in client.get("/rules/").content.decode()


def test_a_meeting_is_registered_with_its_people(client, inspection, office) -> None:
    client.force_login(office.clerk)
    form = {
        "version": 1,
        "inspection": inspection.pk,
        "kind": "special",
        "held_on": "2025-04-10",
        "title": "整改专题会议",
        "chair": office.head.person_id,
        "people": [office.leader.person_id, office.owner.person_id],
        "agenda": "研究整改方案",
    }
    assert client.post("/rectification-meetings/add/", form).status_code == 302
    page = client.get("/rectification-meetings/").content.decode()
    assert "整改专题会议" in page
    client.force_login(office.owner)
    assert client.get("/rectification-meetings/add/").status_code == 403


def test_another_checker_is_put_in_place_but_nobody_who_took_part(client, check, office) -> None:
    client.force_login(office.clerk)
    form = {"version": check.version, "checker": office.leader.person_id}
    refused = client.post(f"/look-back-checks/{check.pk}/checker/", form)
    assert "罗远参与过这个问题的整改或销号" in refused.content.decode()
    form["checker"] = office.department_head.person_id
    assert client.post(f"/look-back-checks/{check.pk}/checker/", form).status_code == 302
    check.refresh_from_db()
    assert check.checker == office.department_head.person
    client.force_login(office.owner)
    assert client.get(f"/look-back-checks/{check.pk}/checker/").status_code == 403


def test_where_the_person_asked_has_left_the_office_answers(client, work, office) -> None:
    finding = work()
    (asked,) = afterwards.ask_similar(
        finding=finding, departments=[office.department], due_on=LATER, by=office.leader
    )
    client.force_login(office.clerk)
    assert client.get(f"/similar-checks/{asked.pk}/answer/").status_code == 403
    Person.objects.filter(pk=asked.person_id).update(left_on=TODAY)
    answer = {"version": asked.version, "state": "clean", "result": "没有发现"}
    assert client.post(f"/similar-checks/{asked.pk}/answer/", answer).status_code == 302


def test_the_tasks_of_somebody_who_left_are_looked_after(client, work, office) -> None:
    finding = work()
    client.force_login(office.clerk)
    assert finding.measures.get().code not in client.get("/open-tasks/").content.decode()
    Person.objects.filter(pk=office.owner.person_id).update(left_on=TODAY)
    page = client.get("/open-tasks/").content.decode()
    assert "唐溪已离开" in page
    duties = client.get("/my-duties/").content.decode()
    assert "1 项任务没有责任人" in duties

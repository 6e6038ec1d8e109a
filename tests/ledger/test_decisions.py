"""Decisions: in order, never one's own, recused, delegated, sent back, withdrawn."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from xiaohao.core.models import AuditEntry
from xiaohao.core.services import audit, records
from xiaohao.core.services.records import Conflict
from xiaohao.ledger.models import Decision, Delegation, Outcome, Signature
from xiaohao.ledger.services import decisions
from xiaohao.rectification.decisions import MEASURE_CLOSING
from xiaohao.rectification.models import State


@pytest.fixture
def asked(work, complete, office) -> Decision:
    """The closing of a measure, asked by its owner: the office checks, then the leader signs."""
    measure = complete(work().measures.select_related("finding__inspection", "organ").get())
    return decisions.ask(MEASURE_CLOSING, about=measure, reason="办完了。", by=office.owner)


def measure_of(decision: Decision):
    from xiaohao.core import subjects

    return subjects.find(decision.about_kind, decision.about_number)


def test_signers_sign_in_order_and_the_last_one_decides(asked, office) -> None:
    with pytest.raises(ValidationError, match="现在轮到整改办签批"):
        decisions.agree(decision=asked, opinion="", by=office.leader)
    half = decisions.agree(decision=asked, opinion="材料齐全", by=office.clerk)
    assert (half.state, measure_of(asked).state) == (Decision.State.OPEN, State.COMPLETED)
    done = decisions.agree(decision=half, opinion="同意", by=office.leader)
    assert (done.state, measure_of(asked).state) == (Decision.State.APPROVED, State.CLOSED)
    assert [one.opinion for one in done.signatures.all()] == ["材料齐全", "同意"]


def test_each_signature_leaves_its_digest_in_the_log(asked, office) -> None:
    decisions.agree(decision=asked, opinion="材料齐全", by=office.clerk)
    signature = Signature.objects.get()
    entry = AuditEntry.objects.get(action="decision.signed")
    assert f"sm3:{signature.proof}" in entry.note
    assert len(signature.proof) == 64


def test_nobody_signs_his_own(work, complete, office) -> None:
    measure = complete(work().measures.select_related("finding__inspection", "organ").get())
    own = decisions.ask(MEASURE_CLOSING, about=measure, reason="办完了。", by=office.clerk)
    with pytest.raises(ValidationError, match="自己的申请不能由自己签批"):
        decisions.agree(decision=own, opinion="", by=office.clerk)
    decisions.agree(decision=own, opinion="", by=office.discipline)  # somebody else of the office can


def test_the_database_itself_refuses_that_somebody_signs_his_own(asked) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            decision=asked,
            round=1,
            position=1,
            person=asked.asked_by,
            asked_by=asked.asked_by,
            outcome=Outcome.AGREED,
            signed_at=timezone.now(),
            proof="x",
        )


def test_who_did_the_work_is_recused(asked, office, make_account, organ) -> None:
    Decision.objects.filter(pk=asked.pk).update(concerned=[office.clerk.person_id])
    asked.refresh_from_db()
    with pytest.raises(ValidationError, match="您应当回避"):
        decisions.agree(decision=asked, opinion="", by=office.clerk)


def test_the_owner_of_the_work_is_among_those_concerned(asked, office) -> None:
    assert office.owner.person_id in asked.concerned


def test_a_deputy_signs_between_the_days_of_the_delegation(asked, office, organ) -> None:
    decisions.agree(decision=asked, opinion="", by=office.clerk)
    today = timezone.localdate()

    def delegate(first: int, last: int) -> None:
        delegation = Delegation(
            organ=organ,
            person=office.leader.person,
            deputy=office.department_head.person,
            starts_on=today + dt.timedelta(days=first),
            ends_on=today + dt.timedelta(days=last),
            reason="出差",
        )
        records.create(delegation, by=office.leader, action="delegation.created")

    delegate(-9, -1)
    with pytest.raises(ValidationError, match="现在轮到责任领导"):
        decisions.agree(decision=asked, opinion="", by=office.department_head)
    delegate(0, 3)
    done = decisions.agree(decision=asked, opinion="代签", by=office.department_head)
    assert done.state == Decision.State.APPROVED
    assert done.signatures.last().on_behalf_of == office.leader.person


def test_a_delegation_does_not_let_the_owner_sign_for_the_leader(asked, office, organ) -> None:
    decisions.agree(decision=asked, opinion="", by=office.clerk)
    today = timezone.localdate()
    delegation = Delegation(
        organ=organ,
        person=office.leader.person,
        deputy=office.owner.person,
        starts_on=today,
        ends_on=today,
        reason="出差",
    )
    records.create(delegation, by=office.leader, action="delegation.created")
    with pytest.raises(ValidationError, match="自己的申请"):
        decisions.agree(decision=asked, opinion="", by=office.owner)


def test_it_goes_back_to_a_named_step_with_a_reason(asked, office) -> None:
    half = decisions.agree(decision=asked, opinion="", by=office.clerk)
    with pytest.raises(ValidationError, match="请写明理由"):
        decisions.send_back(decision=half, opinion=" ", by=office.leader, to=1)
    back = decisions.send_back(decision=half, opinion="再核一次数字", by=office.leader, to=1)
    assert (back.state, back.position, back.round) == (Decision.State.OPEN, 1, 2)
    again = decisions.agree(decision=back, opinion="核过了", by=office.clerk)
    assert decisions.agree(decision=again, opinion="", by=office.leader).state == Decision.State.APPROVED


def test_it_goes_back_to_who_asked_and_comes_again(asked, office) -> None:
    back = decisions.send_back(decision=asked, opinion="缺印发文件", by=office.clerk)
    assert back.state == Decision.State.RETURNED
    again = decisions.resubmit(decision=back, reason="已补文件", by=office.owner)
    assert (again.state, again.position, again.reason) == (Decision.State.OPEN, 1, "已补文件")
    decisions.agree(decision=again, opinion="", by=office.clerk)


def test_a_refused_closing_returns_the_measure_with_the_reason(asked, office) -> None:
    decisions.refuse(decision=asked, opinion="照片看不清", by=office.clerk)
    assert measure_of(asked).state == State.IN_PROGRESS
    entry = AuditEntry.objects.get(action="measure.sent_back")
    assert entry.note == "照片看不清"


def test_it_is_withdrawn_only_while_nobody_signed(asked, office) -> None:
    half = decisions.agree(decision=asked, opinion="", by=office.clerk)
    with pytest.raises(ValidationError, match="已经有人签批"):
        decisions.withdraw(decision=half, by=office.owner)


def test_withdrawn_by_who_asked_and_nobody_else(asked, office) -> None:
    with pytest.raises(ValidationError, match="只有申请人"):
        decisions.withdraw(decision=asked, by=office.clerk)
    assert decisions.withdraw(decision=asked, by=office.owner).state == Decision.State.WITHDRAWN


def test_the_same_is_not_asked_twice(asked, office) -> None:
    with pytest.raises(ValidationError, match="正在审批"):
        decisions.ask(MEASURE_CLOSING, about=measure_of(asked), reason="再问", by=office.owner)


def test_where_the_leader_cannot_sign_the_head_signs_for_him(asked, office) -> None:
    from xiaohao.core.services import organs

    decisions.agree(decision=asked, opinion="", by=office.clerk)
    with pytest.raises(ValidationError, match="现在轮到"):
        decisions.agree(decision=asked, opinion="", by=office.head)
    organs.set_active(account=office.leader, active=False, by=office.clerk)
    assert decisions.agree(decision=asked, opinion="", by=office.head).state == Decision.State.APPROVED


def test_where_nobody_can_sign_who_asked_takes_it_back(asked, office) -> None:
    from xiaohao.core.services import organs

    decisions.agree(decision=asked, opinion="", by=office.clerk)
    for account in (office.leader, office.head):
        organs.set_active(account=account, active=False, by=office.clerk)
    asked.refresh_from_db()
    assert decisions.withdraw(decision=asked, by=office.owner).state == Decision.State.WITHDRAWN


def test_nobody_signs_a_decision_twice_in_two_places(work, strike_off, office) -> None:
    finding = strike_off(work())
    decision = Decision.objects.get(kind="finding.closing", about_number=finding.pk)
    people = list(decision.signatures.values_list("person", flat=True))
    assert len(people) == len(set(people)) == 3


def test_two_who_sign_at_once_are_told(asked, office) -> None:
    version = asked.version
    decisions.agree(decision=asked, opinion="", by=office.clerk, expected_version=version)
    with pytest.raises(Conflict):
        decisions.agree(decision=asked, opinion="", by=office.discipline, expected_version=version)


def test_what_was_missing_at_the_last_signature_stops_it(work, complete, office) -> None:
    """Evidence taken away meanwhile, behind the back of the pages: nothing is half-done."""
    from xiaohao.core.models import Evidence

    measure = complete(work().measures.select_related("finding__inspection", "organ").get())
    asked = decisions.ask(MEASURE_CLOSING, about=measure, reason="办完了。", by=office.owner)
    half = decisions.agree(decision=asked, opinion="", by=office.clerk)
    Evidence.objects.all().delete()
    with pytest.raises(ValidationError, match="没有佐证材料"):
        decisions.agree(decision=half, opinion="", by=office.leader)
    asked.refresh_from_db()
    assert (asked.state, asked.signatures.count(), measure_of(asked).state) == (
        Decision.State.OPEN,
        1,
        State.COMPLETED,
    )
    assert list(audit.verify()) == []


def test_the_page_of_a_decision_says_whose_turn_it_is(client, asked, office) -> None:
    client.force_login(office.leader)
    page = client.get(f"/decisions/{asked.pk}/").content.decode()
    assert "现在轮到整改办签批。" in page
    assert "/sign/" not in page
    client.force_login(office.clerk)
    listed = client.get("/decisions/")
    assert [one.pk for one, _kind in listed.context["waiting"]] == [asked.pk]
    form = {"version": asked.version, "opinion": "材料齐全", "outcome": "agree"}
    assert client.post(f"/decisions/{asked.pk}/sign/", form).status_code == 302
    late = client.post(f"/decisions/{asked.pk}/sign/", form)
    assert "已修改这条记录" in late.content.decode()


def test_more_decisions_take_no_more_queries(
    client, work, complete, office, make_finding, make_measure, django_assert_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(office.clerk)
    client.get("/decisions/")
    counts = []
    finding = work()
    for number in (2, 3, 4):
        measure = make_measure(finding, number, owner=office.owner.person)
        done = complete(measure)
        decisions.ask(MEASURE_CLOSING, about=done, reason="办完了。", by=office.owner)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/decisions/")
        counts.append(len(queries))
    assert counts[0] == counts[-1]

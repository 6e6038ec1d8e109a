"""Who may take which step, role by role. The default is nobody."""

import datetime as dt

import pytest
from django.utils import timezone

from xiaohao.core.models import Role
from xiaohao.ledger.models import Decision
from xiaohao.ledger.services import decisions
from xiaohao.rectification.decisions import CHANGE, EXTENSION, FINDING_CLOSING, MEASURE_CLOSING, PLAN
from xiaohao.rectification.services import measures, plans

LATER = timezone.localdate() + dt.timedelta(days=40)
OFFICE = {Role.CLERK, Role.DISCIPLINE_REVIEWER}


@pytest.fixture(params=Role.values)
def somebody(request, organ, make_account):
    """One person of the organ for each role, in a department of his own."""
    return make_account(organ, f"某{request.param}", Role(request.param))


@pytest.fixture
def measure(work):
    return work().measures.select_related("finding__inspection", "finding__accountable_leader", "organ").get()


def role_of(account) -> Role:
    (role,) = account.roles
    return role


def test_who_reports_on_somebody_elses_measure(somebody, measure) -> None:
    assert (not measures.reporting(measure, somebody)) == (role_of(somebody) == Role.CLERK)


@pytest.mark.parametrize("kind", [MEASURE_CLOSING, EXTENSION, CHANGE], ids=lambda kind: kind.key)
def test_who_asks_about_somebody_elses_measure(somebody, measure, kind) -> None:
    assert (not kind.may_ask(somebody, measure)) == (role_of(somebody) == Role.CLERK)


def test_who_asks_to_close_a_finding(somebody, measure) -> None:
    allowed = role_of(somebody) == Role.CLERK
    assert (not FINDING_CLOSING.may_ask(somebody, measure.finding)) == allowed


def test_who_submits_a_plan(somebody, measure, inspection, office) -> None:
    plan = plans.draft(inspection=inspection, values={}, by=office.clerk)
    assert (not PLAN.may_ask(somebody, plan)) == (role_of(somebody) == Role.CLERK)


def test_who_signs_first_for_the_office(somebody, measure, complete, office) -> None:
    asked = decisions.ask(MEASURE_CLOSING, about=complete(measure), reason="办完了。", by=office.owner)
    assert (not decisions.refused(asked, "sign", somebody)) == (role_of(somebody) in OFFICE)


def test_who_signs_for_a_leader_by_name(somebody, measure, complete, office) -> None:
    """Nobody but the leader himself: another leader does not sign in his place."""
    asked = decisions.ask(MEASURE_CLOSING, about=complete(measure), reason="办完了。", by=office.owner)
    half = decisions.agree(decision=asked, opinion="", by=office.clerk)
    assert decisions.refused(half, "sign", somebody)
    assert not decisions.refused(half, "sign", office.leader)


def test_who_approves_the_plan(somebody, work, inspection, office) -> None:
    work()
    plan = plans.draft(inspection=inspection, values={}, by=office.clerk)
    asked = decisions.ask(PLAN, about=plan, reason="请审定。", by=office.clerk)
    assert (not decisions.refused(asked, "sign", somebody)) == (role_of(somebody) == Role.HEAD)


def test_only_who_asked_withdraws_and_submits_again(somebody, measure, office) -> None:
    content = {"deadline": (measure.deadline + dt.timedelta(days=9)).isoformat()}
    asked = decisions.ask(EXTENSION, about=measure, reason="等批复。", by=office.owner, content=content)
    assert decisions.refused(asked, "withdraw", somebody)
    Decision.objects.filter(pk=asked.pk).update(state=Decision.State.RETURNED)
    asked.refresh_from_db()
    assert decisions.refused(asked, "resubmit", somebody)
    assert not decisions.refused(asked, "resubmit", office.owner)


def test_what_is_waiting_is_the_same_on_the_page_and_in_the_rule(somebody, measure, complete, office) -> None:
    asked = decisions.ask(MEASURE_CLOSING, about=complete(measure), reason="办完了。", by=office.owner)
    listed = decisions.waiting_for(somebody) == [asked]
    assert listed == (role_of(somebody) in OFFICE)

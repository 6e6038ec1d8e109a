"""A proposal from submission to the answer that satisfies."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from xiaohao.core.models import AuditEntry, Role
from xiaohao.ledger.duties import duties_of_account
from xiaohao.ledger.indicators import INDICATORS, Period, figure
from xiaohao.ledger.models import ControlHit
from xiaohao.ledger.register import REGISTERS, take
from xiaohao.ledger.services import decisions
from xiaohao.registers.proposals.decisions import EXTENSION
from xiaohao.registers.proposals.register import PROPOSALS


@pytest.fixture
def leader(organ, make_account):
    return make_account(organ, "罗远", Role.LEADER)


@pytest.fixture
def handed_over(row, keeper, today):
    """A proposal handed over so many days ago."""

    def make(days: int = 10):
        proposal = take(
            PROPOSALS, row("proposals", submitted_on=today - dt.timedelta(400)), "file", {}, keeper
        )
        given = {
            "handed_over_on": today - dt.timedelta(days),
            "lead_unit": "区住建局",
            "handler": keeper.person,
        }
        return take(PROPOSALS, proposal, "hand_over", given, keeper)

    return make


def test_the_limit_follows_from_the_day_it_was_handed_over(handed_over, today) -> None:
    proposal = handed_over()
    assert 89 <= (proposal.due_on - proposal.handed_over_on).days <= 92


def test_what_is_missing_for_a_step_is_named(row, keeper) -> None:
    proposal = take(PROPOSALS, row("proposals"), "file", {}, keeper)
    with pytest.raises(ValidationError, match="主办单位"):
        take(PROPOSALS, proposal, "hand_over", {"handed_over_on": None}, keeper)


def test_a_wrong_addressee_returns_it_within_seven_days(handed_over, keeper, today) -> None:
    given = {"returned_on": today, "return_reason": "不属本单位职责"}
    assert take(PROPOSALS, handed_over(7), "return", given, keeper).state == "returned"
    with pytest.raises(ValidationError, match="7 天"):
        take(PROPOSALS, handed_over(8), "return", given, keeper)


def test_only_the_classes_of_the_place_are_taken(handed_over, keeper, today) -> None:
    with pytest.raises(ValidationError, match="A、B、C、D"):
        take(PROPOSALS, handed_over(), "answer", {"answered_on": today, "answer_class": "甲"}, keeper)


def test_a_dissatisfied_proposer_has_it_handled_again(handed_over, keeper, today) -> None:
    answer = {"answered_on": today, "answer_class": "B", "met_on": today}
    proposal = take(PROPOSALS, handed_over(), "answer", answer, keeper)
    proposal = take(PROPOSALS, proposal, "rate", {"satisfaction": "dissatisfied"}, keeper)
    assert ControlHit.objects.filter(control="proposals.not_rehandled", state="open").count() == 1
    with pytest.raises(ValidationError, match="不满意"):
        take(PROPOSALS, proposal, "conclude", {}, keeper)
    proposal = take(PROPOSALS, proposal, "rehandle", {}, keeper)
    assert ControlHit.objects.filter(control="proposals.not_rehandled", state="closed").count() == 1
    proposal = take(PROPOSALS, proposal, "answer", {**answer, "answer_class": "A"}, keeper)
    proposal = take(PROPOSALS, proposal, "rate", {"satisfaction": "satisfied"}, keeper)
    assert take(PROPOSALS, proposal, "conclude", {}, keeper).concluded_on == today


def test_more_time_needs_an_explanation_before_and_a_signature(handed_over, keeper, leader, today) -> None:
    proposal = handed_over(60)
    late = (proposal.handed_over_on + dt.timedelta(190)).isoformat()
    content = {"due_on": late, "explained_on": today.isoformat(), "explained_how": "当面说明"}
    with pytest.raises(ValidationError, match="最迟"):
        decisions.ask(EXTENSION, about=proposal, reason="涉及规划调整", content=content, by=keeper)
    until = proposal.due_on + dt.timedelta(30)
    content["due_on"] = until.isoformat()
    asked = decisions.ask(EXTENSION, about=proposal, reason="涉及规划调整", content=content, by=keeper)
    decisions.agree(decision=asked, opinion="同意", by=leader)
    proposal.refresh_from_db()
    assert proposal.due_on == until
    assert AuditEntry.objects.filter(action="proposal.extended").count() == 1


def test_the_handler_is_reminded_until_it_is_answered(handed_over, keeper, today) -> None:
    proposal = handed_over()
    (duty,) = [one for one in duties_of_account(keeper, today) if one.key.startswith("proposals.")]
    assert (duty.due_on, duty.address) == (proposal.due_on, f"/proposals/{proposal.pk}/")
    take(PROPOSALS, proposal, "answer", {"answered_on": today, "answer_class": "A"}, keeper)
    (duty,) = [one for one in duties_of_account(keeper, today) if one.key.startswith("proposals.")]
    assert str(duty.what) == "征询提案人的满意度"


def test_not_filing_is_a_leaders_word(row, keeper, leader) -> None:
    proposal = row("proposals")
    with pytest.raises(ValidationError, match="分管领导"):
        take(PROPOSALS, proposal, "not_file", {"not_filed_reason": "与已有提案重复"}, keeper)
    done = take(PROPOSALS, proposal, "not_file", {"not_filed_reason": "与已有提案重复"}, leader)
    assert done.state == "not_filed"


def test_every_rate_counts_what_it_says_and_opens_those_rows(row, keeper, client, today) -> None:
    common = {"state": "answered", "handed_over_on": today, "answered_on": today}
    row("proposals", **common, due_on=today, met_on=today, satisfaction="satisfied", is_solved=True)
    row("proposals", **common, due_on=today - dt.timedelta(1), satisfaction="dissatisfied")
    period = Period.year_to(today)
    client.force_login(keeper)
    for key in ("answered_on_time", "satisfied", "solved", "met"):
        got = figure(INDICATORS[f"proposals.{key}"], keeper, period)
        assert (got.value, got.base, str(got)) == (1, 2, "50.0%（1/2）")
        assert len(client.get(got.address).context["rows"]) == 1


def test_a_key_proposal_needs_a_leader(row, keeper) -> None:
    proposal = row("proposals")
    with pytest.raises(ValidationError, match="领衔"):
        REGISTERS["proposals"].save(proposal, {"is_key": True}, keeper, proposal.version)

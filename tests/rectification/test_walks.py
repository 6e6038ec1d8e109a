"""Random walks: whatever people do in whatever order, some things always hold."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xiaohao.core.models import Account, AuditEntry
from xiaohao.core.services import audit
from xiaohao.ledger.models import Decision, Signature
from xiaohao.ledger.services import decisions
from xiaohao.ledger.signing import awaited, signatories, stuck
from xiaohao.ledger.workflow import WORKFLOWS, refusal
from xiaohao.rectification.decisions import EXTENSION, FINDING_CLOSING, MEASURE_CLOSING
from xiaohao.rectification.models import DONE_STATES, Finding, LookBackRound, Measure, State
from xiaohao.rectification.services import afterwards, analysis, measures
from xiaohao.rectification.services.findings import overall_state

TODAY = timezone.localdate()
PEOPLE = ("clerk", "owner", "department_head", "leader", "head", "discipline")
ACTS = (
    "report",
    "complete",
    "ask_measure",
    "ask_finding",
    "extend",
    "agree",
    "agree",
    "agree",
    "refuse",
    "send_back",
    "resubmit",
    "withdraw",
    "analyse",
    "look_back",
)


class Walk:
    """People of a small organ who try things; what is refused is refused in words and leaves no trace."""

    def __init__(self, office, finding, complete) -> None:
        self.office, self.finding, self.done = office, finding, complete

    def step(self, act: str, who: str, number: int) -> None:
        account = getattr(self.office, who)
        entries, refusal_said = AuditEntry.objects.count(), None
        try:
            with transaction.atomic():
                getattr(self, act)(account, number)
        except ValidationError as refused:
            refusal_said = refused.messages
        if refusal_said is not None:
            assert all(refusal_said)
            assert AuditEntry.objects.count() == entries

    def measure(self, number: int) -> Measure:
        rows = Measure.objects.select_related(
            "finding__inspection", "finding__accountable_leader", "organ"
        ).order_by("number")
        return rows[number % rows.count()]

    def decision(self, number: int) -> Decision:
        rows = Decision.objects.exclude(state__in=["approved", "refused", "withdrawn"])
        if not rows.exists():
            raise ValidationError("nothing to decide")
        return rows.select_related("organ")[number % rows.count()]

    def report(self, account, number: int) -> None:
        measure = self.measure(number)
        said = measures.Report("在办。", State.IN_PROGRESS, percent=number % 90)
        measures.report(measure=measure, said=said, by=account, expected_version=measure.version)

    def complete(self, account, number: int) -> None:
        measure = self.measure(number)
        if (account != self.office.owner and not number % 2) or measure.state in DONE_STATES:
            raise ValidationError("only the owner does")
        self.done(measure)

    def ask_measure(self, account, number: int) -> None:
        by = self.office.owner if number % 2 else account
        decisions.ask(MEASURE_CLOSING, about=self.measure(number), reason="办完了。", by=by)

    def ask_finding(self, account, number: int) -> None:
        finding = Finding.objects.select_related("organ", "accountable_leader").get()
        by = self.office.owner if number % 2 else account
        decisions.ask(FINDING_CLOSING, about=finding, reason="可以销号。", by=by)

    def extend(self, account, number: int) -> None:
        measure = self.measure(number)
        day = (measure.deadline or TODAY) + dt.timedelta(days=number % 120)
        content = {"deadline": day.isoformat()}
        by = self.office.owner if number % 2 else account
        decisions.ask(EXTENSION, about=measure, reason="来不及。", by=by, content=content)

    def agree(self, account, number: int) -> None:
        """Let somebody try it; every other time somebody whose turn it is."""
        decision = self.decision(number)
        able = signatories([decision.organ]).able(decision, awaited(decision))
        if number % 2 and able:
            account = Account.objects.get(person=min(able))
        decisions.agree(decision=decision, opinion="", by=account)

    def refuse(self, account, number: int) -> None:
        decisions.refuse(decision=self.decision(number), opinion="不行", by=account)

    def send_back(self, account, number: int) -> None:
        decisions.send_back(decision=self.decision(number), opinion="再改", by=account, to=number % 3)

    def resubmit(self, account, number: int) -> None:
        decisions.resubmit(decision=self.decision(number), reason="改好了", by=account)

    def withdraw(self, account, number: int) -> None:
        decisions.withdraw(decision=self.decision(number), by=account)

    def analyse(self, account, _number: int) -> None:
        finding = Finding.objects.select_related("organ").get()
        values = {"root_cause": "没有人负责。", "no_rule_reason": "已有办法。"}
        analysis.analyse(finding=finding, values=values, by=account, expected_version=finding.version)

    def look_back(self, account, _number: int) -> None:
        values = {
            "title": "回头看",
            "starts_on": TODAY,
            "due_on": TODAY,
            "share": 100,
            "checker": self.office.department_head.person,
        }
        made = afterwards.plan_round(LookBackRound(organ=account.organ), values, account)
        check = made.checks.select_related("finding__organ", "checker", "organ", "round").get()
        afterwards.check(
            found=check,
            state="relapsed",
            result="又犯了",
            deadline=TODAY + dt.timedelta(days=30),
            by=check.checker.account,
            expected_version=check.version,
        )


def what_always_holds() -> None:
    finding = Finding.objects.get()
    states = list(Measure.objects.values_list("state", flat=True))
    if finding.closed_on is not None:
        assert set(states) <= set(DONE_STATES), "a closed finding with an open measure"
    assert finding.state == overall_state(states, closed=finding.closed_on is not None)
    for signature in Signature.objects.select_related("decision"):
        assert signature.person_id != signature.decision.asked_by_id
        assert signature.person_id not in signature.decision.concerned
    for decision in Decision.objects.filter(state="open").select_related("organ"):
        ways = not stuck(decision, signatories([decision.organ]))
        asker = decision.asked_by.account
        assert ways or not decisions.refused(decision, "withdraw", asker), "no way on"
    assert replayed("measure", Measure) == {
        row.pk: (row.state, row.progress, row.percent) for row in Measure.objects.all()
    }
    assert list(audit.verify()) == []


def replayed(kind: str, model) -> dict[int, tuple]:
    """Build the present state of the records from nothing but the log."""
    names = {str(state.label): state.value for state in State}
    rows: dict[int, dict] = {}
    for entry in AuditEntry.objects.filter(subject_kind=kind).order_by("sequence"):
        row = rows.setdefault(entry.subject_number, {"state": "not_started", "progress": "", "percent": 0})
        row.update({field: now for field, (_old, now) in entry.changes.items()})
    return {
        number: (names.get(row["state"], row["state"]), row["progress"], row["percent"])
        for number, row in rows.items()
    }


STEPS = st.lists(
    st.tuples(st.sampled_from(ACTS), st.sampled_from(PEOPLE), st.integers(0, 200)), min_size=30, max_size=80
)

# A walk that closes, extends, refuses and sends back, so that each run has seen it all.
FAR = [
    ("complete", "owner", 0),
    ("ask_measure", "owner", 0),
    ("agree", "discipline", 1),
    ("agree", "leader", 1),
    ("extend", "owner", 31),
    ("agree", "clerk", 1),
    ("agree", "leader", 1),
    ("complete", "owner", 1),
    ("ask_measure", "owner", 1),
    ("refuse", "clerk", 0),
    ("complete", "owner", 1),
    ("ask_measure", "owner", 1),
    ("send_back", "clerk", 0),
]


def test_whatever_people_do_some_things_always_hold(office, work, complete) -> None:
    """A walk that never closes or sends back anything would prove little: that is checked as well."""
    reached: set[str] = set()

    @settings(max_examples=25, deadline=None)
    @given(steps=STEPS)
    @example(steps=FAR)
    def walks(steps) -> None:
        with transaction.atomic():
            walk = Walk(office, work("修订办法", "开展培训"), complete)
            for act, who, number in steps:
                walk.step(act, who, number)
                what_always_holds()
            reached.update(AuditEntry.objects.values_list("action", flat=True))
            transaction.set_rollback(True)

    walks()
    assert {"measure.closed", "measure.extended", "decision.refused", "decision.returned"} <= reached


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=lambda workflow: workflow.key)
def test_no_state_is_without_a_way_on(workflow) -> None:
    """From every state some final state, or for a cycle the first one, can be reached again."""
    goals = set(workflow.final) or {workflow.first, *(step.target for step in workflow.steps)}
    for state in workflow.states.values:
        seen, ahead = {state}, [state]
        while ahead:
            here = ahead.pop()
            for step in workflow.steps:
                if here in step.sources and step.target not in seen:
                    seen.add(step.target)
                    ahead.append(step.target)
        assert seen & goals, state


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=lambda workflow: workflow.key)
def test_every_step_is_refused_from_a_wrong_state_with_a_sentence(workflow) -> None:
    for step in workflow.steps:
        for state in set(workflow.states.values) - set(step.sources):
            record = type("Record", (), {"state": state})()
            assert "现在的状态是" in refusal(workflow, record, step, None)

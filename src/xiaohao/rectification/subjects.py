"""What evidence, decisions and instructions are attached to in a rectification."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.core.access import ADD_EVIDENCE, allowed
from xiaohao.core.models import Account, Person
from xiaohao.core.subjects import Subject, declare
from xiaohao.ledger.services import controls
from xiaohao.rectification.access import may_analyse, may_report
from xiaohao.rectification.models import (
    DONE_STATES,
    Finding,
    LookBackCheck,
    Measure,
    Plan,
    SimilarCheck,
    State,
)
from xiaohao.rectification.services.measures import in_decision


def _measure_sealed(measure: Measure) -> str:
    if measure.state in DONE_STATES and measure.state != State.STANDING:
        return _("措施已经销号，材料是销号的根据，不能移走。")
    if in_decision(measure):
        return _("材料正在作为审批的根据，不能移走。")
    return ""


def _finding_sealed(finding: Finding) -> str:
    return _("问题已经销号，材料是销号的根据，不能移走。") if finding.closed_on else ""


def _answers_for_measure(measure: Measure) -> Iterable[Person]:
    people = (measure.owner, measure.accountable_leader, measure.finding.accountable_leader)
    return [person for person in people if person is not None]


def _answers_for_finding(finding: Finding) -> Iterable[Person]:
    owners = [measure.owner for measure in finding.measures.select_related("owner") if measure.owner]
    leader = [finding.accountable_leader] if finding.accountable_leader else []
    return [*owners, *leader]


def _checks(account: Account, check: LookBackCheck) -> bool:
    return check.checker_id == account.person_id and check.state == LookBackCheck.State.OPEN


declare(
    Subject(
        model=Finding,
        address=lambda number: reverse("finding", args=[number]),
        may_work=lambda account, finding: allowed(account, ADD_EVIDENCE) and may_analyse(account, finding),
        responsible=_answers_for_finding,
        sealed=_finding_sealed,
        changed=controls.run_for,
        related=("accountable_leader", "lead_department", "inspection"),
    )
)
declare(
    Subject(
        model=Measure,
        address=lambda number: reverse("measure", args=[number]),
        may_work=lambda account, measure: may_report(account, measure) and measure.state != State.CLOSED,
        responsible=_answers_for_measure,
        sealed=_measure_sealed,
        changed=controls.run_for,
        related=("finding__inspection", "finding__accountable_leader", "owner", "accountable_leader"),
    )
)
declare(
    Subject(
        model=Plan,
        address=lambda number: reverse("plan", args=[number]),
        may_work=lambda account, plan: plan.organ_id == account.organ.pk and allowed(account, ADD_EVIDENCE),
        related=("inspection",),
    )
)
declare(
    Subject(
        model=SimilarCheck,
        address=lambda number: reverse("similar_check", args=[number]),
        may_work=lambda account, check: check.person_id == account.person_id,
        responsible=lambda check: [check.person],
        related=("finding", "department", "person"),
    )
)
declare(
    Subject(
        model=LookBackCheck,
        address=lambda number: reverse("look_back_check", args=[number]),
        may_work=_checks,
        responsible=lambda check: [check.checker],
        related=("finding", "round", "checker"),
    )
)

"""Asking for a decision, signing it, sending it back, refusing and withdrawing it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from xiaohao.core import subjects
from xiaohao.core.access import BUSINESS
from xiaohao.core.models import Account, Record, Role
from xiaohao.core.services import records
from xiaohao.ledger.decision_kinds import KINDS, DecisionKind, label_of
from xiaohao.ledger.models import Decision, Outcome, Signature, Signer
from xiaohao.ledger.signing import signatories, signs_as, stuck
from xiaohao.ledger.workflow import Step, Workflow, declare, move, refusal
from xiaohao.lib.hash_chain import link

State = Decision.State
LABEL_LENGTH = 200


def may_sign(decision: Decision, account: Account | None) -> str:
    """Return why it is not the account's turn, as a sentence; empty when it is."""
    return signs_as(decision, account, signatories([decision.organ]))[1]


def may_withdraw(decision: Decision, account: Account | None) -> str:
    """Return why the applicant cannot take it back: once somebody signed, it runs its course."""
    if account is None or account.person_id != decision.asked_by_id:
        return _("只有申请人可以撤回。")
    signed = decision.state == State.OPEN and decision.signatures.filter(round=decision.round).exists()
    if signed and not stuck(decision, signatories([decision.organ])):
        return _("已经有人签批，不能撤回。")
    return ""


def may_resubmit(decision: Decision, account: Account | None) -> str:
    """Return why the account cannot ask again: the applicant does; once he no longer may, his successor.

    Whoever signed it at any time is not the successor: his signature would be under his own request.
    """
    if account is not None and account.person_id == decision.asked_by_id:
        return ""
    if account is None or _may_ask(decision, account):
        return _("由申请人修改后重新提交。")
    applicant = Account.objects.filter(person=decision.asked_by_id, is_active=True).first()
    if applicant is not None and not _may_ask(decision, applicant):
        return _("由申请人修改后重新提交。")
    if decision.signatures.filter(person=account.person_id).exists():
        return _("您签批过这项申请，由申请人或其他承办人重新提交。")
    return ""


def _may_ask(decision: Decision, account: Account) -> str:
    return KINDS[decision.kind].may_ask(account, _about(decision))


WORKFLOW: Workflow = declare(
    Workflow(
        key="decision",
        label=lazy("审批"),
        states=State,
        first=State.OPEN,
        steps=(
            Step(
                "sign",
                lazy("同意，转下一环节"),
                (State.OPEN,),
                State.OPEN,
                lazy("轮到的签批人"),
                may_sign,
            ),
            Step(
                "approve",
                lazy("最后一位同意"),
                (State.OPEN,),
                State.APPROVED,
                lazy("最后一位签批人"),
                may_sign,
            ),
            Step(
                "refuse",
                lazy("不同意"),
                (State.OPEN,),
                State.REFUSED,
                lazy("轮到的签批人"),
                may_sign,
            ),
            Step(
                "return",
                lazy("退回申请人"),
                (State.OPEN,),
                State.RETURNED,
                lazy("轮到的签批人"),
                may_sign,
            ),
            Step(
                "return_to",
                lazy("退回某一环节"),
                (State.OPEN,),
                State.OPEN,
                lazy("轮到的签批人"),
                may_sign,
            ),
            Step(
                "resubmit",
                lazy("重新提交"),
                (State.RETURNED,),
                State.OPEN,
                lazy("申请人"),
                may_resubmit,
            ),
            Step(
                "withdraw",
                lazy("撤回"),
                (State.OPEN, State.RETURNED),
                State.WITHDRAWN,
                lazy("申请人"),
                may_withdraw,
            ),
        ),
        final=frozenset({State.APPROVED, State.REFUSED, State.WITHDRAWN}),
    )
)


def refused(decision: Decision, key: str, account: Account) -> str:
    """Return why a step is not open to the account, as a sentence; empty when it is."""
    return refusal(WORKFLOW, decision, WORKFLOW.step(key), account)


def why_not(
    kind: DecisionKind, about: Record, by: Account, content: Mapping[str, Any] | None = None
) -> list[str]:
    """Return everything that keeps the account from asking now."""
    reason = kind.may_ask(by, about)
    if reason:
        return [reason]
    if Decision.objects.about(about).filter(kind=kind.key, state=State.OPEN).exists():
        return [_("申请正在审批，请等待结果。")]
    return kind.missing(about, content or {})


@transaction.atomic
def ask(
    kind: DecisionKind, *, about: Record, reason: str, by: Account, content: Mapping[str, Any] | None = None
) -> Decision:
    """Put a question to its signers. Raises ``ValidationError`` with everything that stands in the way."""
    given = dict(content or {})
    reasons = why_not(kind, about, by, given)
    if reasons:
        raise ValidationError(reasons)
    decision = records.create(
        Decision(
            organ=about.organ,
            kind=kind.key,
            about_kind=about.subject_kind,
            about_number=about.pk,
            about_label=str(about)[:LABEL_LENGTH],
            reason=reason,
            content=given,
            concerned=_concerned(kind, about),
            asked_by=by.person,
        ),
        by=by,
        action="decision.asked",
        note=str(kind.label),
    )
    plans = list(kind.signers(about, given))
    Signer.objects.bulk_create(
        Signer(
            decision=decision,
            position=position,
            label=str(plan.label),
            roles=",".join(plan.roles),
            person=plan.person,
            in_person=plan.in_person,
        )
        for position, plan in enumerate(plans, start=1)
    )
    kind.asked(decision, about, by)
    return decision


@transaction.atomic
def agree(*, decision: Decision, opinion: str, by: Account, expected_version: int | None = None) -> Decision:
    """Sign; the last signature decides, and what follows happens in the same transaction."""
    decision = _locked(decision, expected_version)
    _sign(decision, "sign", Outcome.AGREED, opinion, by)
    if decision.position < decision.signers.count():
        following = {"position": decision.position + 1}
        return _moved(decision, "sign", by, "decision.signed", following, opinion)
    kind, about = KINDS[decision.kind], _about(decision)
    missing = kind.missing(about, decision.content)
    if missing:
        raise ValidationError(missing)
    closing = {"decided_on": timezone.localdate()}
    decided = _moved(decision, "approve", by, "decision.approved", closing, opinion)
    kind.approve(decided, about, by)
    return decided


@transaction.atomic
def refuse(*, decision: Decision, opinion: str, by: Account, expected_version: int | None = None) -> Decision:
    """Say no, with the reason."""
    decision = _locked(decision, expected_version)
    _sign(decision, "refuse", Outcome.REFUSED, _needed(opinion), by)
    closing = {"decided_on": timezone.localdate()}
    decided = _moved(decision, "refuse", by, "decision.refused", closing, opinion)
    KINDS[decision.kind].refuse(decided, _about(decision), by)
    return decided


@transaction.atomic
def send_back(
    *, decision: Decision, opinion: str, by: Account, to: int = 0, expected_version: int | None = None
) -> Decision:
    """Send back with the reason, to the applicant (``to`` 0) or to an earlier place in the list."""
    decision = _locked(decision, expected_version)
    if not 0 <= to < decision.position:
        raise ValidationError(_("只能退回申请人或前面的环节。"))
    key = "return_to" if to else "return"
    _sign(decision, key, Outcome.RETURNED, _needed(opinion), by, returned_to=to)
    again = {"position": to or 1, "round": decision.round + 1}
    changed = _moved(decision, key, by, "decision.returned", again, opinion)
    if not to:
        KINDS[decision.kind].send_back(changed, _about(decision), by)
    return changed


@transaction.atomic
def resubmit(
    *, decision: Decision, reason: str, by: Account, content: Mapping[str, Any] | None = None
) -> Decision:
    """Ask again after it was sent back, which makes whoever does the applicant; the signers begin anew."""
    kind, about = KINDS[decision.kind], _about(decision)
    given = dict(decision.content if content is None else content)
    reasons = why_not(kind, about, by, given)
    if reasons:
        raise ValidationError(reasons)
    values = {
        "reason": reason,
        "content": given,
        "position": 1,
        "concerned": _concerned(kind, about),
        "asked_by": by.person,
    }
    again = _moved(_locked(decision, None), "resubmit", by, "decision.resubmitted", values, "")
    kind.asked(again, about, by)
    return again


@transaction.atomic
def withdraw(*, decision: Decision, by: Account) -> Decision:
    """Take it back while nobody has signed."""
    changed = _moved(_locked(decision, None), "withdraw", by, "decision.withdrawn", {}, "")
    KINDS[decision.kind].refuse(changed, _about(decision), by)
    return changed


def _concerned(kind: DecisionKind, about: Record) -> list[int]:
    return sorted({person.pk for person in kind.concerned(about)})


def _about(decision: Decision) -> Record:
    return subjects.find(decision.about_kind, decision.about_number)


def _locked(decision: Decision, expected_version: int | None) -> Decision:
    """Return the row as it stands, held until the end of the transaction. Raises ``records.Conflict``."""
    rows = Decision.objects.select_for_update(of=("self",)).select_related("organ", "changed_by__person")
    current = rows.get(pk=decision.pk)
    if expected_version is not None and current.version != expected_version:
        raise records.Conflict(current)
    return current


def _needed(opinion: str) -> str:
    if not opinion.strip():
        raise ValidationError(_("请写明理由。"))
    return opinion


def _sign(
    decision: Decision, key: str, outcome: Outcome, opinion: str, by: Account, returned_to: int | None = None
) -> Signature:
    reason = refused(decision, key, by)
    if reason:
        raise ValidationError(reason)
    principal, _reason = signs_as(decision, by, signatories([decision.organ]))
    now = timezone.now()
    said = (
        f"{decision.kind} {decision.about_kind} {decision.about_number} {decision.content} {decision.reason}"
    )
    who = f"{by.person_id} {outcome} {opinion} {now.isoformat()}"
    return Signature.objects.create(
        decision=decision,
        round=decision.round,
        position=decision.position,
        person=by.person,
        on_behalf_of_id=principal,
        asked_by=decision.asked_by,
        outcome=outcome,
        opinion=opinion,
        returned_to=returned_to,
        signed_at=now,
        proof=link("", f"{said} {who}"),
    )


def _moved(
    decision: Decision, key: str, by: Account, action: str, values: Mapping[str, Any], opinion: str
) -> Decision:
    """Write the step. The guard was asked before the signature; asking again would find it already there."""
    step = WORKFLOW.step(key)
    if step.guard is not may_sign:
        return move(WORKFLOW, decision, key, by=by, action=action, values=values)
    last = Signature.objects.filter(decision=decision, person=by.person).last()
    proof = f"sm3:{last.proof}" if last else ""
    note = f"{label_of(decision.kind)} {opinion} {proof}".strip()
    return records.change(decision, {**values, "state": step.target}, by=by, action=action, note=note)


def waiting_for(account: Account) -> list[Decision]:
    """Return the open decisions whose turn is the account's, oldest first, in a fixed number of queries."""
    rows = (
        Decision.objects.visible_to(account)
        .filter(state=State.OPEN)
        .select_related("organ", "asked_by")
        .prefetch_related("signers__person", "signatures")
        .order_by("pk")
    )
    if account.holds(Role.SUPERVISOR) and not account.holds(*BUSINESS):
        rows = rows.filter(signers__position=F("position"), signers__roles__contains=Role.SUPERVISOR)
    found = list(rows)
    people = signatories({decision.organ for decision in found} | {account.organ})
    return [decision for decision in found if not signs_as(decision, account, people)[1]]

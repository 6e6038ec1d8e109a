"""What is decided in a rectification: plan, closing, extension, change of who answers for a measure."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.core.access import Action, allowed
from xiaohao.core.dated_settings import value
from xiaohao.core.days import day_of
from xiaohao.core.models import Account, Department, Organ, Person, Role
from xiaohao.core.services import records
from xiaohao.core.services.evidence import evidence_of
from xiaohao.ledger.decision_kinds import Content, DecisionKind, SignerPlan, declare
from xiaohao.ledger.models import Decision
from xiaohao.ledger.services import controls
from xiaohao.rectification.access import (
    ASK_CHANGE,
    ASK_CLOSING,
    ASK_EXTENSION,
    CHANGE_PLANS,
    may_analyse,
    may_report,
)
from xiaohao.rectification.models import OPEN_STATES, Extension, Finding, Measure, Plan
from xiaohao.rectification.proofs import standings_of
from xiaohao.rectification.services import closing, measures, plans
from xiaohao.rectification.services.findings import refresh

OFFICE = (Role.CLERK, Role.DISCIPLINE_REVIEWER)


def _office() -> SignerPlan:
    return SignerPlan(_("整改办"), OFFICE)


def _head() -> SignerPlan:
    return SignerPlan(_("主要负责人"), (Role.HEAD,))


def _leader(leader: Person | None) -> SignerPlan:
    return SignerPlan(_("责任领导"), (Role.LEADER, Role.HEAD), leader)


def _leader_of(measure: Measure) -> Person | None:
    return measure.accountable_leader or measure.finding.accountable_leader


def _is_head(person: Person | None) -> bool:
    return person is not None and person.roles.filter(role=Role.HEAD).exists()


# --- closing a measure -------------------------------------------------------------------------------------


def _by_worker(action: Action) -> Callable[[Account, Measure], str]:
    """Return who may ask about a measure: whoever reports on it and may do the action at all."""

    def may_ask(account: Account, measure: Measure) -> str:
        if allowed(account, action) and may_report(account, measure):
            return ""
        return _("由责任人、委室负责人或整改办申请。")

    return may_ask


def _owner_of(measure: Measure) -> list[Person]:
    return [measure.owner] if measure.owner else []


def _measure_missing(measure: Measure, _content: Content) -> list[str]:
    return closing.measure_missing(measure, len(evidence_of([measure])[measure.pk]))


def _measure_signers(measure: Measure, _content: Content) -> Iterable[SignerPlan]:
    return [_office(), _leader(_leader_of(measure))]


def _measure_concerned(measure: Measure) -> Iterable[Person]:
    reporters = Person.objects.filter(account__in=measure.reports.values("created_by"))
    return [*_owner_of(measure), *reporters]


def _measure_refused(decision: Decision, measure: Measure, by: Account) -> None:
    if decision.state == Decision.State.REFUSED:
        last = decision.signatures.last()
        measures.send_back(measure, last.opinion if last else "", by)


MEASURE_CLOSING = declare(
    DecisionKind(
        key="measure.closing",
        label=gettext_lazy("措施销号"),
        may_ask=_by_worker(ASK_CLOSING),
        signers=_measure_signers,
        concerned=_measure_concerned,
        missing=_measure_missing,
        approve=lambda _decision, measure, by: measures.close(measure, by),
        refuse=_measure_refused,
        lines=lambda measure, _content: [
            (_("进展情况"), measure.progress),
            (_("时限"), _day(measure.deadline)),
        ],
    )
)


# --- closing a finding -------------------------------------------------------------------------------------


def _may_close_finding(account: Account, finding: Finding) -> str:
    if allowed(account, ASK_CLOSING) and may_analyse(account, finding):
        return ""
    return _("由整改办、牵头单位或责任人申请。")


def _finding_signers(finding: Finding, _content: Content) -> Iterable[SignerPlan]:
    signers = [_office()]
    if not _is_head(finding.accountable_leader):
        signers.append(_leader(finding.accountable_leader))
    signers.append(_head())
    if value(finding.organ, "closing.supervisor_confirms", timezone.localdate()):
        signers.append(SignerPlan(_("上级"), (Role.SUPERVISOR,)))
    return signers


def _finding_lines(finding: Finding, _content: Content) -> list[tuple[str, str]]:
    proofs = "\n".join(f"{one.title}：{_stands(one)}" for one in standings_of(finding))
    return [
        (_("原因分析"), finding.root_cause),
        (_("建章立制"), "、".join(str(rule) for rule in finding.rules.all()) or finding.no_rule_reason),
        (_("销号的凭据"), proofs or "—"),
    ]


def _stands(one: controls.Standing) -> str:
    """Say whether a control holds, and for how long it has."""
    if one.broken:
        return _("不成立，%(count)s 条") % {"count": len(one.hits)}
    if one.holds_since is None:
        return _("还没有检查过")
    return _("成立，自 %(day)s 起") % {"day": one.holds_since}


FINDING_CLOSING = declare(
    DecisionKind(
        key="finding.closing",
        label=gettext_lazy("问题销号"),
        may_ask=_may_close_finding,
        signers=_finding_signers,
        concerned=lambda finding: closing.workers(finding.measures.select_related("owner")),
        missing=lambda finding, _content: closing.finding_missing(finding, finding.measures.all()),
        approve=lambda _decision, finding, by: closing.close(finding, by),
        lines=_finding_lines,
    )
)


# --- extension ---------------------------------------------------------------------------------------------


def extension_bounds(measure: Measure) -> tuple[int, int, int]:
    """Return how many extensions there were, how many there may be, and how many days each may have."""
    today, organ = timezone.localdate(), measure.organ
    most_times = int(value(organ, "extension.most_times", today))
    most_days = int(value(organ, "extension.most_days", today))
    return measure.extensions.count(), most_times, most_days


def _extension_missing(measure: Measure, content: Content) -> list[str]:
    if measure.state not in OPEN_STATES:
        return [_("措施已经完成，不需要延期。")]
    if measure.deadline is None:
        return [_("这项措施没有时限，不需要延期。")]
    # Asked in time, signed later: what counts is the day it was asked.
    asked = _asked_on(measure)
    reasons = []
    if measure.deadline < asked:
        reasons.append(_("时限已过，延期要在到期之前申请。"))
    times, most_times, most_days = extension_bounds(measure)
    if times >= most_times:
        reasons.append(_("已经延期 %(times)s 次，达到上限。") % {"times": times})
    wanted = content.get("deadline")
    if wanted:
        new = dt.date.fromisoformat(str(wanted))
        if new <= measure.deadline:
            reasons.append(_("新时限要晚于原时限 %(day)s。") % {"day": measure.deadline})
        elif (new - measure.deadline).days > most_days:
            reasons.append(_("一次最多延期 %(days)s 天。") % {"days": most_days})
    return reasons


def _asked_on(measure: Measure) -> dt.date:
    """Return the day the open question was asked; today where there is none."""
    rows = Decision.objects.about(measure).filter(kind="extension", state__in=measures.UNFINISHED)
    asked = rows.first()
    return day_of(asked.created_at) if asked else timezone.localdate()


def _extend(decision: Decision, measure: Measure, by: Account) -> None:
    assert measure.deadline is not None  # noqa: S101 - ``missing`` was asked just before
    new = dt.date.fromisoformat(decision.content["deadline"])
    extension = Extension(
        organ=measure.organ,
        measure=measure,
        from_deadline=measure.deadline,
        to_deadline=new,
        decision=decision,
    )
    records.create(extension, by=by, action="extension.created")
    measures.deadline_moved(measure, new, by, decision.reason)


EXTENSION = declare(
    DecisionKind(
        key="extension",
        label=gettext_lazy("延期"),
        may_ask=_by_worker(ASK_EXTENSION),
        signers=lambda measure, _content: [_office(), _leader(_leader_of(measure))],
        concerned=_owner_of,
        missing=_extension_missing,
        approve=_extend,
        lines=lambda measure, content: [
            (_("原时限"), _day(measure.original_deadline or measure.deadline)),
            (_("申请延至"), str(content.get("deadline", ""))),
        ],
    )
)


# --- another owner after the plan was approved -------------------------------------------------------------


def _may_change(account: Account, measure: Measure) -> str:
    if not allowed(account, ASK_CHANGE) or not may_report(account, measure):
        return _("由整改办或委室负责人申请。")
    return ""


def _change_missing(measure: Measure, content: Content) -> list[str]:
    if measure.state not in OPEN_STATES:
        return [_("措施已经完成，不需要变更。")]
    if content and not _new_owner(measure.organ, content):
        return [_("请选择新的责任人。")]
    return []


def _new_owner(organ: Organ, content: Content) -> Person | None:
    return (
        organ.people.filter(pk=content.get("owner") or 0, left_on=None).select_related("department").first()
    )


def _change_owner(decision: Decision, measure: Measure, by: Account) -> None:
    owner = _new_owner(measure.organ, decision.content)
    assert owner is not None  # noqa: S101 - ``missing`` was asked just before
    department: Department | None = owner.department or measure.lead_department
    values: dict[str, Any] = {"owner": owner, "lead_department": department}
    changed = records.change(measure, values, by=by, action="measure.reassigned", note=decision.reason)
    refresh(changed.finding)


def _change_lines(measure: Measure, content: Content) -> list[tuple[str, str]]:
    owner = _new_owner(measure.organ, content)
    return [(_("现责任人"), str(measure.owner or "")), (_("新责任人"), str(owner or ""))]


CHANGE = declare(
    DecisionKind(
        key="measure.change",
        label=gettext_lazy("变更责任人"),
        may_ask=_may_change,
        signers=lambda measure, _content: [_leader(_leader_of(measure))],
        concerned=_owner_of,
        missing=_change_missing,
        approve=_change_owner,
        lines=_change_lines,
    )
)


# --- plan --------------------------------------------------------------------------------------------------


def _may_submit(account: Account, plan: Plan) -> str:
    if allowed(account, CHANGE_PLANS) and plan.organ_id == account.organ.pk:
        return ""
    return _("由整改办提交。")


def _plan_missing(plan: Plan, _content: Content) -> list[str]:
    if plan.state in (Plan.State.APPROVED, Plan.State.REPORTED):
        return [_("这一版方案已经批准。")]
    return plans.unfinished(plan.inspection)


def _plan_returned(_decision: Decision, plan: Plan, by: Account) -> None:
    if plan.state == Plan.State.SUBMITTED:
        plans.send_back(plan, by)


PLAN = declare(
    DecisionKind(
        key="plan.approval",
        label=gettext_lazy("整改方案审批"),
        may_ask=_may_submit,
        signers=lambda _plan, _content: [_head()],
        concerned=lambda _plan: [],
        missing=_plan_missing,
        approve=lambda _decision, plan, by: plans.approve(plan, by),
        asked=lambda _decision, plan, by: plans.submit(plan, by),
        refuse=_plan_returned,
        send_back=_plan_returned,
        lines=lambda plan, _content: [
            (_("问题数"), str(len(plan.content))),
            (_("措施数"), str(sum(len(one["measures"]) for one in plan.content))),
        ],
    )
)


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else "—"

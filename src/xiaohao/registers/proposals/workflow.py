"""The way of a proposal, and what each step sets."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.core.dated_settings import value
from xiaohao.core.models import Account, Role
from xiaohao.ledger.workflow import Step, Workflow, declare
from xiaohao.lib.periods import months_after
from xiaohao.registers.proposals.models import Proposal

State = Proposal.State
KEEPER = gettext_lazy("提案工作人员")
Given = Mapping[str, Any]


def classes_of(proposal: Proposal) -> list[str]:
    """Return the classes of answers of the organ, the solved one first."""
    text = str(value(proposal.organ, "proposals.classes", timezone.localdate()))
    return [part.strip() for part in text.replace("，", ",").split(",") if part.strip()]


def limit(proposal: Proposal, key: str, since: dt.date) -> dt.date:
    """Return the day so many months after ``since`` as the setting says for that day."""
    return months_after(since, int(value(proposal.organ, key, since)))


def _handed_over(proposal: Proposal, given: Given, _by: Account | None) -> Given:
    due = limit(proposal, "proposals.answer_months", given["handed_over_on"])
    return {
        "due_on": due,
        "return_reason": "",
        "returned_on": None,
        "original_due_on": None,
        "extended_on": None,
    }


def _returned(proposal: Proposal, given: Given, _by: Account | None) -> Given:
    assert proposal.handed_over_on is not None  # noqa: S101 - it was handed over
    days = int(value(proposal.organ, "proposals.return_days", proposal.handed_over_on))
    if (given["returned_on"] - proposal.handed_over_on).days > days:
        raise ValidationError(
            {"returned_on": _("不属职责的提案要在交办后 %(days)s 天内退回，已经超过。") % {"days": days}}
        )
    return {"due_on": None}


def _answered(proposal: Proposal, given: Given, _by: Account | None) -> Given:
    known = classes_of(proposal)
    if given["answer_class"] not in known:
        raise ValidationError({"answer_class": _("类别请写：%(known)s。") % {"known": "、".join(known)}})
    return {"satisfaction": "", "is_solved": given["answer_class"] == known[0]}


def _rehandled(proposal: Proposal, _given: Given, _by: Account | None) -> Given:
    today = timezone.localdate()
    return {"due_on": limit(proposal, "proposals.rehandle_months", today), "answered_on": None}


def _concludable(proposal: Proposal, _by: Account | None) -> str:
    if not proposal.satisfaction:
        return _("先登记提案人的满意度。")
    if proposal.satisfaction == Proposal.Satisfaction.DISSATISFIED:
        return _("提案人不满意，先重新办理。")
    return ""


def _dissatisfied(proposal: Proposal, _by: Account | None) -> str:
    if proposal.satisfaction != Proposal.Satisfaction.DISSATISFIED:
        return _("提案人不满意时才重新办理。")
    return ""


WORKFLOW = declare(
    Workflow(
        key="proposal",
        label=gettext_lazy("提案办理"),
        states=State,
        first=State.SUBMITTED,
        steps=(
            Step("file", gettext_lazy("审查立案"), (State.SUBMITTED,), State.FILED, KEEPER),
            Step(
                "not_file",
                gettext_lazy("不予立案"),
                (State.SUBMITTED,),
                State.NOT_FILED,
                gettext_lazy("分管领导"),
                fields=("not_filed_reason",),
                needs=("not_filed_reason",),
                roles=(Role.LEADER, Role.HEAD),
            ),
            Step(
                "hand_over",
                gettext_lazy("交办"),
                (State.FILED, State.RETURNED),
                State.HANDED_OVER,
                KEEPER,
                fields=("handed_over_on", "lead_unit", "joint_units", "handler", "supervision_office_on"),
                needs=("handed_over_on", "lead_unit", "handler"),
                also=_handed_over,
            ),
            Step(
                "return",
                gettext_lazy("承办单位退回"),
                (State.HANDED_OVER,),
                State.RETURNED,
                KEEPER,
                fields=("returned_on", "return_reason"),
                needs=("returned_on", "return_reason"),
                also=_returned,
            ),
            Step(
                "answer",
                gettext_lazy("登记答复"),
                (State.HANDED_OVER, State.REHANDLED),
                State.ANSWERED,
                KEEPER,
                fields=("answered_on", "answer_number", "answer_class", "met_on"),
                needs=("answered_on", "answer_class"),
                also=_answered,
            ),
            Step(
                "rate",
                gettext_lazy("登记满意度"),
                (State.ANSWERED,),
                State.ANSWERED,
                KEEPER,
                fields=("satisfaction",),
                needs=("satisfaction",),
            ),
            Step(
                "rehandle",
                gettext_lazy("退回重新办理"),
                (State.ANSWERED,),
                State.REHANDLED,
                KEEPER,
                guard=_dissatisfied,
                also=_rehandled,
            ),
            Step(
                "conclude",
                gettext_lazy("办结"),
                (State.ANSWERED,),
                State.CONCLUDED,
                KEEPER,
                guard=_concludable,
                also=lambda _proposal, _given, _by: {"concluded_on": timezone.localdate()},
            ),
        ),
        final=frozenset({State.NOT_FILED, State.CONCLUDED}),
    )
)

"""More time for an answer: explained to the proposer first, then approved."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.core.access import allowed
from xiaohao.core.forms import date_field
from xiaohao.core.models import Account, Role
from xiaohao.core.services import records
from xiaohao.ledger.decision_kinds import Content, DecisionKind, SignerPlan, declare
from xiaohao.ledger.forms import AskForm
from xiaohao.ledger.models import Decision
from xiaohao.registers.proposals.access import CHANGE
from xiaohao.registers.proposals.models import Proposal
from xiaohao.registers.proposals.workflow import limit

OPEN = (Proposal.State.HANDED_OVER, Proposal.State.REHANDLED)


class ExtensionForm(AskForm):
    """A later day, and when it was explained to the proposer."""

    due_on = date_field(gettext_lazy("申请延至"), required=True)
    explained_on = date_field(gettext_lazy("已向提案人说明的日期"), required=True)
    explained_how = forms.CharField(label=gettext_lazy("怎样说明的"), max_length=200)

    def content(self) -> dict[str, Any]:
        given = super().content()
        return {**given, **{name: given[name].isoformat() for name in ("due_on", "explained_on")}}


def _may_ask(account: Account, proposal: Proposal) -> str:
    own = proposal.organ_id == account.organ.pk
    if own and (allowed(account, CHANGE) or proposal.handler_id == account.person_id):
        return ""
    return _("由提案工作人员或跟踪人申请。")


def _missing(proposal: Proposal, content: Content) -> list[str]:
    """Before the limit, explained before, and not later than the longest limit."""
    if proposal.state not in OPEN or proposal.due_on is None or proposal.handed_over_on is None:
        return [_("提案不在办理中，不需要延期。")]
    if not content:
        return []
    due = dt.date.fromisoformat(content["due_on"])
    explained = dt.date.fromisoformat(content["explained_on"])
    longest = limit(proposal, "proposals.longest_months", proposal.handed_over_on)
    reasons = []
    if due <= proposal.due_on:
        reasons.append(_("新期限要晚于原期限 %(day)s。") % {"day": proposal.due_on})
    if due > longest:
        reasons.append(_("最迟可以延到 %(day)s。") % {"day": longest})
    if explained > proposal.due_on:
        reasons.append(_("要在原期限 %(day)s 以前向提案人说明。") % {"day": proposal.due_on})
    return reasons


def _extend(decision: Decision, proposal: Proposal, by: Account) -> None:
    values = {
        "due_on": dt.date.fromisoformat(decision.content["due_on"]),
        "original_due_on": proposal.due_on,
        "extended_on": timezone.localdate(),
    }
    records.change(proposal, values, by=by, action="proposal.extended", note=decision.reason)


EXTENSION = declare(
    DecisionKind(
        key="proposal.extension",
        label=gettext_lazy("提案延期"),
        may_ask=_may_ask,
        signers=lambda _proposal, _content: [SignerPlan(gettext_lazy("分管领导"), (Role.LEADER, Role.HEAD))],
        concerned=lambda proposal: [proposal.handler] if proposal.handler else [],
        missing=_missing,
        approve=_extend,
        lines=lambda proposal, content: [
            (_("原期限"), str(proposal.due_on)),
            (_("申请延至"), str(content.get("due_on", ""))),
            (_("向提案人说明"), f"{content.get('explained_on', '')} {content.get('explained_how', '')}"),
        ],
    )
)

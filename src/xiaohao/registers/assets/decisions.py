"""Disposal by collective decision and approval, and the signatures under a match."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.core.access import allowed
from xiaohao.core.models import Account, Role
from xiaohao.core.services import records
from xiaohao.ledger.decision_kinds import Content, DecisionKind, SignerPlan, declare
from xiaohao.ledger.forms import AskForm
from xiaohao.ledger.models import Decision
from xiaohao.registers.assets.access import CHANGE, CHANGE_MATCHES
from xiaohao.registers.assets.models import AssetCard, Difference, Match
from xiaohao.registers.meetings.models import Item

LEADER = SignerPlan(gettext_lazy("分管领导"), (Role.LEADER,))
HEAD = SignerPlan(gettext_lazy("主要负责人"), (Role.HEAD,))


class DisposalForm(AskForm):
    """How it goes, and which meeting decided it."""

    way = forms.ChoiceField(label=gettext_lazy("处置方式"), choices=AssetCard.Way.choices)
    decision: Any = forms.ModelChoiceField(
        Item._default_manager.filter(outcome=Item.Outcome.PASSED), label=gettext_lazy("集体决定的议题")
    )


class SigningForm(AskForm):
    """What the match came to, in a few words."""

    reason = forms.CharField(label=gettext_lazy("核对结论"), max_length=2000, widget=forms.Textarea)


def _may_dispose(account: Account, card: AssetCard) -> str:
    if card.organ_id == account.organ.pk and allowed(account, CHANGE):
        return ""
    return _("由资产管理人员申请。")


def _disposal_missing(card: AssetCard, content: Content) -> list[str]:
    if card.state == AssetCard.State.DISPOSED:
        return [_("资产已经处置。")]
    if content and not Item.objects.filter(
        pk=content["decision"], organ=card.organ, outcome=Item.Outcome.PASSED
    ):
        return [_("要先有会议通过的议题。")]
    return []


def _dispose(decision: Decision, card: AssetCard, by: Account) -> None:
    values = {
        "state": AssetCard.State.DISPOSED,
        "disposal": decision.content["way"],
        "disposed_on": timezone.localdate(),
        "decision": Item.objects.get(pk=decision.content["decision"], organ=card.organ),
    }
    records.change(card, values, by=by, action="asset_card.disposed", note=decision.reason)


def _item_name(content: Content) -> str:
    return str(Item.objects.filter(pk=content.get("decision") or 0).first() or "")


DISPOSAL = declare(
    DecisionKind(
        key="assets.disposal",
        label=gettext_lazy("资产处置"),
        may_ask=_may_dispose,
        signers=lambda _card, _content: [LEADER, HEAD],
        concerned=lambda card: [card.keeper] if card.keeper else [],
        missing=_disposal_missing,
        approve=_dispose,
        lines=lambda _card, content: [
            (_("处置方式"), str(AssetCard.Way(content["way"]).label) if "way" in content else ""),
            (_("集体决定的议题"), _item_name(content)),
        ],
    )
)


def _may_ask_match(account: Account, match: Match) -> str:
    if match.organ_id == account.organ.pk and allowed(account, CHANGE_MATCHES):
        return ""
    return _("由管账的人提交。")


def _match_missing(match: Match, _content: Content) -> list[str]:
    """Matched, and every difference explained."""
    if match.state == Match.State.SIGNED:
        return [_("已经签字。")]
    if match.matched_on is None:
        return [_("还没有核对。")]
    left = match.differences.filter(state=Difference.State.OPEN).count()
    return [_("还有 %(count)s 处差异没有说明。") % {"count": left}] if left else []


def _sign(decision: Decision, match: Match, by: Account) -> None:
    values = {
        "state": Match.State.SIGNED,
        "signed_on": timezone.localdate(),
        "conclusion": decision.reason,
    }
    records.change(match, values, by=by, action="asset_match.signed")


MATCH_SIGNING = declare(
    DecisionKind(
        key="assets.match_signing",
        label=gettext_lazy("账卡物核对签字"),
        may_ask=_may_ask_match,
        signers=lambda _match, _content: [LEADER, HEAD],
        concerned=lambda _match: [],
        missing=_match_missing,
        approve=_sign,
        lines=lambda match, _content: [(_("差异"), str(match.differences.count()))],
    )
)

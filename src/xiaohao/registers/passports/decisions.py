"""Leave for a private trip: the accountable leader and the head sign; whose trip it is does not."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.core.access import allowed
from xiaohao.core.models import Account, Role
from xiaohao.core.services import records
from xiaohao.ledger.decision_kinds import Content, DecisionKind, SignerPlan, declare
from xiaohao.ledger.models import Decision
from xiaohao.registers.passports.access import CHANGE_TRIPS
from xiaohao.registers.passports.models import TravelDocument, Trip

State = Trip.State


def _may_ask(account: Account, trip: Trip) -> str:
    if trip.organ_id == account.organ.pk and allowed(account, CHANGE_TRIPS):
        return ""
    return _("由本人或办公室申请。")


def _missing(trip: Trip, _content: Content) -> list[str]:
    if trip.state != State.APPLIED:
        return [_("申请已经办过。")]
    reasons = []
    if trip.document.state != TravelDocument.State.KEPT:
        reasons.append(_("证件不在库，先交存或收回证件。"))
    if trip.document.expires_on < trip.returns_on:
        reasons.append(_("证件 %(day)s 到期，早于回国日期。") % {"day": trip.document.expires_on})
    return reasons


def _decide(trip: Trip, state: str, by: Account, action: str) -> None:
    records.change(trip, {"state": state}, by=by, action=action)


LEAVE = declare(
    DecisionKind(
        key="passports.leave",
        label=gettext_lazy("因私出国（境）审批"),
        may_ask=_may_ask,
        signers=lambda _trip, _content: [
            SignerPlan(gettext_lazy("分管领导"), (Role.LEADER,)),
            SignerPlan(gettext_lazy("主要负责人"), (Role.HEAD,)),
        ],
        concerned=lambda trip: [trip.document.holder.person] if trip.document.holder.person else [],
        missing=_missing,
        approve=lambda _decision, trip, by: _decide(trip, State.APPROVED, by, "trip.approved"),
        refuse=lambda decision, trip, by: (
            _decide(trip, State.REFUSED, by, "trip.refused")
            if decision.state == Decision.State.REFUSED
            else None
        ),
        lines=lambda trip, _content: [
            (_("持证人"), str(trip.document.holder)),
            (_("前往"), trip.destination),
            (_("时间"), f"{trip.leaves_on} — {trip.returns_on}"),
            (_("事由"), trip.purpose),
        ],
    )
)

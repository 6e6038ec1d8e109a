"""Numbers about documents for private travel that reports use."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from xiaohao.core.then import said
from xiaohao.ledger.indicators import Indicator, Period, declare
from xiaohao.registers.passports.models import TravelDocument, Trip

State = TravelDocument.State
ENDED = (State.CANCELLED, State.LOST)


def _valid(rows: Any, period: Period) -> Any:
    """Return the documents there were at the period's end, with the state each was in then."""
    issued = rows.filter(issued_on__lte=period.last)
    return issued.alias(then=said(TravelDocument, "state", period.last)).exclude(then__in=ENDED)


declare(
    Indicator(
        "passports.kept",
        _("证件集中保管率"),
        _("期间末没有注销、遗失的证件中，在库保管或凭批准领用的占多少；录入以前的情况按录入时的登记"),
        TravelDocument,
        "travel-documents",
        lambda rows, period: _valid(rows, period).filter(then__in=(State.KEPT, State.LENT)),
        base=_valid,
    )
)
declare(
    Indicator(
        "passports.trips",
        _("因私出国（境）"),
        _("出境日期在期间内、已领证的申请件数"),
        Trip,
        "trips",
        lambda rows, period: rows.filter(
            state__in=(Trip.State.LENT, Trip.State.RETURNED), **period.of("leaves_on")
        ),
        word=_("件"),
    )
)

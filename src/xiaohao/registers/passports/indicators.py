"""Numbers about documents for private travel that reports use."""

from django.utils.translation import gettext_lazy as _

from xiaohao.ledger.indicators import Indicator, declare
from xiaohao.registers.passports.models import TravelDocument, Trip

State = TravelDocument.State
ENDED = (State.CANCELLED, State.LOST)

declare(
    Indicator(
        "passports.kept",
        _("证件集中保管率"),
        _("没有注销的证件中，在库保管或凭批准领用的占多少"),
        TravelDocument,
        "travel-documents",
        lambda rows, _period: rows.filter(state__in=(State.KEPT, State.LENT)),
        base=lambda rows, _period: rows.exclude(state__in=ENDED),
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

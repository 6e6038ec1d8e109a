"""Numbers about assets that reports use."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiaohao.ledger.indicators import Indicator, Period, declare
from xiaohao.registers.assets.models import AssetCard, StocktakeLine

PAGE = "assets"


def _present(rows: Any, period: Period) -> Any:
    """Return what had come by the period's end and not gone yet; without a day it is gone."""
    gone = Q(disposed_on__lte=period.last) | Q(disposed_on=None)
    return rows.filter(acquired_on__lte=period.last).exclude(gone, state=AssetCard.State.DISPOSED)


declare(
    Indicator(
        "assets.count",
        _("固定资产"),
        _("期间末已经取得、没有处置的资产卡片张数"),
        AssetCard,
        PAGE,
        _present,
        word=_("件"),
    )
)
declare(
    Indicator(
        "assets.value",
        _("资产价值"),
        _("期间末已经取得、没有处置的资产卡片价值合计，按现在登记的价值"),
        AssetCard,
        PAGE,
        _present,
        amount="value",
    )
)
declare(
    Indicator(
        "assets.disposed",
        _("处置的资产"),
        _("处置日期在期间内的资产价值合计"),
        AssetCard,
        PAGE,
        lambda rows, period: rows.filter(state=AssetCard.State.DISPOSED, **period.of("disposed_on")),
        amount="value",
    )
)
declare(
    Indicator(
        "assets.seen",
        _("盘点账实相符率"),
        _("期间内开始的盘点中，账实相符的占多少，按现在登记的结果"),
        StocktakeLine,
        "stocktake-lines",
        lambda rows, period: rows.filter(
            result=StocktakeLine.Result.FOUND, **period.of("stocktake__started_on")
        ),
        base=lambda rows, period: rows.filter(**period.of("stocktake__started_on")),
    )
)

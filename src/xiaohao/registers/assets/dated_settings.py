"""Rhythms of assets."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from xiaohao.core.dated_settings import LONG_AGO, Shipped, declare

declare(
    "assets.stocktake_days",
    _("固定资产：多久要盘点一次"),
    _("天"),
    Shipped(366, dt.date(2021, 4, 1), "行政事业性国有资产管理条例第三十四条；国管局办法第二十条“每年”", "Q"),
)
declare("assets.difference_days", _("固定资产：账卡物差异说明的期限"), _("天"), Shipped(30, LONG_AGO))

"""Limits of the official card; the local ones an organ sets from its own documents."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from xiaohao.core.dated_settings import LONG_AGO, Shipped, declare

declare(
    "vouchers.small_yuan",
    _("公务卡：无刷卡条件时可以用现金的单笔上限"),
    _("元"),
    Shipped(200, dt.date(2012, 1, 1), "中央预算单位公务卡强制结算目录（单笔不足200元）", "Q"),
)
declare("vouchers.split_days", _("公务卡：拆分支付的查看范围"), _("天"), Shipped(7, LONG_AGO))
declare("vouchers.check_days", _("公务卡：多久没有抽查就提醒"), _("天"), Shipped(95, LONG_AGO))

"""Numbers about vouchers that reports use."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from xiaohao.ledger.indicators import Indicator, Period, declare
from xiaohao.registers.vouchers.models import COMPULSORY, ExpenseKind, Method, VoucherLine

PAGE = "vouchers"


def _compulsory(rows: Any, period: Period) -> Any:
    return rows.filter(kind__in=COMPULSORY, **period.of("booked_on"))


def _spent_on(kind: ExpenseKind) -> Any:
    return lambda rows, period: rows.filter(kind=kind, **period.of("booked_on"))


declare(
    Indicator(
        "vouchers.by_card",
        _("公务卡结算率"),
        _("期间内强制结算目录的凭证中，用公务卡支付的占多少（转账不算）"),
        VoucherLine,
        PAGE,
        lambda rows, period: _compulsory(rows, period).filter(method=Method.CARD),
        base=lambda rows, period: _compulsory(rows, period).exclude(method=Method.TRANSFER),
    )
)
declare(
    Indicator(
        "vouchers.cash",
        _("现金支付的目录内支出"),
        _("期间内强制结算目录的凭证中，用现金支付的金额合计"),
        VoucherLine,
        PAGE,
        lambda rows, period: _compulsory(rows, period).filter(method=Method.CASH),
        amount="sum",
    )
)
for key, title, kind in (
    ("reception", _("公务接待费"), ExpenseKind.RECEPTION),
    ("vehicle", _("公务用车运行维护费"), ExpenseKind.VEHICLE),
):
    declare(
        Indicator(
            f"vouchers.{key}",
            title,
            _("期间内这一项支出的凭证金额合计"),
            VoucherLine,
            PAGE,
            _spent_on(kind),
            amount="sum",
        )
    )

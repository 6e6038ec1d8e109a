"""The registers of vouchers and of their checks."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiaohao.core.audit_words import name_actions
from xiaohao.core.models import Account
from xiaohao.ledger.register import Ask, Due, Part, Register, change_plainly, declare
from xiaohao.registers.vouchers.access import (
    CHANGE,
    CHANGE_SHEETS,
    SHEETS,
    TITLE,
    VIEW,
    VIEW_SHEETS,
)
from xiaohao.registers.vouchers.decisions import SIGNING
from xiaohao.registers.vouchers.forms import SigningForm
from xiaohao.registers.vouchers.models import CheckSheet, SampledLine, VoucherLine
from xiaohao.registers.vouchers.sampling import create_sheet

State = CheckSheet.State


def _may_check(account: Account, line: SampledLine) -> bool:
    sheet = line.sheet
    return sheet.state == State.OPEN and account.person_id in (sheet.finance_id, sheet.discipline_id)


def _keep_drawn(record: Any, values: Mapping[str, Any], by: Account, expected_version: int) -> Any:
    """What the sample was drawn from was settled when it was drawn; the rest may change."""
    drawn = ("first_day", "last_day", "size")
    kept = {name: value for name, value in values.items() if name not in drawn}
    return change_plainly(record, kept, by, expected_version)


VOUCHERS = declare(
    Register(
        key="vouchers",
        model=VoucherLine,
        title=TITLE,
        add_label=_("登记凭证"),
        empty=_("还没有凭证。从财务软件导出后导入，列名不同也可以，对应一次就记住。"),
        purpose=_("强制结算目录内的支出用公务卡；现金的要有理由，两位领导按期抽查。"),
        basis=_("财库〔2011〕160号；本地公务卡强制结算目录"),
        columns=("key", "booked_on", "kind", "summary", "sum", "method", "exemption"),
        fields=(
            "key",
            "booked_on",
            "kind",
            "summary",
            "payee",
            "sum",
            "method",
            "holder",
            "department",
            "spent_on",
            "due_on",
            "reimbursed_on",
            "exemption",
            "exemption_reason",
            "decision",
        ),
        filters=("method", "kind", "exemption", "department", "booked_on"),
        search=("key", "summary", "payee", "holder"),
        identity=("key",),
        example={
            "key": "记-202603-0012-1",
            "booked_on": "2026-03-05",
            "kind": "差旅费",
            "summary": "报销赴云岭市出差住宿费",
            "payee": "云岭宾馆",
            "sum": "680.00",
            "method": "公务卡",
            "holder": "曹云帆",
            "spent_on": "2026-02-26",
            "due_on": "2026-03-25",
            "reimbursed_on": "2026-03-05",
        },
        view=VIEW,
        change=CHANGE,
        order="-booked_on",
        related=("department", "decision"),
        by_lines=True,
        list_links=((SHEETS, "voucher-checks"),),
    )
)
CHECK_SHEETS = declare(
    Register(
        key="voucher-checks",
        model=CheckSheet,
        title=SHEETS,
        add_label=_("抽查凭证"),
        empty=_("还没有抽查。选定一段时间和笔数，随机抽取，由两位领导检查签字。"),
        columns=("title", "first_day", "last_day", "size", "state", "due_on"),
        fields=("title", "first_day", "last_day", "size", "due_on", "finance", "discipline"),
        facts=(
            "first_day",
            "last_day",
            "size",
            "seed",
            "due_on",
            "finance",
            "discipline",
            "signed_on",
            "conclusion",
        ),
        filters=("state", "last_day"),
        search=("title",),
        on_shelf=False,
        example={
            "title": "2026年第一季度凭证抽查",
            "first_day": "2026-01-01",
            "last_day": "2026-03-31",
            "size": "20",
            "due_on": "2026-04-15",
            "finance": "方静怡",
            "discipline": "韩松竹",
        },
        view=VIEW_SHEETS,
        change=CHANGE_SHEETS,
        order="-last_day",
        related=("finance", "discipline"),
        asks=(Ask(SIGNING, SigningForm),),
        parts=(Part("sampled-vouchers", "sheet"),),
        dues=(
            Due("check", _("抽查凭证"), Q(state=State.OPEN), "finance", "due_on"),
            Due("check_discipline", _("抽查凭证"), Q(state=State.OPEN), "discipline", "due_on"),
        ),
        create=create_sheet,
        save=_keep_drawn,
        responsible=lambda sheet: [sheet.finance, sheet.discipline],
    )
)
SAMPLED = declare(
    Register(
        key="sampled-vouchers",
        model=SampledLine,
        title=_("抽查的凭证"),
        add_label=_("增加凭证"),
        empty=_("没有抽到凭证。"),
        on_shelf=False,
        columns=("line", "sheet", "result", "remark"),
        fields=("result", "remark"),
        facts=("sheet", "line", "result", "remark"),
        filters=("result",),
        search=("remark",),
        example={"sheet": "2026年第一季度凭证抽查", "line": "记-202603-0012-1", "result": "合规"},
        view=VIEW_SHEETS,
        change=CHANGE_SHEETS,
        may_change=_may_check,
        may_add=False,
        related=("sheet", "line"),
    )
)
name_actions({"check_sheet.signed": _("抽查单签字完成")})

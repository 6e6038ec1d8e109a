"""The signatures of the two leaders under a check of vouchers."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.core.access import allowed
from xiaohao.core.models import Account
from xiaohao.core.services import records
from xiaohao.ledger.decision_kinds import Content, DecisionKind, SignerPlan, declare
from xiaohao.ledger.models import Decision
from xiaohao.registers.vouchers.access import CHANGE_SHEETS
from xiaohao.registers.vouchers.models import CheckSheet, SampledLine


def _may_ask(account: Account, sheet: CheckSheet) -> str:
    if sheet.organ_id == account.organ.pk and allowed(account, CHANGE_SHEETS):
        return ""
    return _("由办公室提交。")


def _missing(sheet: CheckSheet, _content: Content) -> list[str]:
    """Every line looked at."""
    if sheet.state == CheckSheet.State.SIGNED:
        return [_("已经签字。")]
    left = sheet.lines.filter(result=SampledLine.Result.OPEN).count()
    return [_("还有 %(count)s 笔没有检查。") % {"count": left}] if left else []


def _signed(decision: Decision, sheet: CheckSheet, by: Account) -> None:
    values = {
        "state": CheckSheet.State.SIGNED,
        "signed_on": timezone.localdate(),
        "conclusion": decision.reason,
    }
    records.change(sheet, values, by=by, action="check_sheet.signed")


SIGNING = declare(
    DecisionKind(
        key="voucher_check.signing",
        label=gettext_lazy("抽查单签字"),
        may_ask=_may_ask,
        signers=lambda sheet, _content: [
            SignerPlan(gettext_lazy("分管财务领导"), (), sheet.finance),
            SignerPlan(gettext_lazy("分管纪检领导"), (), sheet.discipline),
        ],
        concerned=lambda _sheet: [],
        missing=_missing,
        approve=_signed,
        lines=lambda sheet, _content: [
            (_("抽查笔数"), str(sheet.lines.count())),
            (_("有问题"), str(sheet.lines.filter(result=SampledLine.Result.WRONG).count())),
        ],
    )
)

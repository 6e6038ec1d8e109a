"""What must not happen with vouchers. Bounds are worked out in Python, money is integer fen."""

from typing import TypeAlias

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.ledger.controls import Control, Parameters, Severity, declare
from xiaohao.lib.money import yuan_of
from xiaohao.registers.vouchers.models import COMPULSORY, CheckSheet, Exemption, Method, VoucherLine

GROUP = gettext_lazy("公务卡和凭证")
CATALOGUE = gettext_lazy("财库〔2011〕160号：公务卡强制结算目录")
OWN_RULES = gettext_lazy("本单位公务卡结算管理办法")
Lines: TypeAlias = QuerySet[VoucherLine]


def _in_cash(lines: Lines) -> Lines:
    return lines.filter(method=Method.CASH, kind__in=COMPULSORY)


def compulsory_in_cash(lines: Lines, parameters: Parameters) -> Lines:
    """An item of the catalogue paid in cash without one of the exemptions, or above what they allow."""
    small = parameters.number("vouchers.small_yuan") * 100
    without = Q(exemption=Exemption.NONE)
    too_large = Q(exemption=Exemption.NO_READER, sum__gte=small)
    return _in_cash(lines).filter(without | too_large)


def exempt_without_reason(lines: Lines, _parameters: Parameters) -> Lines:
    """An exemption is claimed and nobody says why."""
    return _in_cash(lines).filter(exemption_reason="").exclude(exemption=Exemption.NONE)


def split(lines: Lines, parameters: Parameters) -> Lines:
    """Small cash payments to one payee for one thing: each below the limit, with those just before not.

    One row for each split: the payment by which the limit was reached.
    """
    small = parameters.number("vouchers.small_yuan") * 100
    days = parameters.number("vouchers.split_days")
    below = _in_cash(lines).filter(sum__gt=0, sum__lt=small).exclude(payee="")
    before = VoucherLine.objects.filter(
        organ=OuterRef("organ"),
        method=Method.CASH,
        kind=OuterRef("kind"),
        payee=OuterRef("payee"),
        booked_day__gt=OuterRef("booked_day") - days,
        booked_day__lte=OuterRef("booked_day"),
        sum__gt=0,
        sum__lt=small,
    )
    # SUM over the whole subquery: grouping by what is one value anyway would double its time.
    together = before.order_by().annotate(together=Func(F("sum"), function="SUM")).values("together")
    return below.annotate(together=Subquery(together)).filter(together__gte=small)


def reimbursed_late(lines: Lines, _parameters: Parameters) -> Lines:
    """Paid by card and handed in after the day the bank takes its money."""
    return lines.filter(method=Method.CARD, reimbursed_on__gt=F("due_on"))


def large_without_decision(lines: Lines, parameters: Parameters) -> Lines:
    """A sum from the organ's own line upward, paid without a meeting that decided it."""
    large = parameters.number("meetings.large_sum_yuan") * 100
    if not large:
        return lines.none()
    return lines.filter(sum__gte=large, decision=None)


def no_recent_check(sheets: "QuerySet[CheckSheet]", parameters: Parameters) -> "QuerySet[CheckSheet]":
    """The newest check there is ends too long ago."""
    before = parameters.days_ago(parameters.number("vouchers.check_days"))
    newer = CheckSheet.objects.filter(organ=OuterRef("organ"), last_day__gt=OuterRef("last_day"))
    return sheets.filter(~Exists(newer), last_day__lt=before)


def check_overdue(sheets: "QuerySet[CheckSheet]", parameters: Parameters) -> "QuerySet[CheckSheet]":
    """A check that is not signed by its day."""
    return sheets.filter(state=CheckSheet.State.OPEN, due_on__lt=parameters.today)


def _said(line: VoucherLine) -> dict[str, str]:
    return {"key": line.key, "sum": yuan_of(line.sum or 0), "what": line.summary, "payee": line.payee}


declare(
    Control(
        key="vouchers.compulsory_in_cash",
        title=gettext_lazy("强制结算目录内的支出用现金支付"),
        basis=CATALOGUE,
        severity=Severity.BREACH,
        model=VoucherLine,
        breaks=compulsory_in_cash,
        sentence=lambda line: (
            _("%(key)s %(what)s %(sum)s 元用现金支付，请补充不用公务卡的情形，或改用公务卡") % _said(line)
        ),
        group=GROUP,
        related=("department",),
    )
)
declare(
    Control(
        key="vouchers.exempt_without_reason",
        title=gettext_lazy("不用公务卡没有说明"),
        basis=OWN_RULES,
        severity=Severity.WARNING,
        model=VoucherLine,
        breaks=exempt_without_reason,
        sentence=lambda line: _("%(key)s %(sum)s 元选了不用公务卡的情形，请写明说明") % _said(line),
        group=GROUP,
        related=("department",),
    )
)
declare(
    Control(
        key="vouchers.split",
        title=gettext_lazy("疑似拆分支付"),
        basis=OWN_RULES,
        severity=Severity.WARNING,
        model=VoucherLine,
        breaks=split,
        sentence=lambda line: (
            _("%(key)s 与别的付给%(payee)s的现金合起来超过上限，请核实是否拆分") % _said(line)
        ),
        group=GROUP,
        related=("department",),
        by_itself=False,
    )
)
declare(
    Control(
        key="vouchers.reimbursed_late",
        title=gettext_lazy("公务卡到期还款日后才报销"),
        basis=gettext_lazy("公务卡管理办法第十八条"),
        severity=Severity.HINT,
        model=VoucherLine,
        breaks=reimbursed_late,
        sentence=lambda line: (
            _("%(key)s 应在 %(due)s 以前报销，滞纳金由个人承担") % {"key": line.key, "due": line.due_on}
        ),
        group=GROUP,
        related=("department",),
    )
)
declare(
    Control(
        key="vouchers.large_without_decision",
        title=gettext_lazy("大额资金没有集体决定就支付"),
        basis=gettext_lazy("本单位“三重一大”实施办法"),
        severity=Severity.BREACH,
        model=VoucherLine,
        breaks=large_without_decision,
        sentence=lambda line: _("%(key)s %(what)s %(sum)s 元没有对应的会议议题，请补充") % _said(line),
        group=GROUP,
        related=("department",),
    )
)
declare(
    Control(
        key="vouchers.check_overdue",
        title=gettext_lazy("凭证抽查超过期限"),
        basis=OWN_RULES,
        severity=Severity.WARNING,
        model=CheckSheet,
        breaks=check_overdue,
        sentence=lambda sheet: _("“%(sheet)s”应在 %(due)s 以前完成") % {"sheet": sheet, "due": sheet.due_on},
        group=GROUP,
        department=lambda sheet: sheet.finance.department,
        related=("finance__department",),
    )
)
declare(
    Control(
        key="vouchers.no_recent_check",
        title=gettext_lazy("很久没有抽查凭证"),
        basis=OWN_RULES,
        severity=Severity.WARNING,
        model=CheckSheet,
        breaks=no_recent_check,
        sentence=lambda sheet: _("最近一次抽查到 %(day)s 为止，请安排新的抽查") % {"day": sheet.last_day},
        group=GROUP,
        department=lambda sheet: sheet.finance.department,
        related=("finance__department",),
    )
)

"""Lines of vouchers, and the sheets on which two leaders check a sample of them."""

import datetime as dt
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.fields import FenField
from xiaohao.core.models import Department, Person, Record
from xiaohao.registers.meetings.models import Item


class ExpenseKind(models.TextChoices):
    """The 16 items that must be paid by card (财库〔2011〕160号), and what is not among them."""

    OFFICE = "office", _("办公费")
    PRINTING = "printing", _("印刷费")
    CONSULTING = "consulting", _("咨询费")
    FEES = "fees", _("手续费")
    UTILITIES = "utilities", _("水电费")
    POST = "post", _("邮电费")
    PROPERTY = "property", _("物业管理费")
    TRAVEL = "travel", _("差旅费")
    REPAIR = "repair", _("维修（护）费")
    RENT = "rent", _("租赁费")
    MEETING = "meeting", _("会议费")
    TRAINING = "training", _("培训费")
    RECEPTION = "reception", _("公务接待费")
    MATERIALS = "materials", _("专用材料费")
    VEHICLE = "vehicle", _("公务用车运行维护费")
    TRANSPORT = "transport", _("其他交通费用")
    OTHER = "other", _("目录以外")


COMPULSORY = tuple(kind.value for kind in ExpenseKind if kind != ExpenseKind.OTHER)


class Method(models.TextChoices):
    CARD = "card", _("公务卡")
    CASH = "cash", _("现金")
    TRANSFER = "transfer", _("转账")


class Exemption(models.TextChoices):
    """Why a compulsory item may be paid in cash (中央预算单位的规定; local ones add their own)."""

    NONE = "", _("没有")
    NO_READER = "no_reader", _("无刷卡条件的小额支出")
    PERSONAL = "personal", _("按规定支付给个人")
    TICKETS = "tickets", _("签证、快递、过桥过路、出租车")
    LOCAL = "local", _("县级以下无刷卡条件")
    OTHER = "other", _("其他经批准的情形")


class VoucherLine(Record):
    """A line of a voucher as the accounts have it, with how it was paid."""

    subject_kind = "voucher_line"
    said_by = "key"

    key = models.CharField(_("凭证行号"), max_length=40)  # number of the voucher and of the line
    booked_on = models.DateField(_("记账日期"))
    # The same day as a number, so that "within so many days" is plain arithmetic on every database.
    booked_day = models.PositiveIntegerField(editable=False, default=0)
    kind = models.CharField(_("支出项目"), max_length=10, choices=ExpenseKind.choices)
    summary = models.CharField(_("摘要"), max_length=200)
    payee = models.CharField(_("收款方"), max_length=120, blank=True)
    sum = FenField(_("金额"))
    method = models.CharField(_("支付方式"), max_length=8, choices=Method.choices)
    holder = models.CharField(_("经办人"), max_length=60, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("委室")
    )
    spent_on = models.DateField(_("消费日期"), null=True, blank=True)
    due_on = models.DateField(_("到期还款日"), null=True, blank=True)
    reimbursed_on = models.DateField(_("报销日期"), null=True, blank=True)
    exemption = models.CharField(_("不用公务卡的情形"), max_length=10, choices=Exemption.choices, blank=True)
    exemption_reason = models.CharField(_("不用公务卡的说明"), max_length=200, blank=True)
    decision = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("集体决定的议题")
    )

    class Meta:
        verbose_name = _("凭证")
        ordering: ClassVar = ["-booked_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "key"],
                name="voucher_line_once",
                violation_error_message=_("已经有这个凭证行号。"),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ", "booked_on", "id"]),
            models.Index(fields=["organ", "method", "kind"], name="voucher_method_kind"),
            models.Index(
                fields=["organ", "payee", "kind", "booked_day", "sum"],
                name="voucher_split",
                condition=models.Q(method="cash"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.summary}"

    def clean(self) -> None:
        """A sum is never zero, and an exemption says which. Raises ``ValidationError`` by field."""
        if isinstance(self.booked_on, dt.date):
            self.booked_day = self.booked_on.toordinal()
        if self.sum == 0:
            raise ValidationError({"sum": _("金额不能是零。")})
        if self.exemption_reason and not self.exemption:
            raise ValidationError({"exemption": _("写了说明，还要选是哪一种情形。")})


class CheckSheet(Record):
    """A sample of vouchers that the leaders for finance and for discipline check and sign.

    ``seed`` makes the sample reproducible: the same seed, period and share draw the same lines again.
    """

    class State(models.TextChoices):
        OPEN = "open", _("检查中")
        SIGNED = "signed", _("已签字")

    subject_kind = "check_sheet"
    said_by = "title"

    title = models.CharField(_("名称"), max_length=120)
    first_day = models.DateField(_("凭证日期从"))
    last_day = models.DateField(_("凭证日期到"))
    size = models.PositiveSmallIntegerField(_("抽查笔数"), default=30)
    seed = models.CharField(_("抽样种子"), max_length=32, editable=False)
    due_on = models.DateField(_("完成期限"))
    finance = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("分管财务领导"))
    discipline = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("分管纪检领导"))
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.OPEN)
    signed_on = models.DateField(_("签字日期"), null=True, blank=True)
    conclusion = models.TextField(_("检查结论"), blank=True)

    class Meta:
        verbose_name = _("凭证抽查单")
        ordering: ClassVar = ["-last_day", "-id"]
        indexes: ClassVar = [models.Index(fields=["organ", "state"])]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Two different people check. Raises ``ValidationError`` by field."""
        if self.finance_id is not None and self.finance_id == self.discipline_id:
            raise ValidationError({"discipline": _("要由两位不同的领导检查。")})
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("不能早于开始的日期。")})


class SampledLine(Record):
    """A line on a sheet and what the check found."""

    class Result(models.TextChoices):
        OPEN = "open", _("未检查")
        RIGHT = "right", _("合规")
        WRONG = "wrong", _("有问题")

    subject_kind = "sampled_line"

    sheet = models.ForeignKey(CheckSheet, models.CASCADE, related_name="lines", verbose_name=_("抽查单"))
    line = models.ForeignKey(VoucherLine, models.PROTECT, related_name="+", verbose_name=_("凭证"))
    result = models.CharField(_("结果"), max_length=8, choices=Result.choices, default=Result.OPEN)
    remark = models.CharField(_("检查情况"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("抽查的凭证")
        ordering: ClassVar = ["line__booked_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "sheet", "line"], name="sampled_line_once")
        ]

    def __str__(self) -> str:
        return str(self.line)

    def clean(self) -> None:
        """What is wrong is said. Raises ``ValidationError`` by field."""
        if self.result == self.Result.WRONG and not self.remark:
            raise ValidationError({"remark": _("请写明有什么问题。")})

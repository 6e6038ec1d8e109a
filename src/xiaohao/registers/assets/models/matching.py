"""The three-way match: books (账), cards (卡), things (物)."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.fields import FenField
from xiaohao.core.models import Person, Record
from xiaohao.registers.assets.models.stocktake import Stocktake


class Match(Record):
    """A match of the accounts' export with the cards and with a stocktake."""

    class State(models.TextChoices):
        OPEN = "open", _("核对中")
        SIGNED = "signed", _("已签字")

    subject_kind = "asset_match"
    said_by = "title"

    title = models.CharField(_("名称"), max_length=80)
    as_of = models.DateField(_("账面截止日期"))
    stocktake = models.ForeignKey(
        Stocktake, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("对应的盘点")
    )
    accountant = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("管账的人"))
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.OPEN)
    matched_on = models.DateField(_("核对日期"), null=True, blank=True, editable=False)
    signed_on = models.DateField(_("签字日期"), null=True, blank=True, editable=False)
    account_value = FenField(_("账面合计"), default=0, editable=False)
    card_value = FenField(_("卡片合计"), default=0, editable=False)
    conclusion = models.TextField(_("结论"), blank=True, editable=False)

    class Meta:
        verbose_name = _("账卡物核对")
        ordering: ClassVar = ["-as_of", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "title"],
                name="asset_match_title_once",
                violation_error_message=_("已经有这个名称的核对。"),
            )
        ]

    def __str__(self) -> str:
        return self.title


class AccountLine(Record):
    """A line of the accounts' export: a number of the books, how many things, and their value."""

    subject_kind = "account_line"
    said_by = "number"

    match = models.ForeignKey(Match, models.CASCADE, related_name="account_lines", verbose_name=_("核对"))
    number = models.CharField(_("账面编号"), max_length=30)
    name = models.CharField(_("名称"), max_length=120, blank=True)
    quantity = models.PositiveIntegerField(_("数量"), default=1)
    value = FenField(_("账面价值"))

    class Meta:
        verbose_name = _("资产账")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "match", "number"],
                name="account_line_once",
                violation_error_message=_("这次核对里已经有这个账面编号。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def clean(self) -> None:
        """The books under a signature stay as they are. Raises ``ValidationError``."""
        if self.match_id is not None and self.match.state == Match.State.SIGNED:
            raise ValidationError(_("这次核对已经签字，资产账不能再改。"))


class Difference(Record):
    """Where books, cards and things disagree; explained by a person before the match is signed."""

    class Kind(models.TextChoices):
        NO_CARD = "no_card", _("有账无卡")
        NO_ACCOUNT = "no_account", _("有卡无账")
        QUANTITY = "quantity", _("账卡数量不符")
        VALUE = "value", _("账卡价值不符")
        MISSING = "missing", _("有卡无物")
        ELSEWHERE = "elsewhere", _("地点不符")
        SURPLUS = "surplus", _("有物无卡")

    class State(models.TextChoices):
        OPEN = "open", _("未说明")
        EXPLAINED = "explained", _("已说明")
        GONE = "gone", _("已消除")

    subject_kind = "asset_difference"

    match = models.ForeignKey(Match, models.CASCADE, related_name="differences", verbose_name=_("核对"))
    kind = models.CharField(_("差异"), max_length=10, choices=Kind.choices)
    number = models.CharField(_("编号"), max_length=60)
    name = models.CharField(_("名称"), max_length=120, blank=True)
    account_value = FenField(_("账面价值"), null=True, blank=True)
    card_value = FenField(_("卡片价值"), null=True, blank=True)
    detail = models.CharField(_("情况"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    found_on = models.DateField(_("发现日期"))
    explanation = models.CharField(_("原因和处理"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("账卡物差异")
        ordering: ClassVar = ["kind", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "match", "kind", "number"], name="difference_once")
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "state", "found_on"])]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"

    def clean(self) -> None:
        """An explanation explains. Where it is taken back the difference is open again."""
        if self.state != self.State.GONE:
            self.state = self.State.EXPLAINED if self.explanation.strip() else self.State.OPEN

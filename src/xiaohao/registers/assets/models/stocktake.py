"""A stocktake: the book frozen, what was scanned, and what was found."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.fields import FenField
from xiaohao.core.models import Person, Record
from xiaohao.registers.assets.models.cards import AssetCard


class Stocktake(Record):
    """A round (盘点): when it begins the cards are frozen as lines, one for each thing to be there."""

    class State(models.TextChoices):
        OPEN = "open", _("盘点中")
        CLOSED = "closed", _("已结束")

    subject_kind = "stocktake"
    said_by = "title"

    title = models.CharField(_("名称"), max_length=80)
    started_on = models.DateField(_("开始日期"))
    due_on = models.DateField(_("完成期限"))
    leader = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("负责人"))
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.OPEN)
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)
    card_count = models.PositiveIntegerField(_("账面件数"), default=0, editable=False)
    card_value = FenField(_("账面价值"), default=0, editable=False)

    class Meta:
        verbose_name = _("资产盘点")
        ordering: ClassVar = ["-started_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "title"],
                name="stocktake_title_once",
                violation_error_message=_("已经有这个名称的盘点。"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """It ends after it begins. Raises ``ValidationError`` by field."""
        if self.started_on and self.due_on and self.due_on < self.started_on:
            raise ValidationError({"due_on": _("完成期限不能早于开始日期。")})


class StocktakeLine(Record):
    """A thing that should be there, as its card said when the round began, and whether it was seen."""

    class Result(models.TextChoices):
        OPEN = "open", _("未盘到")
        FOUND = "found", _("账实相符")
        ELSEWHERE = "elsewhere", _("地点不符")

    subject_kind = "stocktake_line"

    stocktake = models.ForeignKey(Stocktake, models.CASCADE, related_name="lines", verbose_name=_("盘点"))
    asset = models.ForeignKey(AssetCard, models.PROTECT, related_name="+", verbose_name=_("资产"))
    number = models.CharField(_("卡片编号"), max_length=30)
    name = models.CharField(_("资产名称"), max_length=120)
    room = models.CharField(_("账面地点"), max_length=60, blank=True)
    keeper_name = models.CharField(_("保管人"), max_length=60, blank=True)
    value = FenField(_("价值"))
    result = models.CharField(_("盘点结果"), max_length=10, choices=Result.choices, default=Result.OPEN)
    seen_room = models.CharField(_("实际地点"), max_length=60, blank=True)
    seen_at = models.DateTimeField(_("盘到时间"), null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    remark = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("盘点明细")
        ordering: ClassVar = ["room", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "stocktake", "number"], name="stocktake_line_once")
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "stocktake", "result", "room"])]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Surplus(Record):
    """A thing that was seen and has no card in the frozen book (盘盈)."""

    subject_kind = "stocktake_surplus"

    stocktake = models.ForeignKey(Stocktake, models.CASCADE, related_name="surpluses", verbose_name=_("盘点"))
    code = models.CharField(_("扫到的编号或名称"), max_length=60)
    room = models.CharField(_("地点"), max_length=60, blank=True)
    remark = models.CharField(_("处理意见"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("盘盈资产")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "stocktake", "code"], name="surplus_once_per_code")
        ]

    def __str__(self) -> str:
        return self.code


class Scan(models.Model):
    """One scan as a telephone sent it; its own key keeps it from counting twice when it is sent again."""

    stocktake = models.ForeignKey(Stocktake, models.CASCADE, related_name="scans")
    key = models.UUIDField()
    code = models.CharField(max_length=60)
    room = models.CharField(max_length=60, blank=True)
    scanned_at = models.DateTimeField()
    scanned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("扫码记录")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stocktake", "key"], name="scan_once_per_key")
        ]

    def __str__(self) -> str:
        return self.code

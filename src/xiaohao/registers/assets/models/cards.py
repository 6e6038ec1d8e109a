"""Asset cards, who had a thing before, and what was mended."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.fields import FenField
from xiaohao.core.models import Department, Person, Record
from xiaohao.registers.meetings.models import Item


class Category(models.TextChoices):
    """Top classes of GB/T 14885-2022."""

    BUILDINGS = "A01", _("A01 房屋和构筑物")
    EQUIPMENT = "A02", _("A02 设备")
    RELICS = "A03", _("A03 文物和陈列品")
    BOOKS = "A04", _("A04 图书和档案")
    FURNITURE = "A05", _("A05 家具和用具")
    SPECIES = "A06", _("A06 特种动植物")
    MATERIALS = "A07", _("A07 物资")
    INTANGIBLE = "A08", _("A08 无形资产")


class AssetCard(Record):
    """The card (资产卡片) of one thing."""

    class Source(models.TextChoices):
        BOUGHT = "bought", _("购置")
        ALLOTTED = "allotted", _("调拨")
        DONATED = "donated", _("接受捐赠")
        BUILT = "built", _("自建")
        OTHER = "other", _("其他")

    class State(models.TextChoices):
        IN_USE = "in_use", _("在用")
        IDLE = "idle", _("闲置")
        REPAIR = "repair", _("维修")
        DISPOSED = "disposed", _("已处置")

    class Way(models.TextChoices):
        SCRAPPED = "scrapped", _("报废")
        SOLD = "sold", _("出售")
        TRANSFERRED = "transferred", _("调拨划转")
        DONATED = "donated", _("捐赠")
        LOST = "lost", _("报损")

    subject_kind = "asset_card"
    said_by = "number"

    number = models.CharField(_("卡片编号"), max_length=30)
    name = models.CharField(_("资产名称"), max_length=120)
    category = models.CharField(_("资产分类"), max_length=3, choices=Category.choices)
    code = models.CharField(_("分类代码"), max_length=20, blank=True)
    model_name = models.CharField(_("品牌型号"), max_length=120, blank=True)
    serial = models.CharField(_("序列号"), max_length=60, blank=True)
    source = models.CharField(_("取得方式"), max_length=10, choices=Source.choices, default=Source.BOUGHT)
    acquired_on = models.DateField(_("取得日期"))
    value = FenField(_("价值"))
    account_number = models.CharField(
        _("账面编号"), max_length=30, blank=True, help_text=_("一笔账对应几张卡片时填写；不填就是卡片编号。")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("使用委室")
    )
    keeper = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("保管人")
    )
    room = models.CharField(_("存放地点"), max_length=60, blank=True)
    state = models.CharField(_("使用状况"), max_length=10, choices=State.choices, default=State.IN_USE)
    life_years = models.PositiveSmallIntegerField(_("最低使用年限（年）"), null=True, blank=True)
    disposed_on = models.DateField(_("处置日期"), null=True, blank=True)
    disposal = models.CharField(_("处置方式"), max_length=12, choices=Way.choices, blank=True)
    decision = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("集体决定的议题")
    )

    class Meta:
        verbose_name = _("资产卡片")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "number"],
                name="asset_number_once",
                violation_error_message=_("已经有这个卡片编号。"),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ", "state", "account_number"]),
            models.Index(fields=["organ", "room"]),
            models.Index(fields=["organ", "keeper"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def clean(self) -> None:
        """The books know it by its own number unless told otherwise. Raises ``ValidationError`` by field."""
        self.account_number = self.account_number or self.number
        if self.value is not None and self.value < 0:
            raise ValidationError({"value": _("价值不能是负数。")})


class Handover(Record):
    """A thing goes from one keeper to another (资产交接)."""

    subject_kind = "asset_handover"

    asset = models.ForeignKey(AssetCard, models.CASCADE, related_name="handovers", verbose_name=_("资产"))
    giver = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("移交人")
    )
    receiver = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("接收人"))
    handed_on = models.DateField(_("交接日期"))
    room = models.CharField(_("新的存放地点"), max_length=60, blank=True)
    condition = models.CharField(_("资产状况"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("资产交接")
        ordering: ClassVar = ["-handed_on", "-id"]

    def __str__(self) -> str:
        return f"{self.asset.number} → {self.receiver}"


class Repair(Record):
    """A repair of a thing."""

    subject_kind = "asset_repair"

    asset = models.ForeignKey(AssetCard, models.CASCADE, related_name="repairs", verbose_name=_("资产"))
    repaired_on = models.DateField(_("维修日期"))
    what = models.CharField(_("维修内容"), max_length=200)
    cost = FenField(_("费用"), null=True, blank=True)

    class Meta:
        verbose_name = _("资产维修")
        ordering: ClassVar = ["-repaired_on", "-id"]

    def __str__(self) -> str:
        return self.what

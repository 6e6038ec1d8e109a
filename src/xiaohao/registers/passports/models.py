"""Registered people, their documents, each trip they are lent for, and counts of the safe."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.encryption import digest
from xiaohao.core.fields import EncryptedField
from xiaohao.core.models import Person, Record


class RegisteredPerson(Record):
    """Somebody whose private travel is registered (登记备案人员), the retired included."""

    class Status(models.TextChoices):
        SERVING = "serving", _("在职")
        RETIRED = "retired", _("离退休")
        LEFT = "left", _("已调离、撤销备案")

    subject_kind = "registered_person"

    name = models.CharField(_("姓名"), max_length=60)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("名册中的人员")
    )
    post = models.CharField(_("职务"), max_length=80, blank=True)
    status = models.CharField(_("人员状态"), max_length=8, choices=Status.choices, default=Status.SERVING)
    identity_number = EncryptedField(_("身份证号"), blank=True)
    registered_on = models.DateField(_("备案日期"))
    post_changed_on = models.DateField(_("职务变动日期"), null=True, blank=True)
    updated_on = models.DateField(_("备案更新日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("备案人员")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "name"],
                name="registered_person_once",
                violation_error_message=_("已经登记了这位人员，同名的请在姓名后加以区别。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class TravelDocument(Record):
    """A passport or permit; its number is encrypted, and shown by its ends only."""

    class Kind(models.TextChoices):
        PASSPORT = "passport", _("普通护照")
        HONG_KONG_MACAO = "hong_kong_macao", _("往来港澳通行证")
        TAIWAN = "taiwan", _("大陆居民往来台湾通行证")

    class State(models.TextChoices):
        WITH_HOLDER = "with_holder", _("本人持有")
        KEPT = "kept", _("在库保管")
        LENT = "lent", _("已领用")
        LOST = "lost", _("遗失")
        CANCELLED = "cancelled", _("注销、作废")

    subject_kind = "travel_document"
    said_by = "shelf_number"

    shelf_number = models.CharField(_("保管编号"), max_length=20)
    holder = models.ForeignKey(
        RegisteredPerson, models.PROTECT, related_name="documents", verbose_name=_("持证人")
    )
    kind = models.CharField(_("证件种类"), max_length=16, choices=Kind.choices, default=Kind.PASSPORT)
    number = EncryptedField(_("证件号码"))
    number_digest = models.CharField(max_length=64, editable=False)  # so that no number stands twice
    issued_on = models.DateField(_("签发日期"))
    expires_on = models.DateField(_("有效期至"))
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.WITH_HOLDER)
    handed_in_on = models.DateField(_("交存日期"), null=True, blank=True)
    ended_on = models.DateField(_("注销、报失日期"), null=True, blank=True)
    ended_why = models.CharField(_("注销、遗失的说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("出国（境）证件")
        ordering: ClassVar = ["shelf_number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "shelf_number"],
                name="travel_document_shelf_once",
                violation_error_message=_("已经有这个保管编号。"),
            ),
            models.UniqueConstraint(
                fields=["organ", "number_digest"],
                name="travel_document_number_once",
                violation_error_message=_("已经登记了这个证件号码。"),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "state"])]

    def __str__(self) -> str:
        return f"{self.shelf_number} {self.holder.name} {self.get_kind_display()}"

    def clean(self) -> None:
        """It ends after it begins. Raises ``ValidationError`` by field."""
        self.number_digest = digest(self.number) if self.number else ""
        if self.issued_on and self.expires_on and self.expires_on <= self.issued_on:
            raise ValidationError({"expires_on": _("有效期要在签发日期之后。")})


class Trip(Record):
    """A private trip: applied for, approved, the document lent and returned."""

    class State(models.TextChoices):
        APPLIED = "applied", _("申请中")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("未批准")
        LENT = "lent", _("已领证")
        RETURNED = "returned", _("已交回")

    subject_kind = "trip"
    said_by = "number"

    number = models.CharField(_("申请编号"), max_length=30)
    document = models.ForeignKey(TravelDocument, models.PROTECT, related_name="trips", verbose_name=_("证件"))
    destination = models.CharField(_("前往国家（地区）"), max_length=80)
    purpose = models.CharField(_("事由"), max_length=120)
    leaves_on = models.DateField(_("出境日期"))
    returns_on = models.DateField(_("回国日期"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.APPLIED)
    lent_on = models.DateField(_("领证日期"), null=True, blank=True)
    due_on = models.DateField(_("应交回日期"), null=True, blank=True)
    returned_on = models.DateField(_("交回日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("因私出国（境）")
        ordering: ClassVar = ["-leaves_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "number"],
                name="trip_number_once",
                violation_error_message=_("已经有这个编号的申请。"),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "state", "due_on"])]

    def __str__(self) -> str:
        return f"{self.number} {self.destination}"

    def clean(self) -> None:
        """It ends after it begins. Raises ``ValidationError`` by field."""
        if self.leaves_on and self.returns_on and self.returns_on < self.leaves_on:
            raise ValidationError({"returns_on": _("回国日期不能早于出境日期。")})


class SafeCount(Record):
    """A count of the safe by two keepers: what should lie there, and what did."""

    subject_kind = "safe_count"
    said_by = "title"

    title = models.CharField(_("名称"), max_length=80)
    counted_on = models.DateField(_("清点日期"))
    keeper = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("管钥匙的人"))
    witness = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("管台账的人"))
    found = models.ManyToManyField(
        TravelDocument, blank=True, related_name="+", verbose_name=_("清点到的证件")
    )
    expected_count = models.PositiveIntegerField(_("应有本数"), default=0, editable=False)
    found_count = models.PositiveIntegerField(_("实有本数"), default=0, editable=False)
    missing = models.CharField(_("没有找到的"), max_length=500, blank=True, editable=False)
    explanation = models.CharField(_("差异说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("保险柜清点")
        ordering: ClassVar = ["-counted_on", "-id"]
        indexes: ClassVar = [models.Index(fields=["organ", "counted_on"])]

    def __str__(self) -> str:
        return f"{self.title}（{self.counted_on}）"

    def clean(self) -> None:
        """Two people count. Raises ``ValidationError`` by field."""
        if self.keeper_id is not None and self.keeper_id == self.witness_id:
            raise ValidationError({"witness": _("管钥匙和管台账要是两个人。")})

"""Evidence (佐证材料): what proves that something was done."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models.organs import Organ
from xiaohao.core.models.records import Record


class StoredFile(models.Model):
    """The bytes of a file, kept once per organ under their SM3 digest however often they are used."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    digest = models.CharField(_("摘要"), max_length=64)
    kind = models.CharField(_("类型"), max_length=8)
    size = models.PositiveBigIntegerField(_("大小"))
    file = models.FileField(_("文件"), max_length=200)

    class Meta:
        verbose_name = _("文件")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "digest"], name="file_once_per_organ")
        ]

    def __str__(self) -> str:
        return self.digest


class Evidence(Record):
    """A file that proves something about a record; its own date is not the day it was uploaded."""

    subject_kind = "evidence"

    about_kind = models.CharField(max_length=40, editable=False)
    about_number = models.BigIntegerField(editable=False)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="uses", verbose_name=_("文件"))
    name = models.CharField(_("文件名"), max_length=200)
    proves = models.CharField(_("证明什么"), max_length=300)
    dated = models.DateField(_("材料日期"), null=True, blank=True)
    source = models.CharField(_("来自"), max_length=120, blank=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("代替的旧版本"),
    )

    class Meta:
        verbose_name = _("佐证材料")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["organ", "about_kind", "about_number"])]

    def __str__(self) -> str:
        return self.name

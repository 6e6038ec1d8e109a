"""An inspection and the areas of its findings."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Organ, Record


class Inspection(Record):
    """One inspection (巡察/巡视) of an organ; numbered 1, 2, … within the organ."""

    subject_kind = "inspection"
    said_by = "title"
    logged_by_digest = frozenset({"source_text"})

    number = models.PositiveSmallIntegerField(_("编号"))
    title = models.CharField(_("名称"), max_length=200)
    inspecting_body = models.CharField(_("巡察组"), max_length=120, blank=True)
    inspected_unit = models.CharField(_("被巡察单位"), max_length=120, blank=True)
    inspected_from = models.DateField(_("巡察开始"), null=True, blank=True)
    inspected_to = models.DateField(_("巡察结束"), null=True, blank=True)
    feedback_on = models.DateField(_("反馈日期"), null=True, blank=True)
    open_from = models.DateField(_("公开开始"), null=True, blank=True)
    open_to = models.DateField(_("公开结束"), null=True, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=60, blank=True)
    signed_by = models.CharField(_("落款单位"), max_length=120, blank=True)
    signed_on = models.DateField(_("落款日期"), null=True, blank=True)
    responsibility = models.JSONField(_("组织部分"), default=list, blank=True)
    next_steps = models.JSONField(_("下一步打算"), default=list, blank=True)
    source_name = models.CharField(_("来源文件"), max_length=200, blank=True)
    source_hash = models.CharField(_("来源文件摘要"), max_length=64, blank=True)
    source_text = models.TextField(_("来源原文"), blank=True)

    class Meta:
        verbose_name = _("巡察")
        ordering: ClassVar = ["organ", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "number"], name="inspection_number_once_per_organ")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def code(self) -> str:
        return str(self.number)


class Area(Record):
    """A heading (方面) that groups findings of an inspection."""

    subject_kind = "area"

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="areas")
    number = models.PositiveSmallIntegerField(_("序号"))
    title = models.CharField(_("方面"), max_length=200)

    class Meta:
        verbose_name = _("方面")
        ordering: ClassVar = ["inspection", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "number"], name="area_number_once_per_inspection")
        ]

    def __str__(self) -> str:
        return self.title


class OrganCounts(models.Model):
    """What was counted of an organ when its log ended at ``sequence``; counted anew when that moves on.

    Findings, then measures, then instructions; ``services.statistics`` says what each name means.
    """

    organ = models.OneToOneField(Organ, models.CASCADE, primary_key=True, related_name="+")
    sequence = models.BigIntegerField()
    day = models.DateField()
    total = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    standing = models.PositiveIntegerField(default=0)
    phased = models.PositiveIntegerField(default=0)
    open = models.PositiveIntegerField(default=0)
    completed = models.PositiveIntegerField(default=0)
    overdue = models.PositiveIntegerField(default=0)
    relapsed = models.PositiveIntegerField(default=0)
    measures_total = models.PositiveIntegerField(default=0)
    measures_done = models.PositiveIntegerField(default=0)
    measures_overdue = models.PositiveIntegerField(default=0)
    measures_extended = models.PositiveIntegerField(default=0)
    measures_ever_late = models.PositiveIntegerField(default=0)
    measures_proven = models.PositiveIntegerField(default=0)
    unanswered = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("单位的统计数")
        indexes: ClassVar = [models.Index(fields=["-overdue", "organ"])]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.day}"


def next_inspection_number(organ: Organ) -> int:
    """Return the number the organ's next inspection gets, counted from 1."""
    newest: dict[str, Any] = Inspection.objects.filter(organ=organ).aggregate(top=models.Max("number"))
    return int(newest["top"] or 0) + 1

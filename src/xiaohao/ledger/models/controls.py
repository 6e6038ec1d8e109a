"""Controls: what breaks a rule, how many did on which day, and which closings rest on them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Department, Organ, Record


class ControlHit(Record):
    """A record that breaks a control: one row for each pair, opened and closed as the record changes.

    ``about_version`` is the version of the record when it was explained: a changed record must be explained
    anew.
    """

    class State(models.TextChoices):
        OPEN = "open", _("未处理")
        EXPLAINED = "explained", _("已说明")
        CLOSED = "closed", _("已消除")

    subject_kind = "control_hit"

    control = models.CharField(max_length=60, editable=False)
    about_kind = models.CharField(max_length=40, editable=False)
    about_number = models.BigIntegerField(editable=False)
    about_label = models.CharField(_("事项"), max_length=200, editable=False)
    about_version = models.PositiveIntegerField(default=0, editable=False)
    sentence = models.CharField(_("问题"), max_length=300, editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    department = models.ForeignKey(
        Department, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("委室")
    )
    found_on = models.DateField(_("发现日期"))
    gone_on = models.DateField(_("消除日期"), null=True, blank=True)
    explanation = models.TextField(_("说明"), blank=True)
    explained_until = models.DateField(_("说明有效期至"), null=True, blank=True)
    explained_at = models.DateTimeField(_("说明时间"), null=True, blank=True)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("检查发现")
        ordering: ClassVar = ["-found_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "control", "about_kind", "about_number"], name="hit_once_per_record"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "state", "control"])]

    def __str__(self) -> str:
        return self.sentence


class ControlDay(models.Model):
    """How many records broke a control at the end of a day it ran: the trend, and since when it holds."""

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="+")
    control = models.CharField(max_length=60)
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("检查趋势")
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "control", "day"], name="control_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.control} {self.day}"


class Proof(Record):
    """A record (a closed finding) rests on a control: when the control breaks, the record raises its hand."""

    subject_kind = "proof"

    about_kind = models.CharField(max_length=40, editable=False)
    about_number = models.BigIntegerField(editable=False)
    control = models.CharField(_("检查规则"), max_length=60)

    class Meta:
        verbose_name = _("销号的凭据")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "about_kind", "about_number", "control"],
                name="proof_once_per_control",
                violation_error_message=_("已经挂上这条检查规则。"),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "control"])]

    def __str__(self) -> str:
        return self.control

"""Supervision and instructions (督办、批示): put on anything, and answered."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Person, Record


class Instruction(Record):
    """What a leader or supervisor wrote on a record. An instruction must be answered; a remark need not."""

    class Kind(models.TextChoices):
        INSTRUCTION = "instruction", _("批示（须回复）")
        SUPERVISION = "supervision", _("督办（须回复）")
        REMARK = "remark", _("提示（不须回复）")

    class State(models.TextChoices):
        OPEN = "open", _("待回复")
        ANSWERED = "answered", _("已回复")
        NOTED = "noted", _("已知悉")

    subject_kind = "instruction"

    about_kind = models.CharField(max_length=40, editable=False)
    about_number = models.BigIntegerField(editable=False)
    about_label = models.CharField(_("事项"), max_length=200, editable=False)
    kind = models.CharField(_("类型"), max_length=12, choices=Kind.choices, default=Kind.INSTRUCTION)
    text = models.TextField(_("内容"))
    to = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("由谁回复"))
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("批示人"))
    due_on = models.DateField(_("回复期限"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.TextField(_("回复"), blank=True)
    answered_at = models.DateTimeField(_("回复时间"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("批示督办")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["organ", "about_kind", "about_number"]),
            models.Index(fields=["organ", "state", "due_on"]),
        ]

    def __str__(self) -> str:
        return self.text[:40]

"""What happens while measures are worked on: reports, extensions, supervision orders."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Record
from xiaohao.ledger.models import Decision
from xiaohao.rectification.models.findings import Measure, State


class ProgressEntry(Record):
    """One report of an owner: what was done, how far it is, with its own evidence."""

    subject_kind = "progress"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="reports")
    text = models.TextField(_("进展情况"))
    state = models.CharField(_("状态"), max_length=12, choices=State.choices)
    percent = models.PositiveSmallIntegerField(
        _("完成比例（%）"), default=0, validators=[MaxValueValidator(100)]
    )
    milestone = models.CharField(_("节点"), max_length=100, blank=True)
    advanced = models.BooleanField(_("有进展"), default=True)

    class Meta:
        verbose_name = _("进展报告")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["organ", "measure", "-id"])]

    def __str__(self) -> str:
        return f"{self.measure.code} {self.text[:40]}"


class Extension(Record):
    """A granted extension. The deadline of a measure moves in no other way once the plan is approved."""

    subject_kind = "extension"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="extensions")
    from_deadline = models.DateField(_("原时限"))
    to_deadline = models.DateField(_("新时限"))
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("延期")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["organ", "measure"])]

    def __str__(self) -> str:
        return f"{self.from_deadline} → {self.to_deadline}"


class SupervisionOrder(Record):
    """A graded order (督办单): near, behind, late; a second one for being behind comes as a letter."""

    class Grade(models.TextChoices):
        BLUE = "blue", _("蓝色督办（临近期限）")
        YELLOW = "yellow", _("黄色督办（进度滞后）")
        RED = "red", _("红色督办（已经逾期）")

    subject_kind = "supervision_order"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="orders")
    grade = models.CharField(_("等级"), max_length=8, choices=Grade.choices)
    deadline = models.DateField(_("整改时限"))
    number = models.PositiveSmallIntegerField(_("第几次"), default=1)
    letter = models.BooleanField(_("督办函"), default=False)
    issued_on = models.DateField(_("发出日期"))

    class Meta:
        verbose_name = _("督办单")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measure", "grade", "deadline", "number"], name="order_once_per_grade_and_deadline"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "-id"])]

    def __str__(self) -> str:
        return f"{self.get_grade_display()} {self.measure.code}"

"""What follows a finding: checks for the same fault elsewhere (举一反三) and look-backs (回头看)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Department, Person, Record
from xiaohao.rectification.models.findings import Finding


class SimilarCheck(Record):
    """A department is asked to look for the same fault in its own work."""

    class State(models.TextChoices):
        OPEN = "open", _("待排查")
        CLEAN = "clean", _("没有同类问题")
        FOUND = "found", _("发现同类问题")

    subject_kind = "similar_check"

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="similar_checks")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("排查委室"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("排查人"))
    due_on = models.DateField(_("完成期限"))
    state = models.CharField(_("结果"), max_length=10, choices=State.choices, default=State.OPEN)
    result = models.TextField(_("排查情况"), blank=True)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("举一反三排查")
        ordering: ClassVar = ["finding", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["finding", "department"],
                condition=models.Q(state="open"),
                name="one_open_similar_check",
                violation_error_message=_("这个委室已经有一项没做完的排查。"),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "state", "due_on"])]

    def __str__(self) -> str:
        return f"{self.department} {self.finding}"


class LookBackRound(Record):
    """A planned look-back over closed findings; the sample is drawn from ``seed`` and can be drawn again."""

    subject_kind = "look_back"

    title = models.CharField(_("名称"), max_length=120)
    starts_on = models.DateField(_("开始日期"))
    due_on = models.DateField(_("完成期限"))
    share = models.PositiveSmallIntegerField(_("抽查比例（%）"), default=100)
    seed = models.CharField(_("抽样种子"), max_length=32, editable=False)
    checker = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("检查人"))

    class Meta:
        verbose_name = _("回头看")
        ordering: ClassVar = ["-starts_on", "-id"]
        indexes: ClassVar = [models.Index(fields=["organ", "due_on"])]

    def __str__(self) -> str:
        return self.title


class LookBackCheck(Record):
    """One closed finding looked at again. Nobody who did, reported or signed it checks it."""

    class State(models.TextChoices):
        OPEN = "open", _("待检查")
        HOLDS = "holds", _("整改有效")
        PARTLY = "partly", _("部分有效")
        RELAPSED = "relapsed", _("反弹回潮")

    subject_kind = "look_back_check"

    round = models.ForeignKey(LookBackRound, models.CASCADE, related_name="checks")
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="look_backs")
    checker = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("检查人"))
    state = models.CharField(_("结果"), max_length=10, choices=State.choices, default=State.OPEN)
    result = models.TextField(_("检查情况"), blank=True)
    checked_at = models.DateTimeField(_("检查时间"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("回头看检查")
        ordering: ClassVar = ["round", "finding"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "finding"], name="finding_once_per_look_back")
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "state"])]

    def __str__(self) -> str:
        return f"{self.round} {self.finding}"

"""A proposal and the opinions of the units that answer it together."""

import datetime as dt
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Department, Person, Record


class Proposal(Record):
    """A proposal (提案) of members, parties or groups, handed over to the units that answer it."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("已提交")
        FILED = "filed", _("已立案")
        NOT_FILED = "not_filed", _("不予立案")
        HANDED_OVER = "handed_over", _("办理中")
        RETURNED = "returned", _("承办单位退回")
        ANSWERED = "answered", _("已答复")
        REHANDLED = "rehandled", _("重新办理")
        CONCLUDED = "concluded", _("办结")

    class Source(models.TextChoices):
        MEMBER = "member", _("委员个人")
        JOINT = "joint", _("委员联名")
        PARTY = "party", _("民主党派、团体")
        SECTOR = "sector", _("界别、委员小组")
        COMMITTEE = "committee", _("专门委员会")

    class Satisfaction(models.TextChoices):
        SATISFIED = "satisfied", _("满意")
        BASICALLY = "basically", _("基本满意")
        DISSATISFIED = "dissatisfied", _("不满意")
        NO_WORD = "no_word", _("未表态")

    subject_kind = "proposal"
    said_by = "number"

    number = models.CharField(_("案号"), max_length=30)
    title = models.CharField(_("案由"), max_length=200)
    source = models.CharField(_("提案来源"), max_length=12, choices=Source.choices, default=Source.MEMBER)
    proposers = models.CharField(_("提案人"), max_length=300)
    submitted_on = models.DateField(_("提交日期"))
    text = models.TextField(_("提案正文"), blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.SUBMITTED)
    not_filed_reason = models.CharField(_("不予立案的理由"), max_length=300, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("跟踪委室")
    )
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("跟踪人")
    )
    lead_unit = models.CharField(_("主办单位"), max_length=120, blank=True)
    joint_units = models.CharField(
        _("会办单位"), max_length=300, blank=True, help_text=_("几个单位之间用顿号隔开。")
    )
    handed_over_on = models.DateField(_("交办日期"), null=True, blank=True)
    supervision_office_on = models.DateField(_("送政府督查室日期"), null=True, blank=True)
    due_on = models.DateField(_("答复期限"), null=True, blank=True)
    original_due_on = models.DateField(_("延期前的期限"), null=True, blank=True, editable=False)
    extended_on = models.DateField(_("批准延期日期"), null=True, blank=True, editable=False)
    return_reason = models.CharField(_("退回理由"), max_length=300, blank=True)
    returned_on = models.DateField(_("退回日期"), null=True, blank=True)
    met_on = models.DateField(_("面商日期"), null=True, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    answer_number = models.CharField(_("答复文号"), max_length=60, blank=True)
    answer_class = models.CharField(
        _("答复类别"), max_length=10, blank=True, help_text=_("各地分类不同，可用的类别在设置里规定。")
    )
    is_solved = models.BooleanField(_("答复类别为已解决"), default=False, editable=False)
    satisfaction = models.CharField(_("满意度"), max_length=14, choices=Satisfaction.choices, blank=True)
    concluded_on = models.DateField(_("办结日期"), null=True, blank=True)
    is_key = models.BooleanField(_("重点提案"), default=False)
    led_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("领衔督办领导")
    )
    supervised_on = models.DateField(_("最近督办日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("提案")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "number"],
                name="proposal_number_once",
                violation_error_message=_("已经有这个案号的提案。"),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ", "state", "due_on"]),
            models.Index(fields=["organ", "handed_over_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def clean(self) -> None:
        """A key proposal has a leader, and days follow each other. Raises ``ValidationError`` by field."""
        if self.is_key and self.led_by_id is None:
            raise ValidationError({"led_by": _("重点提案要有领衔督办的领导。")})
        for earlier, later in (
            ("submitted_on", "handed_over_on"),
            ("handed_over_on", "answered_on"),
            ("answered_on", "concluded_on"),
        ):
            first, second = getattr(self, earlier), getattr(self, later)
            if isinstance(first, dt.date) and isinstance(second, dt.date) and second < first:
                before = self._meta.get_field(earlier).verbose_name  # type: ignore[union-attr]
                raise ValidationError({later: _("不能早于%(before)s。") % {"before": before}})


class JointOpinion(Record):
    """What a joint unit (会办单位) says to the lead unit, and by when it has to."""

    subject_kind = "joint_opinion"

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="opinions", verbose_name=_("提案"))
    unit = models.CharField(_("会办单位"), max_length=120)
    due_on = models.DateField(_("会办期限"))
    given_on = models.DateField(_("反馈日期"), null=True, blank=True)
    text = models.TextField(_("会办意见"), blank=True)

    class Meta:
        verbose_name = _("会办意见")
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "proposal", "unit"],
                name="joint_opinion_once_per_unit",
                violation_error_message=_("这个单位的会办意见已经登记。"),
            )
        ]

    def __str__(self) -> str:
        return self.unit

"""Kinds of meetings, meetings, their items, what follows from them, and whose kin must be thought of."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.fields import FenField
from xiaohao.core.models import Person, Record


class MeetingKind(Record):
    """A kind of meeting (党组会、主席会议、办公会) with the bases of its quorum and majority.

    Quorum: at least ``quorum_of`` / ``quorum_by`` of those entitled; for appointments ``appointment_of`` /
    ``appointment_by``. Majority: more than half of those entitled, or of those present.
    """

    class Base(models.TextChoices):
        ENTITLED = "entitled", _("应到会人数")
        PRESENT = "present", _("实到会人数")

    subject_kind = "meeting_kind"

    name = models.CharField(_("会议名称"), max_length=60)
    quorum_of = models.PositiveSmallIntegerField(_("到会比例：分子"), default=1)
    quorum_by = models.PositiveSmallIntegerField(_("到会比例：分母"), default=2)
    appointment_of = models.PositiveSmallIntegerField(_("讨论人事的到会比例：分子"), default=2)
    appointment_by = models.PositiveSmallIntegerField(_("讨论人事的到会比例：分母"), default=3)
    majority_base = models.CharField(
        _("过半数的基数"), max_length=10, choices=Base.choices, default=Base.ENTITLED
    )
    members = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name=_("组成人员"))

    class Meta:
        verbose_name = _("会议种类")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "name"],
                name="meeting_kind_once",
                violation_error_message=_("已经有这种会议。"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A share is at most one. Raises ``ValidationError`` by field."""
        for name in ("quorum", "appointment"):
            of, by = getattr(self, f"{name}_of"), getattr(self, f"{name}_by")
            if of is not None and by is not None and not 0 < of <= by:
                raise ValidationError({f"{name}_of": _("到会比例要大于零、不超过一。")})


class Kin(Record):
    """A relative (亲属) of a member, so that an item that concerns him is not decided by the member.

    Spouse, direct blood, collateral within three generations, near in-laws: 《公务员法》第七十四条.
    """

    subject_kind = "kin"

    person = models.ForeignKey(Person, models.PROTECT, related_name="kin", verbose_name=_("班子成员"))
    name = models.CharField(_("亲属姓名"), max_length=60)
    relation = models.CharField(_("关系"), max_length=30)
    work = models.CharField(_("工作单位或经营的企业"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("回避关系")
        ordering: ClassVar = ["person", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "person", "name"],
                name="kin_once_per_person",
                violation_error_message=_("这位亲属已经登记。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.person}{self.relation}）"


class Meeting(Record):
    """A meeting that decides. ``members`` are those entitled (应到), ``present`` those who came (实到)."""

    class State(models.TextChoices):
        PLANNED = "planned", _("筹备")
        SENT = "sent", _("已送材料")
        HELD = "held", _("已召开")
        MINUTED = "minuted", _("已印发纪要")

    subject_kind = "decision_meeting"
    said_by = "number"

    number = models.CharField(_("会议编号"), max_length=30)
    kind = models.ForeignKey(MeetingKind, models.PROTECT, related_name="+", verbose_name=_("会议种类"))
    held_on = models.DateField(_("会议日期"))
    place = models.CharField(_("地点"), max_length=80, blank=True)
    chair = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("主持人"))
    head = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("主要负责人"))
    members = models.ManyToManyField(Person, related_name="+", verbose_name=_("应到"))
    present = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name=_("实到"))
    absences = models.CharField(_("缺席人员和原因"), max_length=300, blank=True)
    agenda_sent_on = models.DateField(_("送达会议材料日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.PLANNED)
    minutes = models.TextField(_("会议纪要"), blank=True)
    minutes_on = models.DateField(_("纪要印发日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("决策会议")
        ordering: ClassVar = ["-held_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "number"],
                name="decision_meeting_number_once",
                violation_error_message=_("已经有这个编号的会议。"),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "held_on"])]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}（{self.held_on}）"


class Item(Record):
    """An item of a meeting (议题): what it is about, whom it concerns, who spoke, how it was voted."""

    class Kind(models.TextChoices):
        FIRST_TOPIC = "first_topic", _("第一议题")
        DECISION = "decision", _("重大决策")
        APPOINTMENT = "appointment", _("重要人事任免")
        PROJECT = "project", _("重大项目安排")
        LARGE_SUM = "large_sum", _("大额资金使用")
        OTHER = "other", _("其他事项")

    class Form(models.TextChoices):
        MEETING = "meeting", _("会议讨论")
        CIRCULATION = "circulation", _("传阅会签")

    class Outcome(models.TextChoices):
        PENDING = "pending", _("待议")
        PASSED = "passed", _("通过")
        REFUSED = "refused", _("未通过")
        DEFERRED = "deferred", _("缓议")
        HEARD = "heard", _("听取、学习")

    subject_kind = "meeting_item"
    said_by = "number"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", verbose_name=_("会议"))
    number = models.CharField(_("议题编号"), max_length=40)
    position = models.PositiveSmallIntegerField(_("顺序"), default=1)
    kind = models.CharField(_("类型"), max_length=12, choices=Kind.choices, default=Kind.DECISION)
    title = models.CharField(_("议题"), max_length=200)
    sum = FenField(_("涉及金额"), null=True, blank=True)
    reporter = models.CharField(_("汇报人"), max_length=60, blank=True)
    concerned = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name=_("涉及的班子成员"))
    concerned_others = models.CharField(
        _("涉及的其他人员、单位"), max_length=300, blank=True, help_text=_("几个之间用顿号隔开。")
    )
    concerned_kin = models.ManyToManyField(
        Kin, blank=True, related_name="+", verbose_name=_("涉及的亲属"), editable=False
    )
    recused = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name=_("已回避"))
    form = models.CharField(_("议事形式"), max_length=12, choices=Form.choices, default=Form.MEETING)
    speaking_order = models.CharField(
        _("发言顺序"), max_length=300, blank=True, help_text=_("按先后写姓名，用顿号隔开。")
    )
    last_speaker = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    votes_for = models.PositiveSmallIntegerField(_("同意票"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("不同意票"), null=True, blank=True)
    votes_abstain = models.PositiveSmallIntegerField(_("弃权、缓议票"), null=True, blank=True)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome.choices, default=Outcome.PENDING)
    resolution = models.TextField(_("议定事项"), blank=True)

    class Meta:
        verbose_name = _("议题")
        ordering: ClassVar = ["meeting", "position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "number"],
                name="meeting_item_number_once",
                violation_error_message=_("已经有这个编号的议题。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class FollowUp(Record):
    """A task that follows from an item (会后落实)."""

    subject_kind = "follow_up"

    item = models.ForeignKey(Item, models.CASCADE, related_name="follow_ups", verbose_name=_("议题"))
    what = models.CharField(_("落实事项"), max_length=200)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("责任人"))
    due_on = models.DateField(_("完成期限"))
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    result = models.TextField(_("落实情况"), blank=True)

    class Meta:
        verbose_name = _("会后落实")
        ordering: ClassVar = ["due_on", "id"]

    def __str__(self) -> str:
        return self.what

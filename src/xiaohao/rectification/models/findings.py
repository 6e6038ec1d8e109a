"""Findings and the measures that answer them."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Department, Person, Record
from xiaohao.rectification.models.inspections import Area, Inspection
from xiaohao.rectification.models.origin import FromElsewhere


class State(models.TextChoices):
    """How far a measure, or a finding as a whole, has come."""

    NOT_STARTED = "not_started", _("未启动")
    IN_PROGRESS = "in_progress", _("整改中")
    PHASED = "phased", _("阶段性完成")
    COMPLETED = "completed", _("已完成待销号")
    CLOSED = "closed", _("已销号")
    STANDING = "standing", _("长期坚持")


OPEN_STATES = (State.NOT_STARTED, State.IN_PROGRESS, State.PHASED)
DONE_STATES = (State.CLOSED, State.STANDING)


class Kind(models.TextChoices):
    """When a measure is due."""

    AT_ONCE = "at_once", _("立行立改")
    BY_DATE = "by_date", _("限期整改")
    STANDING = "standing", _("长期坚持")


class Cause(Record):
    """A kind of root cause, from a list the organ keeps for itself."""

    subject_kind = "cause"

    name = models.CharField(_("原因类别"), max_length=60)

    class Meta:
        verbose_name = _("原因类别")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "name"],
                name="cause_name_once_per_organ",
                violation_error_message=_("已经有这个原因类别。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Finding(FromElsewhere, Record):
    """A problem the inspection named; its code is said aloud as "1-3": inspection 1, finding 3.

    ``state`` and ``deadline`` (the earliest of its open measures, else the latest of all) follow from the
    measures and from ``closed_on``; ``services.findings.refresh`` keeps them here: lists need one table.
    ``round`` is 1, and one more for every relapse.
    """

    subject_kind = "finding"
    said_by = "code"

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="findings")
    area = models.ForeignKey(Area, models.PROTECT, related_name="findings", verbose_name=_("方面"))
    number = models.PositiveIntegerField(_("序号"))
    code = models.CharField(_("编号"), max_length=20, editable=False)
    title = models.CharField(_("反馈问题"), max_length=300)
    detail = models.TextField(_("具体表现"), blank=True)
    goal = models.TextField(_("整改目标"), blank=True)
    text = models.TextField(_("整改情况"), blank=True)
    stated_status = models.CharField(_("原文状态"), max_length=60, blank=True)
    accountable_leader = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("责任领导")
    )
    lead_department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("牵头单位")
    )
    source_start = models.PositiveIntegerField(null=True, editable=False)
    source_end = models.PositiveIntegerField(null=True, editable=False)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.NOT_STARTED)
    deadline = models.DateField(_("整改时限"), null=True, editable=False)
    closed_on = models.DateField(_("销号日期"), null=True, blank=True, editable=False)
    round = models.PositiveSmallIntegerField(_("第几轮整改"), default=1, editable=False)
    taken_on_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("领办领导")
    )
    root_cause = models.TextField(_("原因分析"), blank=True)
    causes = models.ManyToManyField(Cause, blank=True, related_name="findings", verbose_name=_("原因类别"))
    disclosed = models.BooleanField(_("可以公开"), default=True)
    not_disclosed_reason = models.CharField(_("不公开的理由"), max_length=300, blank=True)
    # Keys of the indicators that show what the fix brought about; reports and notices say their numbers.
    indicators = models.JSONField(_("说明成效的数字"), default=list, blank=True)
    no_rule_reason = models.CharField(_("不需要建章立制的理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("问题")
        ordering: ClassVar = ["organ", "inspection", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["inspection", "number"], name="finding_number_once_per_inspection"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ", "inspection", "number", "id"]),
            models.Index(fields=["organ", "state", "deadline"]),
            models.Index(fields=["organ", "deadline", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def relapses(self) -> int:
        """How often the problem came back after it was closed."""
        return self.round - 1


class Measure(FromElsewhere, Record):
    """What is done about a finding; its code is said aloud as "1-3-2".

    ``original_deadline`` is set by the first extension. ``late_since`` is set once and stays for ever.
    ``stalled_reports`` counts the reports in a row that brought nothing new.
    """

    subject_kind = "measure"

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="measures")
    number = models.PositiveSmallIntegerField(_("序号"))
    code = models.CharField(_("编号"), max_length=26, editable=False)
    text = models.TextField(_("整改措施"))
    goal = models.TextField(_("整改目标"), blank=True)
    kind = models.CharField(_("类型"), max_length=10, choices=Kind.choices, default=Kind.BY_DATE)
    starts_on = models.DateField(_("开始日期"), null=True, blank=True)
    deadline = models.DateField(_("整改时限"), null=True, blank=True)
    accountable_leader = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("责任领导")
    )
    lead_department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("牵头单位")
    )
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="measures", verbose_name=_("责任人")
    )
    supporting_departments = models.ManyToManyField(
        Department, blank=True, related_name="+", verbose_name=_("配合单位")
    )
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.NOT_STARTED)
    stated_status = models.CharField(_("原文状态"), max_length=60, blank=True)
    progress = models.TextField(_("进展情况"), blank=True)
    evidence = models.TextField(_("佐证材料"), blank=True)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    percent = models.PositiveSmallIntegerField(
        _("完成比例（%）"), default=0, validators=[MaxValueValidator(100)]
    )
    last_reported_on = models.DateField(_("最近报告"), null=True, blank=True, editable=False)
    stalled_reports = models.PositiveSmallIntegerField(_("连续无进展次数"), default=0, editable=False)
    original_deadline = models.DateField(_("原定时限"), null=True, blank=True, editable=False)
    late_since = models.DateField(_("逾期起始"), null=True, blank=True, editable=False)
    follow_up_days = models.PositiveSmallIntegerField(_("长期坚持的跟踪间隔（天）"), null=True, blank=True)

    class Meta:
        verbose_name = _("措施")
        ordering: ClassVar = ["organ", "finding", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["finding", "number"], name="measure_number_once_per_finding")
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ", "owner", "state", "deadline"]),
            models.Index(fields=["organ", "lead_department", "state"]),
            models.Index(fields=["organ", "state", "deadline"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text[:40]}"

    def is_open(self) -> bool:
        return self.state in OPEN_STATES

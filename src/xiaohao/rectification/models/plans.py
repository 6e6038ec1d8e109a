"""The plan (整改方案) in versions, and the meetings on the rectification."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Department, Person, Record
from xiaohao.rectification.models.findings import Finding
from xiaohao.rectification.models.inspections import Inspection


class Plan(Record):
    """A version of the plan for an inspection.

    ``content`` is the three lists as they stood when it was submitted (``services.plans.snapshot``);
    once approved it never changes, and what happened since is shown against it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        SUBMITTED = "submitted", _("审批中")
        APPROVED = "approved", _("已批准")
        REPORTED = "reported", _("已报送")

    subject_kind = "plan"
    logged_by_digest = frozenset({"content"})

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="plans", verbose_name=_("巡察"))
    number = models.PositiveSmallIntegerField(_("第几版"), default=1)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT)
    aim = models.TextField(_("总体要求"), blank=True)
    safeguards = models.TextField(_("组织保障"), blank=True)
    content = models.JSONField(_("三个清单"), default=list, blank=True)
    approved_on = models.DateField(_("批准日期"), null=True, blank=True, editable=False)
    reported_on = models.DateField(_("报送日期"), null=True, blank=True)
    reported_to = models.CharField(_("报送给"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("整改方案")
        ordering: ClassVar = ["-inspection", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "number"], name="plan_number_once"),
            models.UniqueConstraint(
                fields=["inspection"],
                condition=models.Q(state__in=["draft", "submitted"]),
                name="one_plan_in_the_making",
                violation_error_message=_("这次巡察已经有一份没批准的方案。"),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "inspection", "number"])]

    def __str__(self) -> str:
        return f"{self.inspection}整改方案（第{self.number}版）"


class Meeting(Record):
    """A special meeting or a study session on the rectification; its minutes are evidence."""

    class Kind(models.TextChoices):
        SPECIAL = "special", _("专题会议")
        LEADING_GROUP = "leading_group", _("领导小组会议")
        DISPATCH = "dispatch", _("调度会")
        STUDY = "study", _("专题学习")
        DEMOCRATIC_LIFE = "democratic_life", _("专题民主生活会")

    subject_kind = "rectification_meeting"

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="+", verbose_name=_("巡察"))
    kind = models.CharField(_("会议类型"), max_length=20, choices=Kind.choices, default=Kind.SPECIAL)
    held_on = models.DateField(_("日期"))
    title = models.CharField(_("名称"), max_length=200)
    chair = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("主持人"))
    people = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name=_("参加人员"))
    agenda = models.TextField(_("议题"))
    outcome = models.TextField(_("议定事项"), blank=True)

    class Meta:
        verbose_name = _("整改会议")
        ordering: ClassVar = ["-held_on"]
        indexes: ClassVar = [models.Index(fields=["organ", "-held_on"])]

    def __str__(self) -> str:
        return f"{self.held_on} {self.title}"


class Rule(Record):
    """A rule (制度) made, revised or repealed because of findings."""

    class Change(models.TextChoices):
        MADE = "made", _("新立")
        REVISED = "revised", _("修订")
        REPEALED = "repealed", _("废止")

    subject_kind = "rule"

    name = models.CharField(_("制度名称"), max_length=200)
    change = models.CharField(_("立改废"), max_length=10, choices=Change.choices, default=Change.MADE)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("起草委室")
    )
    findings = models.ManyToManyField(Finding, blank=True, related_name="rules", verbose_name=_("针对的问题"))
    closes = models.CharField(_("堵塞的漏洞"), max_length=300, blank=True)
    text = models.TextField(_("正文"), blank=True)

    class Meta:
        verbose_name = _("制度")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["organ", "change"])]

    def __str__(self) -> str:
        return self.name

    @property
    def finding_codes(self) -> str:
        return "、".join(finding.code for finding in self.findings.all())

    finding_codes.fget.short_description = _("针对的问题")  # type: ignore[attr-defined]


class RuleVersion(models.Model):
    """An earlier or present text of a rule. Written by the service whenever the text changes."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    change = models.CharField(max_length=10, choices=Rule.Change.choices)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("制度文本")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["rule", "number"], name="rule_version_once")]

    def __str__(self) -> str:
        return f"{self.rule} {self.number}"

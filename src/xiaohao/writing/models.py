"""Texts an organ writes: documents with their versions, and the templates they are drafted from."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Account, Person, Record
from xiaohao.rectification.models import Finding, Inspection


class DocumentKind(models.TextChoices):
    """What a document is; stable keys, named in data."""

    PLAN = "plan", _("整改方案")
    SUMMARY = "summary", _("整改工作小结")
    PROGRESS_REPORT = "progress_report", _("整改进展情况报告")
    HEAD_REPORT = "head_report", _("主要负责人组织落实情况报告")
    NOTICE = "notice", _("整改进展情况通报")
    CLOSING_FORM = "closing_form", _("问题整改销号表")
    HAND_OVER = "hand_over", _("工作交接清单")


class Document(Record):
    """A text drafted from the records of an inspection, edited by people, approved, then frozen.

    ``body`` holds a paragraph a line; a figure stands in it as ``[[number|indicator]]`` (``figures``), what
    is still lacking as ``〔待补：…〕``, a list of the records as ``〔附表：问题清单〕``; ``lists`` has the
    lines of each list as they were when last taken from the records. The figures count from ``first`` to
    ``last``, both days included, as the records were on ``counted_on``. A closing form is about a
    ``finding``, a hand-over from a ``person`` to a ``successor``. ``justified``: what the check before
    publication found and a person gave a reason for, by its key. ``written_by`` wrote what stands there now.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        SUBMITTED = "submitted", _("待签发")
        APPROVED = "approved", _("已签发")
        DISCARDED = "discarded", _("已放弃")

    subject_kind = "document"
    said_by = "title"
    logged_by_digest = frozenset({"body", "lists"})

    kind = models.CharField(_("文种"), max_length=20, choices=DocumentKind.choices)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="+", verbose_name=_("巡察"))
    title = models.CharField(_("标题"), max_length=200)
    body = models.TextField(_("正文"), blank=True)
    first = models.DateField(_("数据起始日期"))
    last = models.DateField(_("数据截止日期"))
    counted_on = models.DateField(_("统计日期"), editable=False)
    lists = models.JSONField(_("附表"), default=dict, blank=True, editable=False)
    sealed = models.BooleanField(_("加盖印章"), default=False)
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("问题")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("移交人")
    )
    successor = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("接收人")
    )
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT)
    written_by = models.ForeignKey(
        Account,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("执笔人"),
    )
    justified = models.JSONField(_("保留的理由"), default=dict, blank=True, editable=False)
    approved_on = models.DateField(_("签发日期"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("文稿")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")),
                name="document_period_in_order",
                violation_error_message=_("截止日期不能在起始日期之前。"),
            ),
            models.CheckConstraint(
                condition=models.Q(state="approved") ^ models.Q(approved_on=None),
                name="document_approved_on_a_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "-id"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class DocumentVersion(models.Model):
    """The text as somebody left it. Written by the service beside every save that was asked for."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("第几稿"))
    title = models.CharField(_("标题"), max_length=200)
    body = models.TextField(_("正文"))
    made_at = models.DateTimeField(_("时间"))
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("文稿版本")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.number}"


class TextTemplate(Record):
    """An organ's own template of a kind of document, in place of the shipped one; the newest counts.

    An empty ``source`` means: the shipped one again.
    """

    subject_kind = "text_template"
    said_by = "kind"
    logged_by_digest = frozenset({"source"})

    kind = models.CharField(_("文种"), max_length=20, choices=DocumentKind.choices)
    number = models.PositiveIntegerField(_("第几版"))
    source = models.TextField(_("模板"), blank=True)

    class Meta:
        verbose_name = _("模板")
        ordering: ClassVar = ["kind", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "kind", "number"], name="text_template_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

"""A file on its way into the ledger."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Record
from xiaohao.rectification.models.inspections import Inspection


class ImportDraft(Record):
    """An uploaded file that was read and waits to be confirmed.

    ``content`` is what was understood beside the findings, which are rows of their own (``DraftFinding``),
    so that a ledger of 20,000 rows is shown, corrected and written a page at a time.
    """

    subject_kind = "import"
    logged_by_digest = frozenset({"content"})

    class Kind(models.TextChoices):
        NOTICE = "notice", _("整改通报")
        LEDGER = "ledger", _("整改台账")

    class State(models.TextChoices):
        WAITING = "waiting", _("等待确认")
        DONE = "done", _("已导入")
        DISCARDED = "discarded", _("已放弃")

    kind = models.CharField(_("类型"), max_length=10, choices=Kind.choices)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    file_name = models.CharField(_("文件名"), max_length=200)
    file_hash = models.CharField(_("来源文件摘要"), max_length=64)
    file = models.FileField(_("来源文件"), upload_to="imports/%Y/", max_length=300)
    content = models.JSONField(_("读出的内容"), default=dict)
    finding_count = models.PositiveIntegerField(_("问题数"), default=0)
    measure_count = models.PositiveIntegerField(_("措施数"), default=0)
    inspection = models.ForeignKey(Inspection, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("导入")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["organ", "file_hash"])]

    def __str__(self) -> str:
        return self.file_name


class DraftFinding(models.Model):
    """One finding of a draft with its measures, as JSON a person may still correct."""

    draft = models.ForeignKey(ImportDraft, models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField()
    content = models.JSONField()

    class Meta:
        verbose_name = _("待导入的问题")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "position"], name="draft_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.position}"

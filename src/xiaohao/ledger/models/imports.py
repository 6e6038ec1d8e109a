"""A file on its way into a register."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Record


class RegisterImport(Record):
    """An uploaded table that was looked at and waits to be confirmed.

    ``headers`` are the titles of its columns, in ``header_line``; ``columns`` says for a field the place of
    its column, from 0; ``belongs_to`` names the record all rows belong to. The counts and the first faults
    come from the last look at the file.
    """

    subject_kind = "register_import"
    said_by = "file_name"
    logged_by_digest = frozenset({"headers", "faults"})

    class State(models.TextChoices):
        WAITING = "waiting", _("等待确认")
        DONE = "done", _("已导入")
        DISCARDED = "discarded", _("已放弃")

    register = models.CharField(max_length=60, editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    file_name = models.CharField(_("文件名"), max_length=200)
    file = models.FileField(_("来源文件"), upload_to="imports/%Y/", max_length=300)
    file_hash = models.CharField(_("来源文件摘要"), max_length=64)
    header_line = models.PositiveIntegerField(_("表头所在行"), default=1)
    headers = models.JSONField(_("表头"), default=list, blank=True)
    columns = models.JSONField(_("列的对应"), default=dict, blank=True)
    belongs_to = models.JSONField(_("属于"), default=dict, blank=True)  # field → number, for every row
    row_count = models.PositiveIntegerField(_("行数"), default=0)
    new_count = models.PositiveIntegerField(_("新增"), default=0)
    changed_count = models.PositiveIntegerField(_("有改动"), default=0)
    same_count = models.PositiveIntegerField(_("无变化"), default=0)
    fault_count = models.PositiveIntegerField(_("有问题的行"), default=0)
    faults = models.JSONField(_("问题"), default=list, blank=True)

    class Meta:
        verbose_name = _("台账导入")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["organ", "register", "state"])]

    def __str__(self) -> str:
        return self.file_name


class ColumnNames(Record):
    """What the columns of an organ's own tables mean: asked once, remembered for the next file."""

    subject_kind = "column_names"
    said_by = "register"

    register = models.CharField(max_length=60, editable=False)
    names = models.JSONField(_("列名的对应"), default=dict, blank=True)  # title of a column → field

    class Meta:
        verbose_name = _("列名的对应")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "register"], name="column_names_once_per_register")
        ]

    def __str__(self) -> str:
        return self.register

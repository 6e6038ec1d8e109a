"""The audit log: append-only, chained with SM3, one chain per organ."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnlyError(RuntimeError):
    """Somebody tried to change or delete an audit entry."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def update(self, **_values: Any) -> NoReturn:
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError


class AuditEntry(models.Model):
    """One change of one record, written in the same transaction as the change.

    No foreign keys into live data: the log outlives what it speaks of.
    ``changes`` is ``{field: [old, new]}`` with values as JSON.
    """

    organ_number = models.BigIntegerField()
    sequence = models.BigIntegerField()
    at = models.DateTimeField(_("时间"))
    by_number = models.BigIntegerField(null=True)
    by_name = models.CharField(_("操作人"), max_length=60)
    action = models.CharField(_("动作"), max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_number = models.BigIntegerField(null=True)
    subject_label = models.CharField(_("对象"), max_length=200)
    changes = models.JSONField(default=dict)
    note = models.TextField(_("说明"), blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("日志")
        ordering: ClassVar = ["organ_number", "sequence"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ_number", "sequence"], name="audit_sequence_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ_number", "subject_kind", "subject_number", "sequence"]),
            models.Index(fields=["organ_number", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.organ_number}/{self.sequence} {self.action}"

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        super().save(**kwargs)

    def delete(self, using: Any = None, keep_parents: bool = False) -> NoReturn:  # noqa: ARG002, FBT001, FBT002
        raise AppendOnlyError


class AuditHead(models.Model):
    """The end of an organ's chain. Locked while entries are added; shows when the newest were cut off."""

    organ_number = models.BigIntegerField(primary_key=True)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("日志链尾")

"""The abstract record: what every business row of an organ has."""

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models.organs import Organ

if TYPE_CHECKING:
    from xiaohao.core.models.accounts import Account

RecordType = TypeVar("RecordType", bound="Record")


class RecordQuerySet(models.QuerySet[RecordType]):
    def visible_to(self, account: "Account") -> Self:
        """Return the rows the account may see: the one door to business data.

        Own organ for its people, the organs below for supervisors, nothing for anybody else.
        """
        from xiaohao.core.access import organ_condition

        return self.filter(organ_condition(account))

    def about(self, *subjects: "Record") -> Self:
        """Return the rows attached to records of one kind, by kind and number (docs/decisions/0009)."""
        return self.filter(
            organ__in={subject.organ_id for subject in subjects},
            about_kind=subjects[0].subject_kind,
            about_number__in=[subject.pk for subject in subjects],
        )


class Record(models.Model):
    """A row that belongs to an organ. Written only by ``core.services.records``."""

    subject_kind: ClassVar[str]  # stable key in the audit log, for example "finding"
    said_by: ClassVar[str] = "name"  # the field that names a row in a table
    # Fields too long for the log, which then holds their SM3 digest: enough to prove what they said.
    logged_by_digest: ClassVar[frozenset[str]] = frozenset()

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name=_("单位"))
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("建立时间"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(_("修改时间"), editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

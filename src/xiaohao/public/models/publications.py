"""Published notices."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Record
from xiaohao.core.then import start_of
from xiaohao.lib.telephones import pieces
from xiaohao.writing.models import Document


class Publication(Record):
    """A signed notice that is open to the public from ``open_from`` to ``open_to``, both days included.

    ``text`` is a copy without marks and never changes; ``digest`` is the SM3 of title and text, by which a
    copy elsewhere can be compared. Whether it is open follows from the days alone: nothing has to run for it
    to be withdrawn in time. ``ended_on`` records that the end of the period was noted in the log.
    """

    subject_kind = "publication"
    said_by = "title"
    logged_by_digest = frozenset({"text"})

    document = models.OneToOneField(Document, models.PROTECT, related_name="publication")
    number = models.PositiveIntegerField(_("编号"))
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("正文"))
    digest = models.CharField(_("摘要（SM3）"), max_length=64)
    open_from = models.DateField(_("公开起始日期"))
    open_to = models.DateField(_("公开截止日期"))
    contact_phone = models.CharField(_("联系电话"), max_length=60)
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(_("撤回理由"), max_length=300, blank=True)
    ended_on = models.DateField(_("期满归档日期"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("公开的通报")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "number"], name="publication_number_once"),
            models.CheckConstraint(
                condition=models.Q(open_to__gte=models.F("open_from")),
                name="publication_period_in_order",
                violation_error_message=_("公开截止日期不能在起始日期之前。"),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "open_to"])]

    def __str__(self) -> str:
        return self.title

    def is_open(self, today: dt.date) -> bool:
        return self.withdrawn_on is None and self.open_from <= today <= self.open_to

    @property
    def readable_since(self) -> dt.datetime:
        """Since when anybody can read it: its first day has begun and it is there."""
        return max(self.created_at, start_of(self.open_from))

    @property
    def changed_for_readers(self) -> dt.datetime:
        """When a reader last found something new: what changed before it opened is new on its first day."""
        return max(self.changed_at, start_of(self.open_from))

    @property
    def was_open(self) -> bool:
        """Tell of one that is over whether anybody could read it: not if it was withdrawn beforehand."""
        return self.withdrawn_on is None or self.withdrawn_on >= self.open_from

    @property
    def telephone_pieces(self) -> list[tuple[str, str]]:
        """The telephone in words, each with what a telephone dials when it is touched."""
        return pieces(self.contact_phone)

    def standing(self, today: dt.date) -> str:
        """Return where it stands, in a word."""
        if self.withdrawn_on is not None:
            return str(_("已撤回"))
        if today < self.open_from:
            return str(_("还没有开始"))
        return str(_("公开中")) if today <= self.open_to else str(_("期满归档"))

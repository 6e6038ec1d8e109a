"""Against floods: counters by the hour, texts that are held back, and how much room everything takes."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.fields import SealedTextField
from xiaohao.core.models import Organ, Record
from xiaohao.public.models.publications import Publication


class HeldText(Record):
    """A text that came in a flood, once however often it was sent, until somebody looks at it.

    ``digest`` is a keyed digest of the words without blanks: the same for the same words. Released it becomes
    a comment, which then holds the words. Written in bulk, past ``core.services.records``: the log has an
    entry for each hour instead (docs/decisions/0018).
    """

    class State(models.TextChoices):
        HELD = "held", _("待甄别")
        RELEASED = "released", _("已转为意见")
        SET_ASIDE = "set_aside", _("已设为无效")

    subject_kind = "held_text"
    said_by = "digest"

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="held_texts")
    digest = models.CharField(max_length=32)
    text = SealedTextField(_("意见"), blank=True, provable=True)
    count = models.PositiveIntegerField(_("条数"), default=1)
    received_on = models.DateField(_("收到日期"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.HELD)
    reason = models.CharField(_("无效的理由"), max_length=300, blank=True)
    decided_on = models.DateField(_("甄别日期"), null=True, blank=True)
    comment = models.OneToOneField(
        "public.Comment", models.PROTECT, null=True, blank=True, related_name="held"
    )

    class Meta:
        verbose_name = _("集中收到的意见")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publication", "digest"], name="held_text_once")
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "state", "count", "id"])]

    def __str__(self) -> str:
        return str(_("%(count)s条相同的意见") % {"count": self.count})


class Intake(models.Model):
    """What an organ has taken in from the public: how much room it takes, how much waits to be looked at.

    One row that every post locks, so that it is right without adding anything up. ``waiting`` counts held
    posts since ``waiting_since``. ``unlogged…``: the held posts the log does not tell of yet, from the first
    to the last receipt, chained into one digest.
    """

    organ = models.OneToOneField(Organ, models.CASCADE, primary_key=True, related_name="+")
    text_bytes = models.BigIntegerField(default=0)
    file_bytes = models.BigIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    waiting_since = models.DateField(null=True)
    unlogged = models.PositiveIntegerField(default=0)
    unlogged_since = models.DateTimeField(null=True)
    unlogged_first = models.BigIntegerField(default=0)
    unlogged_last = models.BigIntegerField(default=0)
    unlogged_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("公众意见的收件情况")

    def __str__(self) -> str:
        return f"{self.organ_id}: {self.waiting}"


class Attempts(models.Model):
    """How often something was tried in an hour. ``bucket`` is part of a keyed digest: nobody is named.

    There are 65,536 buckets, so that a flood from any number of addresses never fills the disk. Two things
    may share one: what rests on a counter may be put off by it, but never lost. Beyond them lie those that
    count the bytes a source had held in a day, under its last hour: no more than texts that were held.
    """

    hour = models.PositiveIntegerField()
    bucket = models.PositiveIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("次数")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hour", "bucket"], name="attempts_once_per_hour_and_bucket")
        ]

    def __str__(self) -> str:
        return f"{self.hour} {self.bucket}: {self.count}"

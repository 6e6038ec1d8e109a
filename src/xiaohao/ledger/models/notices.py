"""Reminders, the messages that carry them, and calendar feeds."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Organ, Person


class Channel(models.TextChoices):
    PAGE = "page", _("页面")
    MAIL = "mail", _("邮件")
    WEBHOOK = "webhook", _("群机器人")


class Message(models.Model):
    """One digest to one person by one channel. ``state`` is written before and after sending.

    A process that dies while sending leaves ``sending`` behind: nobody knows whether it arrived, so it is
    shown and never sent again. A refusal by the other side is ``failed`` and tried again later.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待发送")
        SENDING = "sending", _("发送中断，不重发")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("发送失败，将重试")
        GIVEN_UP = "given_up", _("多次失败，已放弃")

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="messages")
    channel = models.CharField(_("渠道"), max_length=8, choices=Channel.choices)
    day = models.DateField(_("日期"))
    text = models.TextField(_("内容"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    not_before = models.DateTimeField(_("最早发送时间"))
    sent_at = models.DateTimeField(_("发送时间"), null=True)
    problem = models.CharField(_("问题"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("提醒")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["organ", "-id"]),
            models.Index(fields=["state", "not_before"]),
            models.Index(fields=["person", "channel", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.person}"


class Reminder(models.Model):
    """A duty a person was told of on a day by a channel: once, the database itself says so."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="reminders")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    duty = models.CharField(max_length=80)
    day = models.DateField()
    channel = models.CharField(max_length=8, choices=Channel.choices)

    class Meta:
        verbose_name = _("提醒事项")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "duty", "day", "channel"], name="told_once_a_day_by_channel"
            )
        ]

    def __str__(self) -> str:
        return self.duty


class CalendarFeed(models.Model):
    """The secret address of a person's calendar. Only the digest of the secret is kept."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("任务日历")

    def __str__(self) -> str:
        return str(self.person)

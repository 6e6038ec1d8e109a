"""What the public says, and the receipts by which it reads the answer."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.fields import SealedTextField
from xiaohao.core.models import Person, Record
from xiaohao.public.models.floods import HeldText
from xiaohao.public.models.publications import Publication


class Comment(Record):
    """What somebody wrote, to be answered by a day. Words, name, file and answer are encrypted.

    ``became_…``: the finding or measure it was turned into, by kind and number. ``forgotten_on``: when name,
    contact and file were deleted.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("待答复")
        ANSWERED = "answered", _("已答复")

    subject_kind = "public_comment"
    said_by = "number"

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField(_("编号"))
    text = SealedTextField(_("意见"), provable=True)
    name = SealedTextField(_("称呼"), blank=True)
    contact = SealedTextField(_("联系方式"), blank=True)
    file = models.CharField(max_length=200, blank=True, editable=False)
    file_size = models.PositiveIntegerField(default=0, editable=False)
    file_name = SealedTextField(_("附件"), blank=True)
    file_kind = models.CharField(max_length=8, blank=True, editable=False)
    received_on = models.DateField(_("收到日期"))
    due_on = models.DateField(_("答复期限"))
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.RECEIVED)
    answer = SealedTextField(_("答复"), blank=True, provable=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    became_kind = models.CharField(max_length=40, blank=True, editable=False)
    became_number = models.BigIntegerField(null=True, blank=True, editable=False)
    became_label = models.CharField(_("转入整改"), max_length=200, blank=True, editable=False)
    forgotten_on = models.DateField(_("个人信息删除日期"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("公众意见")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publication", "number"], name="comment_number_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ", "state", "due_on"]),
            models.Index(fields=["organ", "publication", "-id"]),
        ]

    def __str__(self) -> str:
        return str(_("第%(number)s号意见") % {"number": self.number})


class Receipt(models.Model):
    """By it whoever wrote finds what became of it: a comment, or a text that is held back.

    Of the receipt there is only a keyed digest; it is made from the question that was answered, so that one
    question brings one thing in, however often it is sent. ``sender`` holds name and contact of one who sent
    what is held, a line each.
    """

    digest = models.CharField(max_length=32, unique=True)
    comment = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="receipts")
    held = models.ForeignKey(HeldText, models.PROTECT, null=True, related_name="receipts")
    sender = SealedTextField(blank=True)
    received_on = models.DateField()

    class Meta:
        verbose_name = _("回执")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(comment=None, held__isnull=False)
                | models.Q(comment__isnull=False, held=None),
                name="receipt_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.digest

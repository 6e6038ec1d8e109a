"""Decisions (审批): an ordered list of signers, and what each of them said."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Person, Record


class Decision(Record):
    """A question put to an ordered list of signers; ``kind`` says what follows from their agreement.

    ``content`` is what is decided, as JSON; ``concerned`` the numbers of the people who may not sign.
    ``round`` counts how often the signers began anew; only signatures of this round count.
    """

    class State(models.TextChoices):
        OPEN = "open", _("审批中")
        RETURNED = "returned", _("已退回")
        APPROVED = "approved", _("已同意")
        REFUSED = "refused", _("不同意")
        WITHDRAWN = "withdrawn", _("已撤回")

    subject_kind = "decision"

    kind = models.CharField(max_length=40, editable=False)
    about_kind = models.CharField(max_length=40, editable=False)
    about_number = models.BigIntegerField(editable=False)
    about_label = models.CharField(_("事项"), max_length=200, editable=False)
    reason = models.TextField(_("申请理由"))
    content = models.JSONField(_("申请内容"), default=dict, blank=True)
    concerned = models.JSONField(_("应当回避的人"), default=list, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    position = models.PositiveSmallIntegerField(_("轮到第几位"), default=1)
    round = models.PositiveSmallIntegerField(_("第几轮"), default=1)
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("审批")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "kind", "about_kind", "about_number"],
                condition=Q(state__in=["open", "returned"]),
                name="one_open_decision_of_a_kind",
                violation_error_message=_("这个事项已经有一个没办完的申请。"),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ", "state", "id"]),
            models.Index(fields=["organ", "about_kind", "about_number"]),
        ]

    def __str__(self) -> str:
        return self.about_label


class Signer(models.Model):
    """A place in the list: ``person`` where somebody certain signs, else anybody with one of ``roles``.

    ``in_person``: whoever signs there may not delegate it.
    """

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="signers")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(_("环节"), max_length=60)
    roles = models.CharField(max_length=120, blank=True)  # separated by commas
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    in_person = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("签批人")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "position"], name="signer_position_once")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def role_list(self) -> list[str]:
        return [role for role in self.roles.split(",") if role]

    @property
    def said(self) -> str:
        """The place as a person says it."""
        return f"{self.label}（{self.person}）" if self.person else self.label


class Outcome(models.TextChoices):
    AGREED = "agreed", _("同意")
    RETURNED = "returned", _("退回")
    REFUSED = "refused", _("不同意")


class Signature(models.Model):
    """What one signer said. Never changed afterwards; its digest stands in the audit log.

    ``asked_by`` repeats the applicant so that the database itself refuses that he signs.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="signatures")
    round = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("签批人"))
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    outcome = models.CharField(_("意见"), max_length=10, choices=Outcome.choices)
    opinion = models.TextField(_("批注"), blank=True)
    returned_to = models.PositiveSmallIntegerField(null=True)
    signed_at = models.DateTimeField(_("签批时间"))
    proof = models.CharField(_("摘要"), max_length=64)

    class Meta:
        verbose_name = _("签批")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(person=F("asked_by")), name="nobody_signs_his_own"),
            models.UniqueConstraint(
                fields=["decision", "round", "position", "person"], name="signed_once_per_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_outcome_display()}"


class Delegation(Record):
    """For some days a deputy signs in a person's place (委托)."""

    subject_kind = "delegation"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("委托人"))
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("受托人"))
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    reason = models.CharField(_("事由"), max_length=200)

    class Meta:
        verbose_name = _("委托")
        ordering: ClassVar = ["-starts_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="delegation_ends_after_it_starts",
                violation_error_message=_("结束日期不能在开始日期之前。"),
            ),
            models.CheckConstraint(
                condition=~Q(person=F("deputy")),
                name="delegation_to_somebody_else",
                violation_error_message=_("不能委托给自己。"),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "deputy", "ends_on"])]

    def __str__(self) -> str:
        return f"{self.person} → {self.deputy}"

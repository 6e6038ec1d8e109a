"""Departments and people of an organ, their posts, roles and places in the leading group."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models.organs import Organ
from xiaohao.core.models.records import Record


class Department(Record):
    """A department (委室) of an organ."""

    subject_kind = "department"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="departments", verbose_name=_("单位"))
    name = models.CharField(_("委室名称"), max_length=80)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("委室")
        ordering: ClassVar = ["organ", "position", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "name"],
                name="department_name_once_per_organ",
                violation_error_message=_("已经有同名的委室。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Person(Record):
    """Somebody who works in an organ; need not have an account."""

    subject_kind = "person"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="people", verbose_name=_("单位"))
    name = models.CharField(_("姓名"), max_length=60)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("委室")
    )
    telephone = models.CharField(_("电话"), max_length=30, blank=True)
    email = models.EmailField(_("邮箱"), blank=True)
    is_leader = models.BooleanField(_("班子成员"), default=False)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)
    left_on = models.DateField(_("离开日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("人员")
        ordering: ClassVar = ["organ", "position", "id"]
        indexes: ClassVar = [models.Index(fields=["organ", "name"])]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post (职务) a person holds, for example 主任 of the office or 党组书记 of the organ."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    title = models.CharField(_("职务"), max_length=60)

    class Meta:
        verbose_name = _("职务")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.title


class Role(models.TextChoices):
    """What a person does in Xiaohao. The three administrators read no business data by that office."""

    CLERK = "clerk", _("整改办工作人员")
    OWNER = "owner", _("责任人")
    DEPARTMENT_HEAD = "department_head", _("委室负责人")
    LEADER = "leader", _("责任领导")
    HEAD = "head", _("主要负责人")
    DISCIPLINE_REVIEWER = "discipline_reviewer", _("纪检审核人")
    SUPERVISOR = "supervisor", _("上级督查人员")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("系统管理员")
    SECURITY_ADMINISTRATOR = "security_administrator", _("安全管理员")
    AUDIT_ADMINISTRATOR = "audit_administrator", _("审计管理员")


ADMINISTRATORS = frozenset(
    {
        Role.SYSTEM_ADMINISTRATOR,
        Role.SECURITY_ADMINISTRATOR,
        Role.AUDIT_ADMINISTRATOR,
    }
)


class RoleHolding(models.Model):
    """A person holds a role in his organ. At most one of the three administrator roles each."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    role = models.CharField(_("角色"), max_length=30, choices=Role.choices)

    class Meta:
        verbose_name = _("角色")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "role"], name="role_once_per_person"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(role__in=sorted(ADMINISTRATORS)),
                name="at_most_one_administrator_role",
                violation_error_message=_("一人至多担任系统、安全、审计管理员中的一种。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_role_display())


class LeadingGroupMember(Record):
    """A member of the leading group for the rectification (整改工作领导小组)."""

    class Office(models.TextChoices):
        HEAD = "head", _("组长")
        DEPUTY = "deputy", _("副组长")
        MEMBER = "member", _("成员")
        SECRETARY = "secretary", _("办公室主任")

    subject_kind = "leading_group_member"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="leading_group", verbose_name=_("单位"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("人员"))
    office = models.CharField(_("组内职务"), max_length=12, choices=Office.choices, default=Office.MEMBER)
    duty = models.CharField(_("分工"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("领导小组成员")
        ordering: ClassVar = ["organ", "position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "person"],
                name="member_once_per_leading_group",
                violation_error_message=_("这个人已经在领导小组里。"),
            ),
            models.UniqueConstraint(
                fields=["organ"],
                condition=Q(office="head"),
                name="one_head_per_leading_group",
                violation_error_message=_("领导小组只能有一位组长。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_office_display()} {self.person}"

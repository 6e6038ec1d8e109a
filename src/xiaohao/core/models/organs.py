"""Organs, their departments and people."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OrganQuerySet(models.QuerySet["Organ"]):
    def below(self, organ: "Organ") -> "OrganQuerySet":
        """Return the organ itself and all organs below it."""
        return self.filter(path__startswith=organ.path)


class Organ(models.Model):
    """A public organ: the tenant. Organs form a tree; a supervisor's organ sees those below it."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=120, unique=True)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级单位")
    )
    # "/3/17/": the numbers of all organs above and of this one, so that "below" is one indexed comparison.
    path = models.CharField(max_length=200, unique=True, editable=False)

    objects = OrganQuerySet.as_manager()

    class Meta:
        verbose_name = _("单位")
        ordering: ClassVar = ["path"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.short_name or self.name


class Department(models.Model):
    """A department (委室) of an organ."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="departments")
    name = models.CharField(_("委室名称"), max_length=80)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("委室")
        ordering: ClassVar = ["organ", "position", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "name"], name="department_name_once_per_organ")
        ]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody who works in an organ; need not have an account."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="people")
    name = models.CharField(_("姓名"), max_length=60)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("委室")
    )
    telephone = models.CharField(_("电话"), max_length=30, blank=True)
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
    is_leader = models.BooleanField(_("班子成员"), default=False)

    class Meta:
        verbose_name = _("职务")

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


class LeadingGroupMember(models.Model):
    """A member of the leading group for the rectification (整改工作领导小组)."""

    class Office(models.TextChoices):
        HEAD = "head", _("组长")
        DEPUTY = "deputy", _("副组长")
        MEMBER = "member", _("成员")
        SECRETARY = "secretary", _("办公室主任")

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="leading_group")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("人员"))
    office = models.CharField(_("组内职务"), max_length=12, choices=Office.choices, default=Office.MEMBER)
    duty = models.CharField(_("分工"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("领导小组成员")
        ordering: ClassVar = ["organ", "position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "person"], name="member_once_per_leading_group"),
            models.UniqueConstraint(
                fields=["organ"], condition=Q(office="head"), name="one_head_per_leading_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_office_display()} {self.person}"

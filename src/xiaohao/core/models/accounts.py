"""Accounts: who may log in."""

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models.people import Person, Role

if TYPE_CHECKING:
    from xiaohao.core.models.organs import Organ


class AccountManager(BaseUserManager["Account"]):
    def get_queryset(self) -> models.QuerySet["Account"]:
        return super().get_queryset().select_related("person__organ")

    def create_account(self, *, username: str, password: str, person: Person) -> "Account":
        """Create an account for a person; the password is hashed."""
        account = self.model(username=username, person=person)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A login of one person."""

    username = models.CharField(_("用户名"), max_length=60, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    is_active = models.BooleanField(_("启用"), default=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("账号")

    def __str__(self) -> str:
        return self.person.name

    @property
    def organ(self) -> "Organ":
        return self.person.organ

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles of the person, read once per request."""
        return frozenset(Role(value) for value in self.person.roles.values_list("role", flat=True))

    def holds(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


class ApiKey(models.Model):
    """With it another program acts as an account, in the API alone. Only its digest is kept."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="api_key")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("启用时间"))

    class Meta:
        verbose_name = _("接口密钥")

    def __str__(self) -> str:
        return str(self.account)

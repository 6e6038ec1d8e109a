"""Who may do what. Every page names an action; an action names its roles; the default is nobody."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Account, Organ, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

View = TypeVar("View", bound=Callable[..., Any])

BUSINESS = frozenset(
    {
        Role.CLERK,
        Role.OWNER,
        Role.DEPARTMENT_HEAD,
        Role.LEADER,
        Role.HEAD,
        Role.DISCIPLINE_REVIEWER,
    }
)
READERS = BUSINESS | {Role.SUPERVISOR}


@dataclass(frozen=True)
class Action:
    """Something a person may do; ``roles`` empty and ``everyone`` false means nobody."""

    key: str
    label: str | Promise
    roles: frozenset[Role] = frozenset()
    everyone: bool = False  # no login needed
    any_account: bool = False  # any account that is logged in


ACTIONS: dict[str, Action] = {}


def declare(
    key: str,
    label: str | Promise,
    *roles: Role,
    everyone: bool = False,
    any_account: bool = False,
) -> Action:
    """Declare an action once; its key is stable and stands in tests and docs."""
    if key in ACTIONS:
        raise ValueError(key)
    ACTIONS[key] = Action(key, label, frozenset(roles), everyone, any_account)
    return ACTIONS[key]


def requires(action: Action) -> Callable[[View], View]:
    """Mark a view with the action it needs. ``AccessMiddleware`` refuses a view without a mark."""

    def mark(view: View) -> View:
        view.required_action = action  # type: ignore[attr-defined]
        return view

    return mark


def allowed(account: Any, action: Action) -> bool:
    """Tell whether the account (or an anonymous visitor) may do the action at all."""
    if action.everyone:
        return True
    if not isinstance(account, Account) or not account.is_active:
        return False
    return action.any_account or account.holds(*action.roles)


def visible_organs(account: Account) -> "QuerySet[Organ]":
    """Return the organs whose business data the account may read."""
    if account.holds(Role.SUPERVISOR):
        return Organ.objects.below(account.organ)
    if account.holds(*BUSINESS):
        return Organ.objects.filter(pk=account.organ.pk)
    return Organ.objects.none()


def organ_condition(account: Account) -> Q:
    """Return the condition for rows of the visible organs, one organ by equality: an index then sorts too."""
    if account.holds(*BUSINESS) and not account.holds(Role.SUPERVISOR):
        return Q(organ=account.organ.pk)
    return Q(organ__in=visible_organs(account))


LOG_IN = declare("core.log_in", _("登录"), everyone=True)
SEE_APPEARANCE = declare("core.appearance", _("查看界面样式、切换语言"), everyone=True)
LOG_OUT = declare("core.log_out", _("退出"), any_account=True)
SEE_PROGRESS = declare("core.progress", _("查看自己的长时间操作进度"), any_account=True)
OPEN_HOME = declare("core.home", _("打开首页"), any_account=True)
VIEW_ORGANISATION = declare("core.organisation.view", _("查看组织机构"), *READERS)
CHANGE_ORGANISATION = declare("core.organisation.change", _("维护组织机构"), Role.CLERK)
VIEW_AUDIT = declare("core.audit.view", _("查看审计日志"), Role.AUDIT_ADMINISTRATOR)
CHANGE_CALENDAR = declare("core.calendar.change", _("维护工作日历"), Role.SYSTEM_ADMINISTRATOR)
CHANGE_SETTINGS = declare("core.settings.change", _("修改本单位设置"), Role.CLERK, Role.HEAD)
MANAGE_ACCOUNTS = declare("core.accounts.manage", _("管理账号和角色"), Role.SECURITY_ADMINISTRATOR)
MANAGE_API_KEY = declare("core.api_key.manage", _("管理自己的接口密钥"), *READERS)
CHANGE_PASSWORD = declare("core.password.change", _("修改自己的密码"), any_account=True)
VIEW_EVIDENCE = declare("core.evidence.view", _("查看佐证材料"), *READERS)
ADD_EVIDENCE = declare("core.evidence.add", _("上传佐证材料"), *BUSINESS)

"""What I owe (我的任务)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xiaohao.core.access import requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.dated_settings import value
from xiaohao.core.models import Account, Role
from xiaohao.core.requests import AccountRequest
from xiaohao.core.services.calendar import working_days
from xiaohao.rectification.access import VIEW_MY_DUTIES, may_report
from xiaohao.rectification.lights import Light, light_of
from xiaohao.rectification.models import Kind, Measure

GROUPS: tuple[tuple[str, str | Promise], ...] = (
    ("overdue", _("已经逾期")),
    ("near", _("就要到期")),
    ("later", _("以后到期")),
    ("standing", _("长期坚持")),
    ("done", _("已完成")),
)


@dataclass(frozen=True)
class Duty:
    """A measure with its light and the time left; working days None where there is no open deadline."""

    measure: Measure
    light: Light
    days: int | None
    working_days: int | None
    may_report: bool


def group_of(measure: Measure, light: Light) -> str:
    """Return the group of the page a measure belongs to."""
    if light == Light.RED:
        return "overdue"
    if light == Light.YELLOW:
        return "near"
    if measure.kind == Kind.STANDING:
        return "standing"
    return "done" if light == Light.BLUE else "later"


def mine(account: Account) -> Q:
    """Return the condition for what an account answers for: own, the department's, or led."""
    condition = Q(owner=account.person_id)
    if account.holds(Role.DEPARTMENT_HEAD) and account.person.department_id:
        condition |= Q(lead_department=account.person.department_id)
    if account.holds(Role.LEADER, Role.HEAD):
        condition |= Q(accountable_leader=account.person_id)
    return condition


@requires(VIEW_MY_DUTIES)
@require_safe
def my_duties(request: AccountRequest) -> HttpResponse:
    """Show what the person owes, by when, most urgent first."""
    today = timezone.localdate()
    near_days = value(request.user.organ, "lights.near_days", today)
    calendar, certain = working_days(), True
    groups: dict[str, list[Duty]] = {key: [] for key, _label in GROUPS}
    measures = (
        Measure.objects.visible_to(request.user)
        .filter(mine(request.user), organ=request.user.organ)
        .select_related("finding", "owner", "lead_department", "organ")
        .order_by("deadline", "pk")
    )
    for measure in measures:
        light = light_of(measure, today, near_days)
        days = left = None
        if measure.is_open() and measure.deadline:
            days = (measure.deadline - today).days
            counted = calendar.between(*sorted((today, measure.deadline)))
            left, certain = counted.days, certain and counted.certain
        duty = Duty(measure, light, days, left, may_report(request.user, measure))
        groups[group_of(measure, light)].append(duty)
    context: dict[str, Any] = {
        "groups": [(label, groups[key]) for key, label in GROUPS if groups[key]],
        "calendar_certain": certain,
        "today": today,
    }
    return render(request, "rectification/my_duties.html", context)


add_to_menu(_("我的任务"), "my_duties", VIEW_MY_DUTIES, 30)

"""What I owe (我的任务): everything due from me, whatever it comes from."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xiaohao.core.access import requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.dated_settings import value
from xiaohao.core.requests import AccountRequest
from xiaohao.core.services.calendar import working_days
from xiaohao.ledger.duties import Duty, duties_of_account
from xiaohao.ledger.models import Message
from xiaohao.rectification.access import VIEW_MY_DUTIES
from xiaohao.rectification.lights import Light

GROUPS: tuple[tuple[str, str | Promise], ...] = (
    ("overdue", _("已经逾期")),
    ("near", _("就要到期")),
    ("now", _("等您处理")),
    ("later", _("以后到期")),
)
LIGHTS = {"overdue": Light.RED, "near": Light.YELLOW, "now": Light.GREY, "later": Light.GREEN}


@dataclass(frozen=True)
class Line:
    """A duty with its light and the time left; ``days`` negative when it is late."""

    duty: Duty
    light: Light
    days: int | None
    working_days: int | None


def group_of(duty: Duty, today: dt.date, near_days: int) -> str:
    """Return the group of the page a duty belongs to."""
    if duty.due_on is None:
        return "now"
    if duty.due_on < today:
        return "overdue"
    return "near" if (duty.due_on - today).days <= near_days else "later"


@requires(VIEW_MY_DUTIES)
@require_safe
def my_duties(request: AccountRequest) -> HttpResponse:
    """Show what the person owes, by when, most urgent first."""
    today = timezone.localdate()
    near_days = int(value(request.user.organ, "lights.near_days", today))
    calendar, certain = working_days(), True
    groups: dict[str, list[Line]] = {key: [] for key, _label in GROUPS}
    for duty in duties_of_account(request.user, today):
        days = left = None
        if duty.due_on is not None:
            days = (duty.due_on - today).days
            counted = calendar.between(*sorted((today, duty.due_on)))
            left, certain = counted.days, certain and counted.certain
        group = group_of(duty, today, near_days)
        groups[group].append(Line(duty, LIGHTS[group], days, left))
    notices = Message.objects.filter(person=request.user.person, channel="page").order_by("-pk")[:5]
    context: dict[str, Any] = {
        "groups": [(label, groups[key]) for key, label in GROUPS if groups[key]],
        "calendar_certain": certain,
        "notices": notices,
    }
    return render(request, "rectification/my_duties.html", context)


add_to_menu(_("我的任务"), "my_duties", VIEW_MY_DUTIES, 10)

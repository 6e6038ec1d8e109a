"""All registers on one page, what each is for, and the numbers they give."""

from collections import Counter
from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xiaohao.core.access import allowed, requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.requests import AccountRequest
from xiaohao.ledger.access import VIEW_REGISTERS
from xiaohao.ledger.controls import CONTROLS
from xiaohao.ledger.guide import guide
from xiaohao.ledger.indicators import Period, figure
from xiaohao.ledger.models import ControlHit
from xiaohao.ledger.register import (
    REGISTERS,
    Register,
    group_of,
    open_indicators,
    register_of,
    shelf,
)


@requires(VIEW_REGISTERS)
@require_safe
def registers(request: AccountRequest) -> HttpResponse:
    """Show the registers with what their rules found."""
    hits = ControlHit.objects.visible_to(request.user).filter(state=ControlHit.State.OPEN)
    broken: Counter[str] = Counter()
    for key in hits.order_by().values_list("control", flat=True):
        register = register_of(CONTROLS[key].model) if key in CONTROLS else None
        if register is not None:
            broken[shelf(register).key] += 1
    shown = [one for one in REGISTERS.values() if one.on_shelf and allowed(request.user, one.view)]
    rows = [(one, reverse(one.key), broken[one.key]) for one in shown]
    return render(request, "ledger/registers.html", {"rows": rows})


@requires(VIEW_REGISTERS)
@require_safe
def indicators(request: AccountRequest) -> HttpResponse:
    """Show the numbers of a period; each opens the records behind it."""
    today = timezone.localdate()
    period = Period.read(request.GET.get("from", ""), request.GET.get("to", ""), today)
    groups: dict[str, list[object]] = {}
    for indicator in open_indicators(request.user).values():
        groups.setdefault(group_of(indicator), []).append(figure(indicator, request.user, period))
    return render(request, "ledger/indicators.html", {"groups": groups, "period": period})


def guide_page(register: Register) -> Callable[..., HttpResponseBase]:
    """Return the view that explains a register: its columns, rules and numbers."""

    @requires(register.view)
    @require_safe
    def view(request: AccountRequest) -> HttpResponse:
        return render(request, "ledger/register_guide.html", {"guide": guide(register), "register": register})

    return view


add_to_menu(gettext_lazy("台账"), "registers", VIEW_REGISTERS, 42)
add_to_menu(gettext_lazy("指标"), "indicators", VIEW_REGISTERS, 60)

"""Pages of their own: labels, scanning by telephone, ticking off a room, running a match."""

import datetime as dt
import json
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiaohao.core.access import requires
from xiaohao.core.forms import StyledForm
from xiaohao.core.requests import AccountRequest
from xiaohao.core.views.editing import edit
from xiaohao.ledger.narrowing import narrowed
from xiaohao.registers.assets import services
from xiaohao.registers.assets.access import CHANGE_MATCHES, CHANGE_STOCKTAKES, VIEW
from xiaohao.registers.assets.labels import qr_code
from xiaohao.registers.assets.models import Match, Stocktake, StocktakeLine
from xiaohao.registers.assets.register import ASSETS

MOST_LABELS = 240
MOST_SCANS = 500
LONGEST = 60  # characters of a code or room


@requires(VIEW)
@require_safe
def labels(request: AccountRequest) -> HttpResponse:
    """Show labels of the cards the list would show, to print on A4."""
    found = narrowed(ASSETS, request.user, request.GET)
    cards = list(found.rows.order_by("number")[: MOST_LABELS + 1])
    context = {
        "labels": [(card, qr_code(card.number)) for card in cards[:MOST_LABELS]],
        "more": len(cards) > MOST_LABELS,
        "most": MOST_LABELS,
        "found": found,
    }
    return render(request, "registers/asset_labels.html", context)


def _running(request: AccountRequest, number: int) -> Stocktake:
    """Return a round of the own organ that is still open."""
    rows = Stocktake.objects.visible_to(request.user).select_related("organ")
    found = get_object_or_404(rows, pk=number, organ=request.user.organ)
    if found.state != Stocktake.State.OPEN:
        raise PermissionDenied
    return found


@requires(CHANGE_STOCKTAKES)
@require_safe
@ensure_csrf_cookie
def scan(request: AccountRequest, number: int) -> HttpResponse:
    """Show the page a telephone scans with; it keeps what it could not send."""
    stocktake = _running(request, number)
    rooms = StocktakeLine.objects.visible_to(request.user).filter(stocktake=stocktake).exclude(room="")
    context = {
        "stocktake": stocktake,
        "rooms": rooms.order_by("room").values_list("room", flat=True).distinct()[:300],
        "scans_address": reverse("stocktakes_scans", args=[number]),
    }
    return render(request, "registers/stocktake_scan.html", context)


@requires(CHANGE_STOCKTAKES)
@require_POST
def scans(request: AccountRequest, number: int) -> JsonResponse:
    """Take what a telephone kept; the answer says what became of each, so that it can forget it."""
    stocktake = _running(request, number)
    try:
        given = [_scanned(one) for one in json.loads(request.body)["scans"]][:MOST_SCANS]
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"reasons": [_("收到的扫码记录不完整，请刷新页面再试。")]}, status=400)
    try:
        answers = services.take_scans(stocktake=stocktake, scans=given, by=request.user)
    except ValidationError as refused:
        return JsonResponse({"reasons": refused.messages}, status=422)
    return JsonResponse({"answers": [vars(answer) for answer in answers]})


def _scanned(given: dict[str, Any]) -> services.Scanned:
    """Return a scan as it was sent. Raises ``ValueError`` and its kin for what is none."""
    at = parse_datetime(str(given["at"]))
    now = timezone.now()
    if at is None or at.tzinfo is None or not now - dt.timedelta(days=60) < at < now + dt.timedelta(days=1):
        at = now  # the clock of a telephone may be wrong
    code, room = str(given["code"]).strip(), str(given.get("room", "")).strip()
    if not code:
        raise ValueError(code)
    return services.Scanned(uuid.UUID(str(given["key"])), code[:LONGEST], room[:LONGEST], at)


@requires(CHANGE_STOCKTAKES)
@require_http_methods(["GET", "POST"])
def room(request: AccountRequest, number: int) -> HttpResponse:
    """Show the things of a room to be ticked off, or take the ticks."""
    stocktake = _running(request, number)
    name = request.GET.get("room", "")[:LONGEST]
    rows = StocktakeLine.objects.visible_to(request.user).filter(stocktake=stocktake, room=name)
    if request.method == "POST":
        numbers = request.POST.getlist("seen")[:5000]
        count = services.tick(stocktake=stocktake, numbers=numbers, room=name, by=request.user)
        messages.success(request, _("新盘到 %(count)s 件。") % {"count": count})
        return redirect("stocktakes_item", number)
    context = {"stocktake": stocktake, "room": name, "lines": rows.order_by("number")[:2000]}
    return render(request, "registers/stocktake_room.html", context)


class ListForm(StyledForm):
    """Numbers of things that were seen, as they come from a scanner or a sheet: one a line."""

    room = forms.CharField(label=gettext_lazy("地点"), max_length=LONGEST, required=False)
    numbers = forms.CharField(
        label=gettext_lazy("卡片编号，一行一个"), max_length=200_000, widget=forms.Textarea
    )


@requires(CHANGE_STOCKTAKES)
@require_http_methods(["GET", "POST"])
def by_list(request: AccountRequest, number: int) -> HttpResponse:
    """Take many numbers at once."""
    stocktake = _running(request, number)
    form = ListForm(request.POST or None)

    def write() -> None:
        lines = form.cleaned_data["numbers"].splitlines()
        numbers = dict.fromkeys(line.strip()[:LONGEST] for line in lines if line.strip())
        room_name = form.cleaned_data["room"].strip()
        count = services.tick(stocktake=stocktake, numbers=numbers, room=room_name, by=request.user)
        messages.info(request, _("%(all)s 个编号，新盘到 %(new)s 件。") % {"all": len(numbers), "new": count})

    return edit(
        request,
        form=form,
        title=_("按清单批量盘点"),
        lead=_("账上没有的编号记为盘盈；地点不填就不核对地点。"),
        back=reverse("stocktakes_item", args=[number]),
        write=write,
    )


@requires(CHANGE_MATCHES)
@require_POST
def run_match(request: AccountRequest, number: int) -> HttpResponse:
    """Match books, cards and things now."""
    rows = Match.objects.visible_to(request.user).select_related("organ", "stocktake")
    found = get_object_or_404(rows, pk=number, organ=request.user.organ)
    try:
        services.match(found=found, by=request.user)
    except ValidationError as refused:
        messages.error(request, "；".join(refused.messages))
    else:
        messages.success(request, _("已核对。"))
    return redirect("asset-matches_item", number)

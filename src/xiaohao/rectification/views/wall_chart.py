"""The wall chart as a page: whole, or only its body when the page refreshes itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from xiaohao.core.access import allowed, requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.models import Account
from xiaohao.rectification.access import IMPORT, VIEW_WALL_CHART
from xiaohao.rectification.wall_chart import Filters, build, of_one_organ, options
from xiaohao.rectification.wall_chart.bars import drawing_of_axis, drawing_of_scale
from xiaohao.rectification.wall_chart.chart import fingerprint

add_to_menu(_("挂图"), "wall_chart", VIEW_WALL_CHART, position=20)

BODY = "wall-chart-body"


@requires(VIEW_WALL_CHART)
@require_GET
@vary_on_headers("HX-Request")
def wall_chart(request: HttpRequest) -> HttpResponse:
    """Show the chart. A refresh that knows the newest state already is answered with nothing to swap."""
    account = request.user
    assert isinstance(account, Account)  # noqa: S101 - the access gate lets no one else in
    today = timezone.localdate()
    mark = fingerprint(account, today)
    only_body = request.headers.get("HX-Target") == BODY
    if only_body and request.GET.get("seen") == mark:
        return HttpResponse(status=204)
    filters = of_one_organ(account, Filters.read(request.GET))
    wall = request.GET.get("display") == "wall"
    chart = build(account, filters, today)
    context: dict[str, object] = {
        "chart": chart,
        "scale": drawing_of_scale(chart.months, chart.today_place),
        "axis": drawing_of_axis(chart.months),
        "filters": filters,
        "wall": wall,
        "query": filters.query(display="wall" if wall else ""),
        "query_with_mark": filters.query(display="wall" if wall else "", seen=mark),
        "wall_query": filters.query(display="wall"),
        "plain_query": filters.query(),
        "now": timezone.localtime(),
        "pdf_address": address_of("wall_chart_pdf"),
        "pdf_note_address": address_of("wall_chart_pdf_note"),
        "import_address": address_of("import_upload") if allowed(account, IMPORT) else "",
    }
    if only_body:
        return render(request, "rectification/wall_chart_body.html", context)
    context["options"] = options(account, filters)
    return render(request, "rectification/wall_chart.html", context)


def address_of(view: str) -> str:
    """Return the address of a page that another part of the house may offer, else nothing."""
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""

"""Documents that are downloaded."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import escape
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from xiaohao.core import dated_settings
from xiaohao.core.access import requires
from xiaohao.core.models import Account
from xiaohao.rectification.access import VIEW_WALL_CHART
from xiaohao.rectification.wall_chart import Filters, build
from xiaohao.writing.fonts import faces
from xiaohao.writing.wall_chart_pdf import missing_note, pdf


@requires(VIEW_WALL_CHART)
@require_GET
def wall_chart_pdf(request: HttpRequest) -> HttpResponse:
    """Give the wall chart as an A3 PDF, with the same filters as the page."""
    account = request.user
    assert isinstance(account, Account)  # noqa: S101 - the access gate lets no one else in
    today = timezone.localdate()
    chart = build(account, Filters.read(request.GET), today)
    colours = dated_settings.value(account.organ, "lights.colours", today)
    name = _("%(title)s整改挂图%(date)s.pdf") % {"title": chart.title, "date": f"{today:%Y%m%d}"}
    response = HttpResponse(pdf(chart, colours, faces()), content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"  # noqa: FBT003
    return response


@requires(VIEW_WALL_CHART)
@require_GET
def wall_chart_pdf_note(_request: HttpRequest) -> HttpResponse:
    """Tell, as a line for the page of the chart, which official faces the print will lack."""
    return HttpResponse(escape(missing_note(faces())))

"""Documents that are downloaded."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.html import escape
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiaohao.core import dated_settings
from xiaohao.core.access import requires
from xiaohao.core.models import Account
from xiaohao.core.requests import AccountRequest
from xiaohao.rectification.access import VIEW_FINDINGS, VIEW_WALL_CHART
from xiaohao.rectification.models import Finding, Inspection
from xiaohao.rectification.wall_chart import Filters, build, of_one_organ
from xiaohao.writing import archive
from xiaohao.writing.access import MAKE_ARCHIVE, VIEW_DOCUMENTS
from xiaohao.writing.fonts import faces
from xiaohao.writing.official.pdf import as_pdf
from xiaohao.writing.official.text import OfficialText
from xiaohao.writing.official.word import as_word
from xiaohao.writing.readiness import text_of
from xiaohao.writing.services.documents import official
from xiaohao.writing.services.drafting import closing_form_of
from xiaohao.writing.templating import TemplateFault
from xiaohao.writing.views.found import readable_documents
from xiaohao.writing.wall_chart_pdf import missing_note, pdf


@requires(VIEW_WALL_CHART)
@require_GET
def wall_chart_pdf(request: HttpRequest) -> HttpResponse:
    """Give the wall chart as an A3 PDF, with the same filters as the page."""
    account = request.user
    assert isinstance(account, Account)  # noqa: S101 - the access gate lets no one else in
    today = timezone.localdate()
    chart = build(account, of_one_organ(account, Filters.read(request.GET)), today)
    colours = dated_settings.value(account.organ, "lights.colours", today)
    name = _("%(title)s整改挂图%(date)s.pdf") % {"title": chart.title, "date": f"{today:%Y%m%d}"}
    return _download(pdf(chart, colours, faces()), name, "application/pdf")


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"  # noqa: FBT003
    return response


@requires(VIEW_WALL_CHART)
@require_GET
def wall_chart_pdf_note(_request: HttpRequest) -> HttpResponse:
    """Tell, as a line for the page of the chart, which official faces the print will lack."""
    return HttpResponse(escape(missing_note(faces())))


FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@requires(VIEW_FINDINGS)
@require_GET
def closing_form(request: AccountRequest, number: int, form: str) -> HttpResponse:
    """Give the closing form of a finding that was struck off, by the organ's template, as Word or PDF."""
    rows = Finding.objects.visible_to(request.user).select_related(
        "organ", "inspection__organ", "accountable_leader", "lead_department"
    )
    finding = get_object_or_404(rows, pk=number)
    if finding.closed_on is None or form not in FORMS:
        raise Http404
    name = _("%(code)s销号表.%(form)s") % {"code": finding.code, "form": form}
    try:
        return _set(closing_form_of(finding, timezone.localdate()), form, name)
    except TemplateFault as fault:
        messages.error(request, str(fault))
        return redirect("finding", number)


@requires(VIEW_DOCUMENTS)
@require_GET
def document_file(request: AccountRequest, number: int, form: str) -> HttpResponse:
    """Give a document in the official layout as Word or PDF, or its text alone."""
    document = get_object_or_404(readable_documents(request.user).select_related("organ"), pk=number)
    name = f"{document.title[:60]}.{form}"
    if form in FORMS:
        return _set(official(document), form, name)
    if form == "txt":
        text = f"{text_of(document)}\n"
        return _download(text.encode(), name, "text/plain; charset=utf-8")
    raise Http404


def _set(text: OfficialText, form: str, name: str) -> HttpResponse:
    """Give a document set as Word or PDF."""
    content = as_word(text) if form == "docx" else as_pdf(text, faces())
    return _download(content, name, FORMS[form])


@requires(MAKE_ARCHIVE)
@require_POST
def inspection_archive(request: AccountRequest, number: int) -> FileResponse:
    """Give the file for the archive of an inspection, with its manifest."""
    rows = Inspection.objects.visible_to(request.user).filter(organ=request.user.organ)
    inspection = get_object_or_404(rows.select_related("organ"), pk=number)
    name = _("%(title)s整改归档%(date)s.zip") % {
        "title": inspection.title[:40],
        "date": f"{timezone.localdate():%Y%m%d}",
    }
    return FileResponse(archive.make(inspection, request.user), as_attachment=True, filename=name)

"""The weekly summary, the supervisor's view of the organs below, and evidence as an archive."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xiaohao.core.access import requires, visible_organs
from xiaohao.core.context import add_to_menu
from xiaohao.core.dated_settings import value
from xiaohao.core.paging import page
from xiaohao.core.requests import AccountRequest, number_in
from xiaohao.rectification.access import DOWNLOAD_EVIDENCE, VIEW_ORGANS, VIEW_SUMMARY
from xiaohao.rectification.models import Area, Finding, Inspection
from xiaohao.rectification.services import summary as service
from xiaohao.rectification.services.archive import write_archive
from xiaohao.rectification.services.statistics import of_organs, percentage, total_of


@requires(VIEW_SUMMARY)
@require_safe
def weekly_summary(request: AccountRequest) -> HttpResponse:
    """Show the summary of the week, half month or month, and as text to be copied."""
    today = timezone.localdate()
    chosen = request.GET.get("days", "")
    usual = int(value(request.user.organ, "summary.rhythm_days", today))
    period = service.period_of(today, int(chosen) if chosen in ("7", "15", "30") else usual)
    paragraphs = service.summary(request.user, today, period)
    context = {
        "paragraphs": paragraphs,
        "text": service.as_text(paragraphs, today, period),
        "period": period,
        "periods": [service.period_of(today, days) for days in (7, 15, 30)],
    }
    return render(request, "rectification/weekly_summary.html", context)


@requires(VIEW_ORGANS)
@require_safe
def organs(request: AccountRequest) -> HttpResponse:
    """Show every organ below with its numbers, most overdue first; a fixed number of queries."""
    below = visible_organs(request.user)
    counts = of_organs(below, timezone.localdate())
    current = page(counts, by="-overdue", cursor=request.GET.get("after", ""), size=30)
    silent = below.exclude(pk=request.user.organ.pk).exclude(pk__in=counts.order_by().values("organ"))
    context = {
        "rows": [
            {
                "organ": one.organ,
                "counts": one,
                "address": service.findings_address(organ=one.organ_id),
                "rate": percentage(one.closed, one.total),
                "extended": percentage(one.measures_extended, one.measures_total),
                "proven": percentage(one.measures_proven, one.measures_done),
            }
            for one in current.rows
        ],
        "next": current.next,
        "total": total_of(counts),
        "silent": list(silent.order_by("path")[:21]),
    }
    return render(request, "rectification/organs.html", context)


@requires(DOWNLOAD_EVIDENCE)
@require_safe
def evidence_archive(request: AccountRequest) -> FileResponse:
    """Give the evidence of a finding, an area or an inspection as one archive, in the ledger's order."""
    findings = Finding.objects.visible_to(request.user)
    name = _("整改佐证材料")
    choices: tuple[tuple[str, Any, str], ...] = (
        ("finding", Finding, "pk"),
        ("area", Area, "area"),
        ("inspection", Inspection, "inspection"),
    )
    for key, model, field in choices:
        number = number_in(request.GET.get(key, ""))
        if number is not None:
            found = get_object_or_404(model.objects.visible_to(request.user), pk=number)
            findings = findings.filter(**{field: found.pk})
            name = f"{name} {found}"
    rows = findings.order_by("inspection_id", "area__number", "number")
    stream = write_archive(rows.iterator(chunk_size=200))
    return FileResponse(stream, as_attachment=True, filename=f"{name[:60]}.zip")


add_to_menu(gettext_lazy("小结"), "weekly_summary", VIEW_SUMMARY, 28)
add_to_menu(gettext_lazy("各单位"), "organs", VIEW_ORGANS, 5)

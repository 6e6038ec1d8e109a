"""The weekly summary, the supervisor's view of the organs below, and evidence as an archive."""

from typing import Any

from django.db.models import Count
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xiaohao.core.access import requires, visible_organs
from xiaohao.core.context import add_to_menu
from xiaohao.core.requests import AccountRequest
from xiaohao.ledger.models import Instruction
from xiaohao.rectification.access import DOWNLOAD_EVIDENCE, VIEW_ORGANS, VIEW_SUMMARY
from xiaohao.rectification.models import Area, Finding, Inspection, Measure
from xiaohao.rectification.services import summary as service
from xiaohao.rectification.services.archive import write_archive
from xiaohao.rectification.services.statistics import (
    count_findings,
    count_measures,
    counts_by_organ,
    finding_aggregates,
    measure_aggregates,
    percentage,
    proven_by_organ,
)


@requires(VIEW_SUMMARY)
@require_safe
def weekly_summary(request: AccountRequest) -> HttpResponse:
    """Show the summary of the week, and as text to be copied."""
    today = timezone.localdate()
    paragraphs = service.summary(request.user, today)
    context = {"paragraphs": paragraphs, "text": service.as_text(paragraphs, today), "today": today}
    return render(request, "rectification/weekly_summary.html", context)


@requires(VIEW_ORGANS)
@require_safe
def organs(request: AccountRequest) -> HttpResponse:
    """Show every organ below with its numbers, most overdue first; a fixed number of queries."""
    today = timezone.localdate()
    below = visible_organs(request.user)
    findings = Finding.objects.visible_to(request.user)
    measures = Measure.objects.visible_to(request.user)
    by_organ = counts_by_organ(findings, finding_aggregates(today))
    of_measures = counts_by_organ(measures, measure_aggregates(today))
    proven = proven_by_organ(measures)
    unanswered = dict(
        Instruction.objects.visible_to(request.user)
        .filter(state=Instruction.State.OPEN)
        .order_by()
        .values_list("organ")
        .annotate(Count("pk"))
    )
    rows: list[dict[str, Any]] = [
        {
            "organ": organ,
            "findings": by_organ[organ.pk],
            "rate": percentage(by_organ[organ.pk]["closed"], by_organ[organ.pk]["total"]),
            "extended": percentage(
                of_measures[organ.pk]["extended"] if organ.pk in of_measures else 0,
                of_measures[organ.pk]["total"] if organ.pk in of_measures else 0,
            ),
            "proven": percentage(*proven.get(organ.pk, (0, 0))),
            "unanswered": unanswered.get(organ.pk, 0),
        }
        for organ in below.order_by("path")
        if organ.pk in by_organ
    ]
    rows.sort(key=lambda row: -by_organ[row["organ"].pk]["overdue"])
    context = {
        "rows": rows,
        "total": count_findings(findings, today),
        "measures": count_measures(measures, today),
        "empty_organs": [
            organ for organ in below if organ.pk not in by_organ and organ != request.user.organ
        ],
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
        number = request.GET.get(key, "")
        if number.isascii() and number.isdigit() and len(number) < 18:
            found = get_object_or_404(model.objects.visible_to(request.user), pk=int(number))
            findings = findings.filter(**{field: found.pk})
            name = f"{name} {found}"
    rows = findings.order_by("inspection_id", "area__number", "number")
    stream = write_archive(rows.iterator(chunk_size=200))
    return FileResponse(stream, as_attachment=True, filename=f"{name[:60]}.zip")


add_to_menu(gettext_lazy("周小结"), "weekly_summary", VIEW_SUMMARY, 28)
add_to_menu(gettext_lazy("各单位"), "organs", VIEW_ORGANS, 5)

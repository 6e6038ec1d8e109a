"""Templates of documents: edited beside the text they give, in versions, back to the shipped one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, Max, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xiaohao.core.access import requires
from xiaohao.core.requests import AccountRequest
from xiaohao.ledger.indicators import INDICATORS, Period
from xiaohao.rectification.models import Finding, Inspection
from xiaohao.writing import figures
from xiaohao.writing.access import CHANGE_TEMPLATES
from xiaohao.writing.forms import TemplateForm
from xiaohao.writing.material.names import names_of
from xiaohao.writing.models import DocumentKind, TextTemplate
from xiaohao.writing.scope import Scope
from xiaohao.writing.services import templates as service
from xiaohao.writing.templating import TemplateFault, check


@requires(CHANGE_TEMPLATES)
@require_http_methods(["GET", "POST"])
def text_template(request: AccountRequest, kind: str) -> HttpResponse:
    """Edit a template: preview, keep, or go back to the shipped one."""
    if kind not in DocumentKind.values:
        raise Http404
    versions = TextTemplate.objects.visible_to(request.user).filter(organ=request.user.organ, kind=kind)
    number = versions.aggregate(top=Max("number"))["top"] or 0
    form = TemplateForm(
        request.POST or None, number=number, source=service.template_of(request.user.organ, kind)
    )
    fault, fault_piece, text = "", "", ""
    source = form["source"].value() or ""
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["source"] if "reset" not in request.POST else ""
    try:
        check(source)
        text = _preview(request, kind, source or service.shipped(kind))
        if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
            expected = form.cleaned_data["number"]
            service.change_template(kind=kind, source=source, by=request.user, expected_number=expected)
            messages.success(request, _("已保存。"))
            return redirect("text_template", kind)
    except TemplateFault as problem:
        fault, fault_piece = str(problem), problem.piece
    except ValidationError as error:
        form.add_error(None, error.messages)
    context = {
        "form": form,
        "kind": kind,
        "label": DocumentKind(kind).label,
        "kinds": DocumentKind.choices,
        "fault": fault,
        "fault_piece": fault_piece,
        "text": text,
        "versions": versions.select_related("created_by__person")[:10],
        "indicators": INDICATORS.values(),
        "names": names_of(kind),
    }
    return render(request, "writing/text_template.html", context)


def _preview(request: AccountRequest, kind: str, source: str) -> str:
    """Return the text for the newest inspection with findings; nothing where none has."""
    own = Inspection.objects.visible_to(request.user).filter(organ=request.user.organ)
    findings = Finding.objects.visible_to(request.user).filter(inspection=OuterRef("pk"))
    told = own.filter(Exists(findings))
    inspection = told.select_related("organ").first()
    if inspection is None:
        return ""
    today = timezone.localdate()
    scope = Scope(
        inspection=inspection,
        period=Period(min(inspection.feedback_on or today, today), today),
        today=today,
        finding=inspection.findings.select_related("inspection").first(),
        person=request.user.person,
    )
    return figures.plain(service.written(kind, source, scope))

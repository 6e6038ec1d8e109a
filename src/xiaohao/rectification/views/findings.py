"""The list of findings, one finding, and its forms."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from xiaohao.core import subjects
from xiaohao.core.access import allowed, requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.dated_settings import value
from xiaohao.core.history import history_of
from xiaohao.core.models import Account, Role
from xiaohao.core.paging import bounded_count, page
from xiaohao.core.requests import AccountRequest
from xiaohao.core.services.evidence import evidence_of
from xiaohao.core.views.editing import edit
from xiaohao.ledger.attachments import instructions_on
from xiaohao.ledger.decision_kinds import label_of
from xiaohao.ledger.models import Decision
from xiaohao.ledger.narrowing import behind_number
from xiaohao.rectification.access import (
    ANALYSE,
    ASK_CLOSING,
    ASK_SIMILAR,
    CHANGE_FINDINGS,
    EXPORT_FINDINGS,
    IMPORT,
    REOPEN,
    REPORT_PROGRESS,
    TAKE_ON,
    TIE_PROOF,
    VIEW_FINDINGS,
    may_analyse,
    may_report,
)
from xiaohao.rectification.effects import effects_of
from xiaohao.rectification.finding_filters import IN_ORDER, SORTS, FindingFilters
from xiaohao.rectification.forms import FindingForm, MeasureForm, ProgressForm
from xiaohao.rectification.lights import light_of
from xiaohao.rectification.models import DONE_STATES, Finding, Measure, State
from xiaohao.rectification.proofs import standings_of
from xiaohao.rectification.services import closing, search
from xiaohao.rectification.sheets import ledger_file

CLOSED = Q(state__in=DONE_STATES)


def _rows(request: AccountRequest, form: FindingFilters, near_days: int) -> Any:
    findings = Finding.objects.visible_to(request.user)
    found, _note = behind_number(Finding, request.GET, findings)
    return form.apply(found, timezone.localdate(), near_days)


@requires(VIEW_FINDINGS)
@require_safe
@vary_on_headers("HX-Request")
def finding_list(request: AccountRequest) -> HttpResponse:
    """Show the findings that fit the filters; htmx gets the table alone."""
    today = timezone.localdate()
    near_days = value(request.user.organ, "lights.near_days", today)
    form = FindingFilters(request.GET, request.user)
    rows = _rows(request, form, near_days)
    sort = SORTS.get(request.GET.get("sort", ""), IN_ORDER)
    count, more = bounded_count(rows)
    shown = rows.select_related("area", "lead_department", "accountable_leader")
    current = page(shown, by=sort, cursor=request.GET.get("after", ""))
    counts = _measure_counts(request.user, current.rows)
    query = request.GET.copy()
    query.pop("after", None)
    words = {key: str(word) for key, word in State.choices}
    context = {
        "form": form,
        # Reversing fifty addresses and looking up fifty states is a tenth of the page.
        "list_address": reverse("findings"),
        "findings": [
            (
                finding,
                words[finding.state],
                light_of(finding, today, near_days),
                *counts.get(finding.pk, (0, 0)),
            )
            for finding in current.rows
        ],
        "next": current.next,
        # Their choices cost six queries: shown when somebody asks for them or has chosen one.
        "more": form.more_chosen or "more" in request.GET,
        "query": query.urlencode(),
        "count": f"{count}+" if more else str(count),
        "note": behind_number(Finding, request.GET, Finding.objects.visible_to(request.user))[1],
        "filtered": any(request.GET.get(name) for name in form.fields),
        "may_import": allowed(request.user, IMPORT),
        "may_add": allowed(request.user, CHANGE_FINDINGS),
    }
    alone = request.htmx and not request.htmx.history_restore_request
    name = "rectification/findings_table.html" if alone else "rectification/findings.html"
    return render(request, name, context)


def _measure_counts(account: Account, findings: list[Finding]) -> dict[int, tuple[int, int]]:
    """Return for each finding how many of its measures are closed or standing, and how many there are."""
    counted = (
        Measure.objects.visible_to(account)
        .filter(finding__in=[finding.pk for finding in findings])
        .order_by()
        .values("finding")
        .annotate(done=Count("pk", filter=CLOSED), total=Count("pk"))
    )
    return {row["finding"]: (row["done"], row["total"]) for row in counted}


@requires(EXPORT_FINDINGS)
@require_safe
def export(request: AccountRequest) -> FileResponse:
    """Give what the list shows as Excel, a row a measure, in the columns of the ledger."""
    today = timezone.localdate()
    near_days = value(request.user.organ, "lights.near_days", today)
    rows = _rows(request, FindingFilters(request.GET, request.user), near_days)
    measures = Measure.objects.visible_to(request.user)
    stream = ledger_file(rows, measures, request.user.organ)
    return FileResponse(stream, as_attachment=True, filename=_("整改台账.xlsx"))


@requires(VIEW_FINDINGS)
@require_safe
def finding(request: AccountRequest, number: int) -> HttpResponse:
    """Show a finding: facts, measures, what is missing, evidence, decisions, what followed, history."""
    found = get_object_or_404(
        Finding.objects.visible_to(request.user).select_related(
            "area", "inspection", "lead_department", "accountable_leader", "taken_on_by", "organ"
        ),
        pk=number,
    )
    today = timezone.localdate()
    near_days = value(found.organ, "lights.near_days", today)
    measures = list(
        found.measures.select_related(
            "owner", "lead_department", "accountable_leader", "organ"
        ).prefetch_related("supporting_departments")
    )
    proofs = evidence_of(measures)
    context = {
        "finding": found,
        "light": light_of(found, today, near_days),
        "measures": [
            (
                one,
                light_of(one, today, near_days),
                may_report(request.user, one) and one.state != State.CLOSED,
                proofs.get(one.pk, []),
            )
            for one in measures
        ],
        "source": _source(found),
        "origin_address": subjects.address_for(request.user, found.origin_kind, found.origin_number),
        "may_change": allowed(request.user, CHANGE_FINDINGS) and found.organ_id == request.user.organ.pk,
        "evidence": evidence_of([found]).get(found.pk, []),
        "instructions": instructions_on(request.user, found),
        "history": history_of(
            found.organ_id,
            [(Finding.subject_kind, [found.pk]), (Measure.subject_kind, [one.pk for one in measures])],
        ),
        **_closing(request, found, measures),
        **_afterwards(request, found),
    }
    return render(request, "rectification/finding.html", context)


def _source(found: Finding) -> str:
    """Return the sentence of the source the finding was read from."""
    if found.source_start is None or found.source_end is None:
        return ""
    return found.inspection.source_text[found.source_start : found.source_end]


def _closing(request: AccountRequest, found: Finding, measures: list[Measure]) -> dict[str, Any]:
    """Return what a finding's page says about its closing."""
    subjects = Q(about_kind=Finding.subject_kind, about_number=found.pk) | Q(
        about_kind=Measure.subject_kind, about_number__in=[one.pk for one in measures]
    )
    decisions = Decision.objects.visible_to(request.user).filter(subjects, organ=found.organ_id)
    own = found.organ_id == request.user.organ.pk
    works = own and may_analyse(request.user, found)
    return {
        "missing": closing.finding_missing(found, measures),
        "decisions": [(one, label_of(one.kind)) for one in decisions.select_related("asked_by")],
        "may_close": works and allowed(request.user, ASK_CLOSING) and found.closed_on is None,
        "may_analyse": works and allowed(request.user, ANALYSE) and found.closed_on is None,
        "may_take_on": own and allowed(request.user, TAKE_ON) and found.closed_on is None,
        "rules": found.rules.all(),
        "causes": found.causes.all(),
        "may_work": works,
    }


def _afterwards(request: AccountRequest, found: Finding) -> dict[str, Any]:
    """Return what followed a finding, and others like it."""
    others = Finding.objects.visible_to(request.user)
    standing = standings_of(found)
    own = found.organ_id == request.user.organ.pk
    return {
        "similar": search.similar(others, found, own=True),
        "may_see_others": request.user.holds(Role.SUPERVISOR),
        "standings": standing,
        "hidden": subjects.hidden_kinds(request.user),
        "alarm": found.closed_on is not None and any(one.broken for one in standing),
        "may_reopen": own and allowed(request.user, REOPEN) and found.closed_on is not None,
        "may_tie": own and allowed(request.user, TIE_PROOF) and may_analyse(request.user, found),
        "similar_checks": found.similar_checks.select_related("department", "person"),
        "look_backs": found.look_backs.select_related("round", "checker"),
        "effects": effects_of(found, request.user, timezone.localdate()),
        "may_choose_effects": own and allowed(request.user, ANALYSE) and may_analyse(request.user, found),
        "may_ask_similar": allowed(request.user, ASK_SIMILAR) and found.organ_id == request.user.organ.pk,
    }


@requires(VIEW_FINDINGS)
@require_safe
def finding_similar(request: AccountRequest, number: int) -> HttpResponse:
    """Show findings like this one in all organs one may see, with how they were solved."""
    found = get_object_or_404(Finding.objects.visible_to(request.user).select_related("organ"), pk=number)
    rows = search.similar(Finding.objects.visible_to(request.user), found, own=False, most=20)
    measures = Measure.objects.visible_to(request.user).filter(finding__in=[one.pk for one in rows])
    solved: dict[int, list[Measure]] = {}
    for measure in measures.order_by("finding", "number"):
        solved.setdefault(measure.finding_id, []).append(measure)
    context = {"finding": found, "similar": [(one, solved.get(one.pk, [])) for one in rows]}
    return render(request, "rectification/finding_similar.html", context)


@requires(CHANGE_FINDINGS)
@require_http_methods(["GET", "POST"])
def finding_edit(request: AccountRequest, number: int) -> HttpResponse:
    """Change the facts of a finding of one's own organ."""
    found = get_object_or_404(Finding.objects.visible_to(request.user), pk=number, organ=request.user.organ)
    form = FindingForm(request.POST or None, instance=found)

    def write() -> None:
        form.write(Finding.objects.visible_to(request.user).get(pk=number), request.user)

    title = _("修改问题 %(code)s") % {"code": found.code}
    return edit(request, form=form, title=title, back=reverse("finding", args=[number]), write=write)


@requires(CHANGE_FINDINGS)
@require_http_methods(["GET", "POST"])
def measure_edit(request: AccountRequest, number: int) -> HttpResponse:
    """Change a measure of one's own organ."""
    return _edit_measure(request, number, MeasureForm, _("修改措施 %(code)s"))


@requires(REPORT_PROGRESS)
@require_http_methods(["GET", "POST"])
def progress(request: AccountRequest, number: int) -> HttpResponse:
    """Report progress on a measure one answers for."""
    return _edit_measure(request, number, ProgressForm, _("报告进展：措施 %(code)s"))


def _edit_measure(request: AccountRequest, number: int, form_class: Any, heading: str) -> HttpResponse:
    measures = Measure.objects.visible_to(request.user).select_related("finding__inspection", "organ")
    found = get_object_or_404(measures, pk=number, organ=request.user.organ)
    if form_class is ProgressForm and not may_report(request.user, found):
        raise PermissionDenied
    form = form_class(request.POST or None, request.FILES or None, instance=found)

    def write() -> None:
        form.write(measures.get(pk=number), request.user)

    return edit(
        request,
        form=form,
        title=heading % {"code": found.code},
        lead=found.text,
        back=reverse("measure", args=[found.pk]),
        write=write,
    )


add_to_menu(gettext_lazy("问题台账"), "findings", VIEW_FINDINGS, 20)

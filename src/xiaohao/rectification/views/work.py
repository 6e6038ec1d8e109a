"""One measure: its page, and what its people do with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiaohao.core.access import allowed, requires
from xiaohao.core.dated_settings import value
from xiaohao.core.history import history_of
from xiaohao.core.requests import AccountRequest
from xiaohao.core.services.evidence import evidence_of
from xiaohao.core.services.records import Conflict
from xiaohao.core.subjects import address_for
from xiaohao.core.views.editing import edit
from xiaohao.ledger.attachments import instructions_on
from xiaohao.ledger.decision_kinds import DecisionKind, label_of
from xiaohao.ledger.models import Decision
from xiaohao.ledger.services import controls, decisions
from xiaohao.rectification import effects
from xiaohao.rectification.access import (
    ANALYSE,
    ASK_CHANGE,
    ASK_CLOSING,
    ASK_EXTENSION,
    ASSIGN,
    CHANGE_FINDINGS,
    REOPEN,
    TAKE_ON,
    TIE_PROOF,
    VIEW_FINDINGS,
    may_analyse,
    may_report,
)
from xiaohao.rectification.decisions import CHANGE, EXTENSION, FINDING_CLOSING, MEASURE_CLOSING
from xiaohao.rectification.forms import (
    AnalysisForm,
    ClosingForm,
    ExtensionForm,
    IndicatorsForm,
    OwnerForm,
    ProofForm,
    ReopenForm,
)
from xiaohao.rectification.lights import light_of
from xiaohao.rectification.models import Finding, Measure
from xiaohao.rectification.proofs import suggested
from xiaohao.rectification.services import afterwards, analysis, closing, measures
from xiaohao.rectification.services.plans import is_planned


def found_measure(request: AccountRequest, number: int) -> Measure:
    """Return a measure the account sees, with what its page needs."""
    rows = Measure.objects.visible_to(request.user).select_related(
        "organ",
        "owner",
        "lead_department",
        "accountable_leader",
        "finding__inspection",
        "finding__accountable_leader",
        "finding__organ",
    )
    return get_object_or_404(rows, pk=number)


def found_finding(request: AccountRequest, number: int) -> Finding:
    """Return a finding of the account's own organ."""
    rows = Finding.objects.visible_to(request.user).select_related("organ", "inspection", "taken_on_by")
    return get_object_or_404(rows, pk=number, organ=request.user.organ)


@requires(VIEW_FINDINGS)
@require_safe
def measure(request: AccountRequest, number: int) -> HttpResponse:
    """Show a measure: facts, reports, evidence, what is missing, decisions, history."""
    found = found_measure(request, number)
    today = timezone.localdate()
    evidence = evidence_of([found]).get(found.pk, [])
    own_decisions = Decision.objects.visible_to(request.user).about(found)
    planned = is_planned(found.finding.inspection)
    reporting = measures.reporting(found, request.user)
    context = {
        "measure": found,
        "origin_address": address_for(request.user, found.origin_kind, found.origin_number),
        "light": light_of(found, today, int(value(found.organ, "lights.near_days", today))),
        "stalled": found.stalled_reports >= int(value(found.organ, "progress.stalled_reports", today)),
        "reports": found.reports.select_related("created_by__person")[:50],
        "extensions": found.extensions.all(),
        "orders": found.orders.all()[:20],
        "evidence": evidence,
        "missing": closing.measure_missing(found, len(evidence)),
        "decisions": [(one, label_of(one.kind)) for one in own_decisions.select_related("asked_by")],
        "may_report": not reporting and found.state != "closed",
        "may_work": may_report(request.user, found) and found.state != "closed",
        "asks": _asks(request, found, planned=planned),
        "standings": controls.standings(
            found.organ_id, [proof.control for proof in controls.proofs_of(found)]
        ),
        "may_tie": allowed(request.user, TIE_PROOF) and may_report(request.user, found),
        "may_change": allowed(request.user, CHANGE_FINDINGS) and found.organ_id == request.user.organ.pk,
        "may_assign": allowed(request.user, ASSIGN) and found.owner_id is None,
        "planned": planned,
        "instructions": instructions_on(request.user, found),
        "history": history_of(found.organ_id, [(Measure.subject_kind, [found.pk])]),
    }
    return render(request, "rectification/measure.html", context)


def _asks(request: AccountRequest, found: Measure, *, planned: bool) -> list[tuple[str, str, list[str]]]:
    """Return what may be asked for: label, address, and what stands in the way."""
    kinds: list[tuple[DecisionKind, str]] = [
        (MEASURE_CLOSING, "measure_closing"),
        (EXTENSION, "measure_extension"),
    ]
    if planned:
        kinds.append((CHANGE, "measure_change"))
    return [
        (
            str(_("申请%(kind)s") % {"kind": kind.label}),
            reverse(name, args=[found.pk]),
            decisions.why_not(kind, found, request.user),
        )
        for kind, name in kinds
        if not kind.may_ask(request.user, found)
    ]


def _ask(request: AccountRequest, kind: DecisionKind, about: Any, form: Any, back: str) -> HttpResponse:
    """Show the form of a question and put it to its signers."""
    if kind.may_ask(request.user, about):
        raise PermissionDenied

    def write() -> None:
        decisions.ask(
            kind,
            about=about,
            reason=form.cleaned_data["reason"],
            content=form.content(),
            by=request.user,
        )

    return edit(
        request,
        form=form,
        title=_("申请%(kind)s") % {"kind": kind.label},
        lead=str(about),
        back=back,
        write=write,
        submit=_("提交审批"),
    )


@requires(ASK_CLOSING)
@require_http_methods(["GET", "POST"])
def measure_closing(request: AccountRequest, number: int) -> HttpResponse:
    """Ask to strike a measure off."""
    found = found_measure(request, number)
    form = ClosingForm(request.POST or None, initial={"reason": found.progress})
    return _ask(request, MEASURE_CLOSING, found, form, reverse("measure", args=[number]))


@requires(ASK_EXTENSION)
@require_http_methods(["GET", "POST"])
def measure_extension(request: AccountRequest, number: int) -> HttpResponse:
    """Ask for more time."""
    found = found_measure(request, number)
    form = ExtensionForm(request.POST or None)
    return _ask(request, EXTENSION, found, form, reverse("measure", args=[number]))


@requires(ASK_CHANGE)
@require_http_methods(["GET", "POST"])
def measure_change(request: AccountRequest, number: int) -> HttpResponse:
    """Ask for another owner after the plan was approved."""
    found = found_measure(request, number)
    form = OwnerForm(request.POST or None, found)
    return _ask(request, CHANGE, found, form, reverse("measure", args=[number]))


@requires(ASK_CLOSING)
@require_http_methods(["GET", "POST"])
def finding_closing(request: AccountRequest, number: int) -> HttpResponse:
    """Ask to strike a finding off."""
    found = found_finding(request, number)
    form = ClosingForm(request.POST or None)
    return _ask(request, FINDING_CLOSING, found, form, reverse("finding", args=[number]))


@requires(ANALYSE)
@require_http_methods(["GET", "POST"])
def finding_analysis(request: AccountRequest, number: int) -> HttpResponse:
    """Write down root cause, causes, and why no rule is needed."""
    found = found_finding(request, number)
    if not may_analyse(request.user, found):
        raise PermissionDenied
    analysis.causes_of(found.organ, request.user)  # begins the organ's list on its first use
    form = AnalysisForm(request.POST or None, instance=found)
    return edit(
        request,
        form=form,
        title=_("原因分析：问题 %(code)s") % {"code": found.code},
        lead=found.title,
        back=reverse("finding", args=[number]),
        write=lambda: analysis.analyse(
            finding=found_finding(request, number),
            values=form.values(),
            by=request.user,
            expected_version=form.cleaned_data["version"],
        ),
    )


@requires(TIE_PROOF)
@require_http_methods(["GET", "POST"])
def finding_proofs(request: AccountRequest, number: int) -> HttpResponse:
    """Choose the controls that show whether the fix lasts."""
    found = found_finding(request, number)
    if not may_analyse(request.user, found):
        raise PermissionDenied
    tied = [proof.control for proof in controls.proofs_of(found)]
    words = f"{found.title}\n{found.detail}\n{found.root_cause}"
    form = ProofForm(request.POST or None, suggested(words), tied)

    def write() -> None:
        controls.tie(about=found, controls=form.cleaned_data["controls"], by=request.user)

    title = _("销号的凭据：问题 %(code)s") % {"code": found.code}
    back = reverse("finding", args=[number])
    return edit(request, form=form, title=title, lead=found.title, back=back, write=write)


@requires(ANALYSE)
@require_http_methods(["GET", "POST"])
def finding_indicators(request: AccountRequest, number: int) -> HttpResponse:
    """Choose the numbers that show what the fix brought about."""
    found = found_finding(request, number)
    if not may_analyse(request.user, found):
        raise PermissionDenied
    form = IndicatorsForm(request.POST or None, found, effects.suggested(found), request.user)

    def write() -> None:
        analysis.choose_indicators(
            finding=found,
            keys=form.chosen,
            by=request.user,
            expected_version=form.cleaned_data["version"],
        )

    title = _("说明成效的数字：问题 %(code)s") % {"code": found.code}
    back = reverse("finding", args=[number])
    return edit(request, form=form, title=title, lead=found.title, back=back, write=write)


@requires(TIE_PROOF)
@require_http_methods(["GET", "POST"])
def measure_proofs(request: AccountRequest, number: int) -> HttpResponse:
    """Choose the controls that show whether a measure lasts; its finding rests on them too."""
    found = found_measure(request, number)
    if not may_report(request.user, found):
        raise PermissionDenied
    tied = [proof.control for proof in controls.proofs_of(found)]
    form = ProofForm(request.POST or None, suggested(f"{found.text}\n{found.finding.title}"), tied)

    def write() -> None:
        controls.tie(about=found, controls=form.cleaned_data["controls"], by=request.user)

    title = _("销号的凭据：措施 %(code)s") % {"code": found.code}
    back = reverse("measure", args=[number])
    return edit(request, form=form, title=title, lead=found.text, back=back, write=write)


@requires(REOPEN)
@require_http_methods(["GET", "POST"])
def finding_reopen(request: AccountRequest, number: int) -> HttpResponse:
    """Say that a closed finding has relapsed, and have it worked on again."""
    found = found_finding(request, number)
    form = ReopenForm(request.POST or None)

    def write() -> None:
        given = form.cleaned_data
        afterwards.reopen(found, found.measures.all(), given["deadline"], given["reason"], request.user)

    return edit(
        request,
        form=form,
        title=_("认定反弹，重新整改"),
        lead=str(found),
        back=reverse("finding", args=[number]),
        write=write,
        submit=_("重新整改"),
    )


@requires(TAKE_ON)
@require_POST
def finding_take_on(request: AccountRequest, number: int) -> HttpResponse:
    """A leader takes a finding on, or gives it back."""
    found = found_finding(request, number)
    leader = None if found.taken_on_by_id == request.user.person_id else request.user.person

    def write() -> object:
        return analysis.take_on(finding=found, leader=leader, by=request.user, expected_version=found.version)

    return _tried(request, write, _("已领办。") if leader else _("已不再领办。"), "finding", number)


def _tried(
    request: AccountRequest, write: Callable[[], object], done: str, view: str, number: int
) -> HttpResponse:
    try:
        write()
    except (ValidationError, Conflict) as error:
        messages.error(request, "".join(error.messages) if isinstance(error, ValidationError) else str(error))
    else:
        messages.success(request, done)
    return redirect(view, number)

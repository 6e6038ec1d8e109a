"""The plan in its versions, and the three lists."""

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xiaohao.core.access import allowed, requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.paging import page
from xiaohao.core.requests import AccountRequest, number_in, query_without
from xiaohao.core.views.editing import edit
from xiaohao.ledger.attachments import attached
from xiaohao.ledger.forms import AskForm
from xiaohao.ledger.models import Decision
from xiaohao.ledger.narrowing import behind_number
from xiaohao.ledger.services import decisions
from xiaohao.rectification.access import CHANGE_PLANS, EXPORT_FINDINGS, VIEW_PLANS
from xiaohao.rectification.decisions import PLAN
from xiaohao.rectification.exporting import entries_of
from xiaohao.rectification.forms import NewPlanForm, PlanForm, PlanReportForm
from xiaohao.rectification.lists import LISTS, lines_of
from xiaohao.rectification.models import Finding, Inspection, Measure, Plan
from xiaohao.rectification.services import plans as service
from xiaohao.rectification.sheets import list_file


@requires(VIEW_PLANS)
@require_safe
def plan_list(request: AccountRequest) -> HttpResponse:
    """Show each inspection with its plans, and by when a plan is due."""
    inspections = (
        Inspection.objects.visible_to(request.user)
        .select_related("organ")
        .defer("source_text")
        .prefetch_related(Prefetch("plans", Plan.objects.visible_to(request.user).defer("content")))
    )
    context = {
        "inspections": [(one, service.due_on(one), list(one.plans.all())) for one in inspections],
        "may_change": allowed(request.user, CHANGE_PLANS),
        "today": timezone.localdate(),
    }
    return render(request, "rectification/plans.html", context)


def _found(request: AccountRequest, number: int) -> Plan:
    rows = Plan.objects.visible_to(request.user).select_related("inspection__organ", "organ")
    return get_object_or_404(rows, pk=number)


@requires(VIEW_PLANS)
@require_safe
def plan(request: AccountRequest, number: int) -> HttpResponse:
    """Show a plan, its lists as submitted, and what changed since it was approved."""
    found = _found(request, number)
    own = found.organ_id == request.user.organ.pk and allowed(request.user, CHANGE_PLANS)
    fixed = found.state in (Plan.State.APPROVED, Plan.State.REPORTED)
    now = service.snapshot(found.inspection)
    names = {field.name: str(field.verbose_name) for field in Measure._meta.concrete_fields}
    decision = Decision.objects.visible_to(request.user).about(found)
    context = {
        "plan": found,
        "content": found.content or now,
        "changes": [
            (code, names.get(field, ""), old, new)
            for code, field, old, new in (service.changes_since(found.content, now) if fixed else ())
        ],
        "fixed": fixed,
        "missing": decisions.why_not(PLAN, found, request.user) if own else [],
        "decision": decision.first(),
        "may_change": own and found.state == Plan.State.DRAFT,
        "may_report": own and found.state == Plan.State.APPROVED,
        "may_work": own,
        "due": service.due_on(found.inspection),
        **attached(request.user, found),
        "record": found,
    }
    return render(request, "rectification/plan.html", context)


@requires(CHANGE_PLANS)
@require_http_methods(["GET", "POST"])
def plan_add(request: AccountRequest) -> HttpResponse:
    """Draft a plan, or its next version."""
    empty = Plan(organ=request.user.organ)
    form = NewPlanForm(
        request.POST or None, instance=empty, initial={"inspection": request.GET.get("inspection")}
    )

    def write() -> None:
        values = form.values()
        service.draft(inspection=values.pop("inspection"), values=values, by=request.user)

    return edit(request, form=form, title=_("起草整改方案"), back=reverse("plans"), write=write)


@requires(CHANGE_PLANS)
@require_http_methods(["GET", "POST"])
def plan_edit(request: AccountRequest, number: int) -> HttpResponse:
    """Change the text of a draft."""
    found = _found(request, number)
    form = PlanForm(request.POST or None, instance=found)

    def write() -> None:
        service.change(
            plan=_found(request, number),
            values=form.values(),
            by=request.user,
            expected_version=form.cleaned_data["version"],
        )

    back = reverse("plan", args=[number])
    return edit(request, form=form, title=_("修改整改方案"), lead=str(found), back=back, write=write)


@requires(CHANGE_PLANS)
@require_http_methods(["GET", "POST"])
def plan_submit(request: AccountRequest, number: int) -> HttpResponse:
    """Put the plan to the head of the organ."""
    found = _found(request, number)
    if PLAN.may_ask(request.user, found):
        raise PermissionDenied
    form = AskForm(request.POST or None, initial={"reason": _("请审定。")})
    own = Decision.objects.visible_to(request.user).about(found)
    open_one = own.filter(state=Decision.State.RETURNED)

    def write() -> None:
        returned = open_one.first()
        reason = form.cleaned_data["reason"]
        if returned is not None:
            decisions.resubmit(decision=returned, reason=reason, by=request.user)
        else:
            decisions.ask(PLAN, about=found, reason=reason, by=request.user)

    return edit(
        request,
        form=form,
        title=_("提交整改方案"),
        lead=str(found),
        back=reverse("plan", args=[number]),
        write=write,
        submit=_("提交审批"),
    )


@requires(CHANGE_PLANS)
@require_http_methods(["GET", "POST"])
def plan_report(request: AccountRequest, number: int) -> HttpResponse:
    """Record that the plan was reported upwards."""
    found = _found(request, number)
    first = {"on": timezone.localdate(), "to": found.inspection.inspecting_body}
    form = PlanReportForm(request.POST or None, initial=first)

    def write() -> None:
        service.report(plan=found, by=request.user, **form.cleaned_data)

    return edit(
        request,
        form=form,
        title=_("报送整改方案"),
        lead=str(found),
        back=reverse("plan", args=[number]),
        write=write,
    )


def _findings(request: AccountRequest) -> "tuple[QuerySet[Finding], str]":
    """Return the findings of the chosen inspection, all where none was chosen, and the choice."""
    rows = Finding.objects.visible_to(request.user)
    chosen = number_in(request.GET.get("inspection", ""))
    return (rows, "") if chosen is None else (rows.filter(inspection=chosen), str(chosen))


@requires(VIEW_PLANS)
@require_safe
def three_lists(request: AccountRequest) -> HttpResponse:
    """Show one of the three lists: three views of the same measures."""
    measures, note = behind_number(Measure, request.GET, Measure.objects.visible_to(request.user))
    chosen = LISTS.get(request.GET.get("list", ""), LISTS["task" if note else "problem"])
    findings, inspection = _findings(request)
    if note:
        findings = findings.filter(pk__in=measures.order_by().values("finding"))
    current = page(findings, by="inspection_id,number", cursor=request.GET.get("after", ""))
    shown = Finding.objects.visible_to(request.user).filter(pk__in=[one.pk for one in current.rows])
    context = {
        "lists": LISTS.values(),
        "chosen": chosen,
        "lines": lines_of(chosen, entries_of(shown, measures)),
        "inspections": Inspection.objects.visible_to(request.user).only("title", "number", "organ"),
        "inspection": inspection,
        "note": note,
        "query": query_without(request.GET, "after"),
        "next": current.next,
    }
    return render(request, "rectification/three_lists.html", context)


@requires(EXPORT_FINDINGS)
@require_safe
def three_lists_export(request: AccountRequest) -> FileResponse:
    """Give one of the lists whole, as Excel."""
    chosen = LISTS.get(request.GET.get("list", ""), LISTS["problem"])
    findings, _inspection = _findings(request)
    measures = Measure.objects.visible_to(request.user)
    stream = list_file(chosen, findings, measures, request.user.organ)
    return FileResponse(stream, as_attachment=True, filename=f"{chosen.title}.xlsx")


add_to_menu(gettext_lazy("三个清单"), "three_lists", VIEW_PLANS, 22)
add_to_menu(gettext_lazy("整改方案"), "plans", VIEW_PLANS, 24)

"""Tasks nobody answers for yet: claimed by a department, or assigned."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xiaohao.core.access import allowed, requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.paging import page
from xiaohao.core.requests import AccountRequest
from xiaohao.core.views.editing import edit
from xiaohao.rectification.access import ASSIGN, CLAIM, VIEW_FINDINGS
from xiaohao.rectification.forms import ClaimForm
from xiaohao.rectification.services import measures
from xiaohao.rectification.views.work import found_measure


@requires(VIEW_FINDINGS)
@require_safe
def open_tasks(request: AccountRequest) -> HttpResponse:
    """Show the tasks nobody answers for yet, to be claimed or assigned."""
    rows = measures.unclaimed(request.user.organ).select_related(
        "finding", "lead_department", "organ", "owner"
    )
    current = page(rows, by="finding_id,number", cursor=request.GET.get("after", ""))
    context = {
        "rows": current.rows,
        "next": current.next,
        "may_claim": allowed(request.user, CLAIM),
        "may_assign": allowed(request.user, ASSIGN),
        "own_department": request.user.person.department_id,
    }
    return render(request, "rectification/open_tasks.html", context)


@requires(CLAIM)
@require_http_methods(["GET", "POST"])
def measure_claim(request: AccountRequest, number: int) -> HttpResponse:
    """Claim a task for one's department."""
    found = found_measure(request, number)
    department = request.user.person.department
    if department is None or found.organ_id != request.user.organ.pk:
        raise PermissionDenied
    people = department.people.filter(left_on=None).select_related("department")
    form = ClaimForm(request.POST or None, found, people, request.user.person)

    def write() -> None:
        measures.claim(
            measure=found_measure(request, number),
            owner=form.cleaned_data["owner"],
            by=request.user,
            expected_version=form.cleaned_data["version"],
        )

    title = _("认领任务 %(code)s") % {"code": found.code}
    back = reverse("open_tasks")
    return edit(request, form=form, title=title, lead=found.text, back=back, write=write, submit=_("认领"))


@requires(ASSIGN)
@require_http_methods(["GET", "POST"])
def measure_assign(request: AccountRequest, number: int) -> HttpResponse:
    """Say who answers for a task nobody claimed."""
    found = found_measure(request, number)
    if found.organ_id != request.user.organ.pk:
        raise PermissionDenied
    people = found.organ.people.filter(left_on=None).exclude(department=None).select_related("department")
    form = ClaimForm(request.POST or None, found, people, None)

    def write() -> None:
        owner = form.cleaned_data["owner"]
        measures.assign(
            measure=found_measure(request, number),
            department=owner.department,
            owner=owner,
            by=request.user,
            expected_version=form.cleaned_data["version"],
        )

    title = _("指定责任人：措施 %(code)s") % {"code": found.code}
    back = reverse("open_tasks")
    return edit(request, form=form, title=title, lead=found.text, back=back, write=write, submit=_("指定"))


add_to_menu(gettext_lazy("任务认领"), "open_tasks", VIEW_FINDINGS, 32)

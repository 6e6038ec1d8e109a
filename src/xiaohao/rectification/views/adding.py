"""Adding a finding or a measure by hand."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from xiaohao.core.access import requires
from xiaohao.core.requests import AccountRequest
from xiaohao.core.subjects import address_of
from xiaohao.core.views.editing import edit
from xiaohao.rectification.access import CHANGE_FINDINGS
from xiaohao.rectification.adding_forms import FindingAddForm, MeasureAddForm
from xiaohao.rectification.models import Finding, Measure

PLAN = gettext_noop("已批准的方案不变，新增的会标出来；方案正在审批的，加了以后要退回重新提交。")


@requires(CHANGE_FINDINGS)
@require_http_methods(["GET", "POST"])
def finding_add(request: AccountRequest) -> HttpResponse:
    """Add a finding to an inspection of one's own organ."""
    form = FindingAddForm(request.POST or None, request.user.organ)

    def write() -> Finding:
        return form.make(request.user)

    return edit(
        request,
        form=form,
        title=_("新增问题"),
        lead=_("反馈以后发现的、群众反映的问题在这里加，反馈的问题请用“导入”。") + _(PLAN),
        back=reverse("findings"),
        write=write,
        then=address_of,
    )


@requires(CHANGE_FINDINGS)
@require_http_methods(["GET", "POST"])
def measure_add(request: AccountRequest, number: int) -> HttpResponse:
    """Add a measure to a finding of one's own organ."""
    rows = Finding.objects.visible_to(request.user).filter(organ=request.user.organ)
    found = get_object_or_404(rows, pk=number)
    first = {"lead_department": found.lead_department_id, "accountable_leader": found.accountable_leader_id}
    form = MeasureAddForm(request.POST or None, request.user.organ, finding=found, initial=first)

    def write() -> Measure:
        return form.make(request.user)

    return edit(
        request,
        form=form,
        title=_("新增措施：问题 %(code)s") % {"code": found.code},
        lead=f"{found.title}　{_(PLAN)}",
        back=reverse("finding", args=[number]),
        write=write,
        then=address_of,
    )

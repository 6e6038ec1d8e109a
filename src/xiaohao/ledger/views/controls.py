"""The controls, what they found, and what people say to it."""

from collections import Counter

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiaohao.core import subjects
from xiaohao.core.access import allowed, requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.forms import VersionForm, date_field
from xiaohao.core.history import history_of_record
from xiaohao.core.paging import page
from xiaohao.core.requests import AccountRequest
from xiaohao.core.views.editing import edit
from xiaohao.ledger.access import EXPLAIN_HIT, RUN_CONTROLS, VIEW_CONTROLS
from xiaohao.ledger.controls import CONTROLS, Parameters, title_of
from xiaohao.ledger.models import ControlDay, ControlHit
from xiaohao.ledger.services import controls as service


class ExplainForm(VersionForm):
    """Why it is in order, and until when that counts."""

    text = forms.CharField(label=gettext_lazy("说明"), max_length=2000, widget=forms.Textarea)
    until = date_field(gettext_lazy("说明有效期至"), required=True)


@requires(VIEW_CONTROLS)
@require_safe
def control_list(request: AccountRequest) -> HttpResponse:
    """Show every control with how many records break it, and the open hits."""
    hits = ControlHit.objects.visible_to(request.user).exclude(state=ControlHit.State.CLOSED)
    chosen = request.GET.get("control", "")
    counts = Counter(hits.order_by().values_list("control", "state"))
    shown = hits.filter(control=chosen) if chosen in CONTROLS else hits
    current = page(shown.select_related("organ"), by="-found_on", cursor=request.GET.get("after", ""))
    context = {
        "controls": [
            (control, counts[control.key, "open"], counts[control.key, "explained"])
            for control in CONTROLS.values()
        ],
        "hits": [(hit, title_of(hit.control)) for hit in current.rows],
        "chosen": chosen,
        "next": current.next,
        "may_run": allowed(request.user, RUN_CONTROLS),
    }
    return render(request, "ledger/controls.html", context)


@requires(VIEW_CONTROLS)
@require_safe
def control(request: AccountRequest, key: str) -> HttpResponse:
    """Show a control: its text, basis, the values it used, its trend, and what breaks it."""
    found = CONTROLS.get(key)
    if found is None:
        raise Http404
    parameters = Parameters(request.user.organ, timezone.localdate())
    found.breaks(found.model.objects.visible_to(request.user), parameters)  # to learn which values it uses
    days = ControlDay.objects.filter(organ=request.user.organ, control=key).order_by("-day")[:30]
    hits = ControlHit.objects.visible_to(request.user).filter(control=key)
    context = {
        "control": found,
        "values": parameters.said(),
        "days": list(days),
        "hits": hits.exclude(state=ControlHit.State.CLOSED).select_related("organ")[:200],
        "gone": hits.filter(state=ControlHit.State.CLOSED)[:20],
    }
    return render(request, "ledger/control.html", context)


def _hit(request: AccountRequest, number: int) -> ControlHit:
    rows = ControlHit.objects.visible_to(request.user).select_related("organ", "explained_by__person")
    return get_object_or_404(rows, pk=number)


@requires(VIEW_CONTROLS)
@require_safe
def control_hit(request: AccountRequest, number: int) -> HttpResponse:
    """Show what breaks a rule, and lead to the record that does."""
    hit = _hit(request, number)
    context = {
        "hit": hit,
        "control": CONTROLS.get(hit.control),
        "address": subjects.address_by_number(hit.about_kind, hit.about_number),
        "may_explain": allowed(request.user, EXPLAIN_HIT) and not service.may_explain(hit, request.user),
        "history": history_of_record(hit),
    }
    return render(request, "ledger/control_hit.html", context)


@requires(EXPLAIN_HIT)
@require_http_methods(["GET", "POST"])
def control_hit_explain(request: AccountRequest, number: int) -> HttpResponse:
    """Explain why it is in order all the same."""
    hit = _hit(request, number)
    if service.may_explain(hit, request.user):
        raise PermissionDenied
    form = ExplainForm(request.POST or None, hit.version)

    def write() -> None:
        given = form.cleaned_data
        service.explain(
            hit=hit,
            text=given["text"],
            until=given["until"],
            by=request.user,
            expected_version=given["version"],
        )

    back = reverse("control_hit", args=[number])
    return edit(request, form=form, title=_("说明情况"), lead=hit.sentence, back=back, write=write)


@requires(RUN_CONTROLS)
@require_POST
def controls_run(request: AccountRequest) -> HttpResponse:
    """Run all controls for one's own organ now."""
    service.run(request.user.organ, timezone.localdate())
    return redirect("controls")


add_to_menu(gettext_lazy("检查规则"), "controls", VIEW_CONTROLS, 45)

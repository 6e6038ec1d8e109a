"""The controls, what they found, and what people say to it."""

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
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
from xiaohao.core.forms import StyledForm, VersionForm, date_field
from xiaohao.core.history import history_of_record
from xiaohao.core.models import Account, Department
from xiaohao.core.paging import page
from xiaohao.core.requests import AccountRequest
from xiaohao.core.views.editing import edit
from xiaohao.ledger.access import EXPLAIN_HIT, RUN_CONTROLS, VIEW_CONTROLS
from xiaohao.ledger.controls import CONTROLS, Control, Parameters, Severity, title_of
from xiaohao.ledger.models import ControlDay, ControlHit
from xiaohao.ledger.register import register_of, shelf
from xiaohao.ledger.services import controls as service


class ExplainForm(VersionForm):
    """Why it is in order, and until when that counts."""

    text = forms.CharField(label=gettext_lazy("说明"), max_length=2000, widget=forms.Textarea)
    until = date_field(gettext_lazy("说明有效期至"), required=True)


def _hits(request: AccountRequest) -> "QuerySet[ControlHit]":
    """Return the hits on records the account may see."""
    hidden = subjects.hidden_kinds(request.user)
    return ControlHit.objects.visible_to(request.user).exclude(about_kind__in=hidden)


class HitFilter(StyledForm):
    """Which hits to show: of a register, a rule, a department, a grade, a basis."""

    register = forms.ChoiceField(label=gettext_lazy("台账"), required=False)
    control = forms.ChoiceField(label=gettext_lazy("规则"), required=False)
    department: Any = forms.ModelChoiceField(
        None, label=gettext_lazy("委室"), required=False, empty_label=gettext_lazy("全部")
    )
    severity = forms.ChoiceField(label=gettext_lazy("程度"), required=False)
    basis = forms.ChoiceField(label=gettext_lazy("依据"), required=False)

    def __init__(self, data: Any, account: Account) -> None:
        super().__init__(data)
        every: list[Any] = [("", _("全部"))]
        groups = {group_of(control): str(control.group) for control in CONTROLS.values()}
        bases = dict.fromkeys(str(control.basis) for control in CONTROLS.values())
        choices: dict[str, list[Any]] = {
            "register": list(groups.items()),
            "control": [(key, str(one.title)) for key, one in CONTROLS.items()],
            "severity": list(Severity.choices),
            "basis": [(basis, basis) for basis in bases],
        }
        for name, offered in choices.items():
            cast("forms.ChoiceField", self.fields[name]).choices = every + offered
        departments = Department.objects.visible_to(account)
        cast("forms.ModelChoiceField[Department]", self.fields["department"]).queryset = departments
        self.is_valid()

    def shows(self, control: Control) -> bool:
        """Tell whether a control is among those chosen."""
        wanted = self.cleaned_data
        given = {
            "register": group_of(control),
            "control": control.key,
            "severity": control.severity.value,
            "basis": str(control.basis),
        }
        return all(not wanted.get(name) or wanted[name] == value for name, value in given.items())


def group_of(control: Control) -> str:
    """Return the register a control belongs to; its model's own key where there is none."""
    register = register_of(control.model)
    return shelf(register).key if register else control.model.subject_kind


@requires(VIEW_CONTROLS)
@require_safe
def control_list(request: AccountRequest) -> HttpResponse:
    """Show every control with how many records break it, and the open hits; both as far as chosen."""
    form = HitFilter(request.GET, request.user)
    chosen = {key: control for key, control in CONTROLS.items() if form.shows(control)}
    hits = _hits(request).exclude(state=ControlHit.State.CLOSED)
    if form.cleaned_data.get("department"):
        hits = hits.filter(department=form.cleaned_data["department"])
    counts = {
        (row["control"], row["state"]): row["count"]
        for row in hits.order_by().values("control", "state").annotate(count=Count("pk"))
    }
    shown = hits.filter(control__in=chosen).select_related("organ", "department")
    current = page(shown, by="-found_on", cursor=request.GET.get("after", ""))
    query = request.GET.copy()
    query.pop("after", None)
    context = {
        "form": form,
        "controls": [
            (control, counts.get((key, "open"), 0), counts.get((key, "explained"), 0))
            for key, control in chosen.items()
        ],
        "hits": [(hit, title_of(hit.control)) for hit in current.rows],
        "query": query.urlencode(),
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
    hits = _hits(request).filter(control=key)
    context = {
        "control": found,
        "values": parameters.said(),
        "days": list(days),
        "hits": hits.exclude(state=ControlHit.State.CLOSED).select_related("organ")[:200],
        "gone": hits.filter(state=ControlHit.State.CLOSED)[:20],
    }
    return render(request, "ledger/control.html", context)


def _hit(request: AccountRequest, number: int) -> ControlHit:
    rows = _hits(request).select_related("organ", "explained_by__person")
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

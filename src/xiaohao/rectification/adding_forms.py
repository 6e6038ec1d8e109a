"""Forms of findings and measures that are added by hand."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xiaohao.core.forms import RecordForm, date_field
from xiaohao.core.models import Account, Organ
from xiaohao.rectification.leaders import offer_leaders
from xiaohao.rectification.models import Area, Finding, Inspection, Kind, Measure
from xiaohao.rectification.services import adding
from xiaohao.rectification.services.adding import Origin

if TYPE_CHECKING:
    AreaField = forms.ModelChoiceField[Area]
    FindingField = forms.ModelChoiceField[Finding]
    InspectionField = forms.ModelChoiceField[Inspection]
else:
    AreaField = FindingField = InspectionField = forms.ModelChoiceField

ORIGIN_HELP = _("例如：群众来信、自查发现。所有看台账的人都能看到，不要写个人信息。")


class FindingAddForm(RecordForm):
    """A finding in an inspection, under one of its areas or a new one."""

    inspection = InspectionField(Inspection.objects.none(), label=_("巡察"), empty_label=None)
    area = AreaField(Area.objects.none(), label=_("方面"), required=False, empty_label=_("（新设一个方面）"))
    new_area = forms.CharField(label=_("新方面的名称"), max_length=200, required=False)
    field_order = ("inspection", "area", "new_area")

    class Meta:
        model = Finding
        fields: tuple[str, ...] = (
            *("title", "detail", "goal", "accountable_leader", "lead_department", "origin"),
        )
        labels = {"title": _("问题")}
        help_texts = {"origin": ORIGIN_HELP}

    def __init__(self, data: Any, organ: Organ, **options: Any) -> None:
        super().__init__(data, instance=Finding(organ=organ), **options)
        offer_leaders(self)
        inspections = Inspection.objects.filter(organ=organ)
        areas = Area.objects.filter(organ=organ).select_related("inspection")
        self.fields["inspection"].queryset = inspections  # type: ignore[attr-defined]
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        groups: dict[str, list[tuple[int, str]]] = {}
        for area in areas.order_by("-inspection__number", "number"):
            groups.setdefault(str(area.inspection), []).append((area.pk, area.title))
        first = [("", gettext("（新设一个方面）"))]
        self.fields["area"].choices = [*first, *groups.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two: an area of the inspection, or the title of a new one."""
        given = super().clean() or self.cleaned_data
        area, title = given.get("area"), (given.get("new_area") or "").strip()
        if area is None and not title:
            self.add_error("area", gettext("请选一个方面，或者写新方面的名称。"))
        elif area is not None and title:
            self.add_error("new_area", gettext("已经选了方面，新方面的名称请留空。"))
        elif area is not None and area.inspection != given.get("inspection"):
            self.add_error("area", gettext("这个方面不属于所选的巡察。"))
        return given

    def make(self, by: Account, origin: Origin | None = None) -> Finding:
        """Add what was entered. Raises ``ValidationError``."""
        values = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        said = values.pop("origin", "")
        return adding.add_finding(
            inspection=self.cleaned_data["inspection"],
            area=self.cleaned_data["area"] or self.cleaned_data["new_area"].strip(),
            values=values,
            by=by,
            origin=origin or Origin(said),
        )


class MeasureAddForm(RecordForm):
    """A measure; the finding is asked for unless it is known."""

    finding = FindingField(Finding.objects.none(), label=_("针对的问题"))
    starts_on = date_field(_("开始日期"))
    deadline = date_field(_("整改时限"))
    field_order = ("finding",)

    class Meta:
        model = Measure
        fields: tuple[str, ...] = (
            *("text", "goal", "kind", "starts_on", "deadline", "owner", "lead_department"),
            *("accountable_leader", "supporting_departments", "follow_up_days", "origin"),
        )
        widgets = {"supporting_departments": forms.CheckboxSelectMultiple}
        help_texts = {"origin": ORIGIN_HELP}

    def __init__(self, data: Any, organ: Organ, finding: Finding | None = None, **options: Any) -> None:
        super().__init__(data, instance=Measure(organ=organ), **options)
        offer_leaders(self)
        self.known = finding
        if finding is not None:
            del self.fields["finding"]
            return
        open_ones = Finding.objects.filter(organ=organ, closed_on=None)
        self.fields["finding"].queryset = open_ones.order_by("-inspection", "number")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the day by which a measure with a limit is due."""
        given = super().clean() or self.cleaned_data
        if given.get("kind") == Kind.BY_DATE and not given.get("deadline") and "deadline" not in self.errors:
            self.add_error("deadline", gettext("限期整改的措施要写整改时限。"))
        return given

    def make(self, by: Account, origin: Origin | None = None) -> Measure:
        """Add what was entered. Raises ``ValidationError``."""
        values = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        said = values.pop("origin", "")
        return adding.add_measure(
            finding=self.known or self.cleaned_data["finding"],
            values=values,
            by=by,
            origin=origin or Origin(said),
        )

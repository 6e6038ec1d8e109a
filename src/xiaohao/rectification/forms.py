"""Forms of findings and measures. The version travels along, so that nobody overwrites unseen."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Account
from xiaohao.rectification.models import Finding, Measure, State
from xiaohao.rectification.services import findings as service

REPORTABLE = (State.IN_PROGRESS, State.PHASED, State.COMPLETED)


if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm


class RecordForm(ModelForm):
    """Common to all: Tabler's classes, people and departments of the organ alone, the version read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["version"].initial = self.instance.version
        organ = self.instance.organ
        for name, field in self.fields.items():
            choice = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if choice else "form-control"
            if isinstance(field, forms.ModelChoiceField) and name != "area":
                people = name in {"accountable_leader", "owner"}
                field.queryset = organ.people.filter(left_on=None) if people else organ.departments.all()
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4


class FindingForm(RecordForm):
    class Meta:
        model = Finding
        fields = ("title", "area", "detail", "goal", "accountable_leader", "lead_department")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        area = self.fields["area"]
        assert isinstance(area, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        area.queryset = self.instance.inspection.areas.all()


class MeasureForm(RecordForm):
    class Meta:
        model = Measure
        fields = (
            "text",
            "goal",
            "kind",
            "starts_on",
            "deadline",
            "accountable_leader",
            "lead_department",
            "owner",
        )
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "deadline": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def write(self, measure: Measure, by: Account) -> None:
        """Write what was entered. Raises ``records.Conflict``."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        service.change_measure(
            measure=measure, values=values, by=by, expected_version=self.cleaned_data["version"]
        )


class ProgressForm(RecordForm):
    state = forms.ChoiceField(label=_("状态"), choices=[(state.value, state.label) for state in REPORTABLE])

    class Meta:
        model = Measure
        fields = ("progress", "state")

    def write(self, measure: Measure, by: Account) -> None:
        """Write what was reported. Raises ``records.Conflict``."""
        service.report_progress(
            measure=measure,
            progress=self.cleaned_data["progress"],
            state=State(self.cleaned_data["state"]),
            by=by,
            expected_version=self.cleaned_data["version"],
        )

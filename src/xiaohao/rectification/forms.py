"""Forms of findings and measures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.core.forms import RecordForm, date_field
from xiaohao.core.models import Account
from xiaohao.rectification.models import Finding, Measure, State
from xiaohao.rectification.services import findings as service

REPORTABLE = (State.IN_PROGRESS, State.PHASED, State.COMPLETED)


class FindingForm(RecordForm):
    class Meta:
        model = Finding
        fields = ("title", "area", "detail", "goal", "accountable_leader", "lead_department")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        area = self.fields["area"]
        assert isinstance(area, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        area.queryset = self.instance.inspection.areas.all()

    def write(self, finding: Finding, by: Account) -> None:
        """Write what was entered. Raises ``records.Conflict``."""
        service.change_finding(
            finding=finding, values=self.values(), by=by, expected_version=self.cleaned_data["version"]
        )


class MeasureForm(RecordForm):
    starts_on = date_field(_("开始日期"))
    deadline = date_field(_("整改时限"))

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

    def write(self, measure: Measure, by: Account) -> None:
        """Write what was entered. Raises ``records.Conflict``."""
        service.change_measure(
            measure=measure, values=self.values(), by=by, expected_version=self.cleaned_data["version"]
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

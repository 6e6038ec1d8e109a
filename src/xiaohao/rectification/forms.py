"""Forms of findings, measures and what is done with them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xiaohao.core.forms import FilesField, RecordForm, StyledForm, VersionForm, date_field
from xiaohao.core.models import Account, Department, Person
from xiaohao.ledger.controls import CONTROLS
from xiaohao.ledger.forms import PersonChoice, people_of
from xiaohao.ledger.register import group_of, open_indicators
from xiaohao.rectification.leaders import offer_leaders
from xiaohao.rectification.models import Finding, LookBackCheck, Measure, Plan, State
from xiaohao.rectification.services import findings as service
from xiaohao.rectification.services import measures
from xiaohao.rectification.services.plans import fixed_fields


class FindingForm(RecordForm):
    class Meta:
        model = Finding
        fields = (
            *("title", "area", "detail", "goal", "accountable_leader", "lead_department"),
            *("disclosed", "not_disclosed_reason"),
        )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        offer_leaders(self)
        area = self.fields["area"]
        assert isinstance(area, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        area.queryset = self.instance.inspection.areas.all()

    def write(self, finding: Finding, by: Account) -> None:
        """Write what was entered. Raises ``records.Conflict``."""
        service.change_finding(
            finding=finding, values=self.values(), by=by, expected_version=self.cleaned_data["version"]
        )


class MeasureForm(RecordForm):
    """A measure. What the approved plan fixed is not among the fields any more."""

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
            "supporting_departments",
            "follow_up_days",
        )
        widgets = {"supporting_departments": forms.CheckboxSelectMultiple}

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        offer_leaders(self)
        for name in fixed_fields(self.instance.finding.inspection):
            del self.fields[name]

    def write(self, measure: Measure, by: Account) -> None:
        """Write what was entered. Raises ``records.Conflict``."""
        service.change_measure(
            measure=measure, values=self.values(), by=by, expected_version=self.cleaned_data["version"]
        )


class ProgressForm(RecordForm):
    """What an owner reports, on a telephone too: few fields, the camera at hand."""

    progress = forms.CharField(label=_("进展情况"), max_length=4000, widget=forms.Textarea)
    state = forms.ChoiceField(
        label=_("状态"), choices=[(state.value, state.label) for state in measures.REPORTABLE]
    )
    percent = forms.IntegerField(label=_("完成比例（%）"), min_value=0, max_value=100, required=False)
    milestone = forms.CharField(label=_("到了什么节点"), max_length=100, required=False)
    uploads = FilesField(label=_("照片或材料"), required=False, help_text=_("手机上可以直接拍照。"))
    proves = forms.CharField(label=_("材料证明什么"), max_length=300, required=False)

    class Meta:
        model = Measure
        fields = ("progress", "state", "percent")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["progress"].initial = ""
        self.initial["progress"] = ""
        if self.instance.state == State.STANDING:
            for name in ("state", "percent", "milestone"):
                del self.fields[name]
        elif self.instance.state not in measures.REPORTABLE:
            self.initial["state"] = State.IN_PROGRESS

    def write(self, measure: Measure, by: Account) -> None:
        """Write what was reported. Raises ``records.Conflict`` or ``ValidationError``."""
        given = self.cleaned_data
        said = measures.Report(
            text=given["progress"],
            state=State(given.get("state", State.STANDING)),
            percent=given.get("percent"),
            milestone=given.get("milestone", ""),
            uploads=given["uploads"],
            proves=given["proves"],
        )
        measures.report(measure=measure, said=said, by=by, expected_version=given["version"])


class ExtensionForm(StyledForm):
    """A later day, and why."""

    deadline = date_field(_("申请延至"), required=True)
    reason = forms.CharField(label=_("延期理由"), max_length=2000, widget=forms.Textarea)

    def content(self) -> dict[str, Any]:
        return {"deadline": self.cleaned_data["deadline"].isoformat()}


class OwnerForm(StyledForm):
    """Somebody else as owner, and why."""

    owner = PersonChoice(Person.objects.none(), label=_("新责任人"))
    reason = forms.CharField(label=_("变更理由"), max_length=2000, widget=forms.Textarea)

    def __init__(self, data: Any, measure: Measure) -> None:
        super().__init__(data)
        self.fields["owner"].queryset = people_of(measure.organ)  # type: ignore[attr-defined]

    def content(self) -> dict[str, Any]:
        return {"owner": self.cleaned_data["owner"].pk}


class ClosingForm(StyledForm):
    """What was done, in a few words for the signers."""

    reason = forms.CharField(label=_("完成情况"), max_length=2000, widget=forms.Textarea)

    def content(self) -> dict[str, Any]:
        return {}


class AnalysisForm(RecordForm):
    class Meta:
        model = Finding
        fields = ("root_cause", "causes", "no_rule_reason")
        widgets = {"causes": forms.CheckboxSelectMultiple}


class ClaimForm(VersionForm):
    """Who in the department answers for the task."""

    owner = PersonChoice(Person.objects.none(), label=_("责任人"))

    def __init__(self, data: Any, measure: Measure, people: Any, first: Person | None) -> None:
        super().__init__(data, measure.version, owner=first)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]


class SimilarForm(StyledForm):
    """Which departments look for the same fault, and by when."""

    departments = forms.ModelMultipleChoiceField(
        Department.objects.none(), label=_("排查委室"), widget=forms.CheckboxSelectMultiple
    )
    due_on = date_field(_("完成期限"), required=True)

    def __init__(self, data: Any, finding: Finding) -> None:
        super().__init__(data)
        self.fields["departments"].queryset = finding.organ.departments.all()  # type: ignore[attr-defined]


class SimilarAnswerForm(VersionForm):
    """What was found."""

    state = forms.ChoiceField(
        label=_("结果"), choices=[("clean", _("没有同类问题")), ("found", _("发现同类问题"))]
    )
    result = forms.CharField(label=_("排查情况"), max_length=4000, widget=forms.Textarea)


class LookBackCheckForm(VersionForm):
    """What a look-back found; a relapse needs a new deadline."""

    state = forms.ChoiceField(
        label=_("结果"),
        choices=[choice for choice in LookBackCheck.State.choices if choice[0] != LookBackCheck.State.OPEN],
    )
    result = forms.CharField(label=_("检查情况"), max_length=4000, widget=forms.Textarea)
    deadline = date_field(_("反弹时的新时限"))


class CheckerForm(RecordForm):
    class Meta:
        model = LookBackCheck
        fields = ("checker",)


class ProofForm(StyledForm):
    """Which controls show that the fix lasts; those like the finding come first."""

    controls = forms.MultipleChoiceField(
        label=_("检查规则"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, suggested: Sequence[str], tied: Sequence[str]) -> None:
        super().__init__(data, initial={"controls": list(tied)})
        rest = [key for key in CONTROLS if key not in suggested]
        self.fields["controls"].choices = [  # type: ignore[attr-defined]
            *((key, f"{CONTROLS[key].title}（{gettext('建议')}）") for key in suggested),
            *((key, str(CONTROLS[key].title)) for key in rest),
        ]


class IndicatorsForm(VersionForm):
    """Which numbers show what the fix brought about; those of its registers come first."""

    indicators = forms.MultipleChoiceField(
        label=_("指标"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("选中的数字写进通报和报告里这个问题的末尾，点开就是那些记录。"),
    )

    def __init__(self, data: Any, finding: Finding, suggested: Sequence[str], account: Account) -> None:
        super().__init__(data, finding.version, indicators=finding.indicators)
        offered = open_indicators(account)
        self.unseen = [key for key in finding.indicators if key not in offered]
        first = [key for key in suggested if key in offered]
        self.fields["indicators"].choices = [  # type: ignore[attr-defined]
            (key, f"{group_of(offered[key])}：{offered[key].title}{note}")
            for keys, note in (
                (first, f"（{gettext('建议')}）"),
                ([key for key in offered if key not in first], ""),
            )
            for key in keys
        ]

    @property
    def chosen(self) -> list[str]:
        """The keys chosen, with those of others whose records the account may not see."""
        return [*self.cleaned_data["indicators"], *self.unseen]


class ReopenForm(StyledForm):
    """Why it is a relapse, and until when it is to be put right."""

    reason = forms.CharField(label=_("反弹情况"), max_length=2000, widget=forms.Textarea)
    deadline = date_field(_("新时限"), required=True)


class PlanForm(RecordForm):
    class Meta:
        model = Plan
        fields: tuple[str, ...] = ("aim", "safeguards")


class NewPlanForm(PlanForm):
    class Meta(PlanForm.Meta):
        fields = ("inspection", "aim", "safeguards")


class PlanReportForm(StyledForm):
    """When and to whom the plan was reported."""

    on = date_field(_("报送日期"), required=True)
    to = forms.CharField(label=_("报送给"), max_length=120)

"""Forms of decisions, delegations and instructions."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from xiaohao.core.forms import RecordForm, StyledForm, VersionForm, date_field
from xiaohao.core.models import Person
from xiaohao.ledger.models import Delegation, Instruction

if TYPE_CHECKING:
    PeopleField = forms.ModelChoiceField[Person]
else:
    PeopleField = forms.ModelChoiceField


class PersonChoice(PeopleField):
    """A person with his department, so that two of one name can be told apart."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}（{obj.department}）" if obj.department else str(obj)


def people_of(organ: Any) -> Any:
    return organ.people.filter(left_on=None).select_related("department")


class DelegationForm(RecordForm):
    starts_on = date_field(_("开始日期"), required=True)
    ends_on = date_field(_("结束日期"), required=True)

    class Meta:
        model = Delegation
        fields = ("deputy", "starts_on", "ends_on", "reason")


class InstructionForm(StyledForm):
    """What is to be done, by whom and by when."""

    kind = forms.ChoiceField(label=_("类型"), choices=Instruction.Kind.choices)
    text = forms.CharField(label=_("内容"), max_length=2000, widget=forms.Textarea)
    to = PersonChoice(Person.objects.none(), label=_("由谁回复"))
    due_on = date_field(_("回复期限"))

    def __init__(self, data: Any, organ: Any, responsible: Person | None) -> None:
        super().__init__(data, initial={"to": responsible})
        self.fields["to"].queryset = people_of(organ)  # type: ignore[attr-defined]


class AnswerForm(VersionForm):
    """The answer to an instruction."""

    text = forms.CharField(label=_("回复"), max_length=4000, widget=forms.Textarea)


class AskForm(StyledForm):
    """Why something is asked for; forms made from it add what is asked."""

    reason = forms.CharField(label=_("理由"), max_length=2000, widget=forms.Textarea)

    def content(self) -> dict[str, Any]:
        """Return what is asked as it is stored: plain values, rows by number."""
        return {
            name: value.pk if isinstance(value, Model) else value
            for name, value in self.cleaned_data.items()
            if name != "reason"
        }


class SignForm(VersionForm):
    """What a signer says."""

    opinion = forms.CharField(label=_("意见"), max_length=2000, required=False, widget=forms.Textarea)
    to = forms.TypedChoiceField(label=_("退回给"), required=False, coerce=int)

    def __init__(self, data: Any, version: int, places: list[tuple[int, str]]) -> None:
        super().__init__(data, version)
        self.fields["to"].choices = [(0, _("申请人")), *places]  # type: ignore[attr-defined]

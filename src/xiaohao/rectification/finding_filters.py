"""The filters of the list of findings, as a form and as conditions."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiaohao.core.access import visible_organs
from xiaohao.core.days import end_of_week
from xiaohao.core.models import Account, Department, Organ, Person, Role
from xiaohao.rectification.leaders import leading
from xiaohao.rectification.lights import Light, light_condition
from xiaohao.rectification.models import OPEN_STATES, Area, Finding, Inspection, Measure, Rule, State
from xiaohao.rectification.proofs import alarm_condition
from xiaohao.rectification.services import search
from xiaohao.rectification.services.statistics import finding_conditions

IN_ORDER = "inspection_id,number"
SORTS = {"number": IN_ORDER, "deadline": "deadline", "-deadline": "-deadline", "state": "state"}


FIRST = ("q", "state", "light")
COUNTED = (
    ("closed", _("已销号（含长期坚持）")),
    ("standing", _("长期坚持")),
    ("phased", _("阶段性完成")),
    ("open", _("正在整改")),
    ("overdue", _("逾期")),
    ("due_week", _("本周有措施到期")),
    ("relapsed", _("反弹过")),
    ("extended", _("延期过")),
    ("late", _("曾经逾期")),
    ("taken_on", _("领导领办")),
    ("ruled", _("有制度针对")),
    ("alarm", _("反弹警报")),
)


def counted_condition(counted: str, today: dt.date) -> Q:
    """Return the condition behind a number of a summary, the same as where it is counted."""

    def measure(**condition: Any) -> Q:
        return Q(Exists(Measure.objects.filter(finding=OuterRef("pk"), **condition)))

    conditions = finding_conditions(today) | {
        "due_week": measure(state__in=OPEN_STATES, deadline__gte=today, deadline__lte=end_of_week(today)),
        "extended": measure(original_deadline__isnull=False),
        "late": measure(late_since__isnull=False),
        "taken_on": Q(taken_on_by__isnull=False),
        "alarm": alarm_condition(),
        "ruled": Q(Exists(Rule.findings.through.objects.filter(finding=OuterRef("pk")))),
    }
    return conditions[counted]


class FindingFilters(forms.Form):
    """Every field may be empty; what is not understood is ignored."""

    q = forms.CharField(label=_("搜索"), required=False, max_length=60)
    organ = forms.ModelChoiceField(Organ.objects.none(), label=_("单位"), required=False)
    inspection = forms.ModelChoiceField(Inspection.objects.none(), label=_("巡察"), required=False)
    area = forms.ModelChoiceField(Area.objects.none(), label=_("方面"), required=False)
    department = forms.ModelChoiceField(Department.objects.none(), label=_("委室"), required=False)
    leader = forms.ModelChoiceField(Person.objects.none(), label=_("责任领导"), required=False)
    owner = forms.ModelChoiceField(Person.objects.none(), label=_("责任人"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *State.choices])
    counted = forms.ChoiceField(label=_("统计口径"), required=False, choices=[("", _("全部")), *COUNTED])
    light = forms.ChoiceField(label=_("灯号"), required=False, choices=[("", _("全部")), *Light.choices])

    def __init__(self, data: Any, account: Account) -> None:
        super().__init__(data)
        organs = visible_organs(account)
        if not account.holds(Role.SUPERVISOR):
            del self.fields["organ"]  # there is but one
        choices: dict[str, QuerySet[Any]] = {
            "organ": organs.order_by("path"),
            "inspection": Inspection.objects.visible_to(account),
            "area": Area.objects.visible_to(account),
            "department": Department.objects.filter(organ__in=organs),
            "leader": Person.objects.filter(leading(), organ__in=organs),
            "owner": Person.objects.filter(organ__in=organs, measures__isnull=False).distinct(),
        }
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-select" if name != "q" else "form-control"
            if name in choices:
                field.queryset = choices[name]  # type: ignore[attr-defined]
                field.empty_label = _("全部")  # type: ignore[attr-defined]

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The filters shown at once."""
        return [self[name] for name in FIRST]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The filters shown on demand."""
        return [self[name] for name in self.fields if name not in FIRST]

    @property
    def more_chosen(self) -> bool:
        return any(field.data for field in self.more_fields)

    def apply(self, findings: "QuerySet[Finding]", today: dt.date, near_days: int) -> "QuerySet[Finding]":
        """Return the findings that fit what was chosen."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        for name in ("organ", "inspection", "area", "state"):
            if name in chosen:
                findings = findings.filter(**{name: chosen[name]})
        if "counted" in chosen:
            findings = findings.filter(counted_condition(chosen["counted"], today))
        if "light" in chosen:
            findings = findings.filter(light_condition(Light(chosen["light"]), today, near_days))
        conditions = {
            "department": ("lead_department", "lead_department", "supporting_departments"),
            "leader": ("accountable_leader", "accountable_leader"),
            "owner": ("", "owner"),
        }
        for name, (own, *of_measures) in conditions.items():
            if name in chosen:
                findings = findings.filter(_concerns(chosen[name], own, of_measures))
        return search.matching(findings, chosen["q"]) if "q" in chosen else findings


def _concerns(who: Department | Person, own: str, of_measures: list[str]) -> Q:
    condition = Q(**{own: who}) if own else Q()
    for field in of_measures:
        condition |= Q(Exists(Measure.objects.filter(finding=OuterRef("pk"), **{field: who})))
    return condition

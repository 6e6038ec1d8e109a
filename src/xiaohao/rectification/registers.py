"""The registers of a rectification: rules, meetings, look-backs."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.core.forms import RecordForm, date_field
from xiaohao.core.models import Account
from xiaohao.ledger.register import Register, change_plainly, declare
from xiaohao.rectification.access import (
    CHANGE_FINDINGS,
    CHANGE_MEETINGS,
    CHANGE_RULES,
    PLAN_LOOK_BACK,
    VIEW_FINDINGS,
    VIEW_LOOK_BACK,
    VIEW_MEETINGS,
    VIEW_RULES,
)
from xiaohao.rectification.models import Cause, LookBackRound, Meeting, Rule
from xiaohao.rectification.services import afterwards, analysis


class RuleForm(RecordForm):
    issued_on = date_field(_("印发日期"))

    class Meta:
        model = Rule
        fields = (
            "name",
            "change",
            "document_number",
            "issued_on",
            "department",
            "findings",
            "closes",
            "text",
        )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["text"].widget.attrs["rows"] = 14


class MeetingForm(RecordForm):
    held_on = date_field(_("日期"), required=True)

    class Meta:
        model = Meeting
        fields = ("inspection", "kind", "held_on", "title", "chair", "people", "agenda", "outcome")
        widgets = {"people": forms.CheckboxSelectMultiple}


class LookBackForm(RecordForm):
    starts_on = date_field(_("开始日期"), required=True)
    due_on = date_field(_("完成期限"), required=True)

    class Meta:
        model = LookBackRound
        fields = ("title", "starts_on", "due_on", "share", "checker")

    def clean_share(self) -> int:
        share = int(self.cleaned_data["share"])
        if not 1 <= share <= 100:
            raise forms.ValidationError(_("抽查比例是 1 到 100。"))
        return share

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("starts_on") and cleaned.get("due_on") and cleaned["due_on"] < cleaned["starts_on"]:
            self.add_error("due_on", _("完成期限不能在开始日期之前。"))
        return cleaned


def _versions(_account: Account, rule: Rule) -> Mapping[str, Any]:
    return {"versions": rule.versions.all(), "answered": rule.findings.all()}


def _checks(_account: Account, made: LookBackRound) -> Mapping[str, Any]:
    return {"checks": made.checks.select_related("finding", "checker").order_by("finding__number")}


def _save_round(record: Any, values: Mapping[str, Any], by: Account, expected_version: int) -> Any:
    """The share and who checks were settled when the sample was drawn; the rest may change."""
    kept = {name: value for name, value in values.items() if name not in ("share", "checker")}
    return change_plainly(record, kept, by, expected_version)


class CauseForm(RecordForm):
    class Meta:
        model = Cause
        fields = ("name",)


CAUSES = declare(
    Register(
        key="causes",
        example={"name": "制度执行不严"},
        identity=("name",),
        on_shelf=False,
        model=Cause,
        title=_("原因类别"),
        add_label=_("增加原因类别"),
        empty=_("还没有原因类别。第一次填写原因分析时，会先列出常见的几类，可以再改。"),
        form=CauseForm,
        columns=("name",),
        facts=("name",),
        view=VIEW_FINDINGS,
        change=CHANGE_FINDINGS,
        position=56,
        order="id",
    )
)
RULES = declare(
    Register(
        key="rules",
        example={
            "name": "公务卡结算管理办法",
            "change": "新立",
            "document_number": "青政协办发〔2026〕7号",
            "issued_on": "2026-03-05",
            "closes": "现金报销没有说明",
            "text": "第一条　为规范公务支出，制定本办法。",
        },
        purpose=_("因整改新立、修订、废止的制度，逐件登记正文，与问题挂钩。"),
        identity=("name",),
        model=Rule,
        title=_("制度"),
        add_label=_("登记制度"),
        empty=_("还没有登记制度。因整改新立、修订、废止的制度，登记在这里，并与问题挂钩。"),
        form=RuleForm,
        columns=("name", "change", "document_number", "issued_on", "finding_codes", "closes"),
        facts=("change", "document_number", "issued_on", "department", "closes"),
        view=VIEW_RULES,
        change=CHANGE_RULES,
        position=50,
        search=("name", "document_number", "closes"),
        related=("department",),
        prefetch=("findings",),
        item_template="rectification/rule.html",
        beside=_versions,
        create=analysis.create_rule,
        save=analysis.change_rule,
    )
)
MEETINGS = declare(
    Register(
        key="rectification-meetings",
        example={
            "inspection": "2025年区委第三巡察组巡察",
            "kind": "专题会议",
            "held_on": "2026-03-05",
            "title": "整改第一次调度会",
            "chair": "沈秋",
            "agenda": "逐项调度整改措施",
        },
        purpose=_("整改的专题会议、领导小组会议和专题学习。"),
        model=Meeting,
        title=_("整改会议"),
        add_label=_("登记会议"),
        empty=_("还没有登记会议。整改的专题会议、领导小组会议和专题学习登记在这里，记录可以上传为材料。"),
        form=MeetingForm,
        columns=("title", "kind", "held_on", "chair"),
        facts=("kind", "held_on", "chair", "people", "agenda", "outcome", "inspection"),
        view=VIEW_MEETINGS,
        change=CHANGE_MEETINGS,
        position=52,
        search=("title", "agenda"),
        order="-held_on",
        related=("chair", "inspection"),
        prefetch=("people",),
    )
)
LOOK_BACKS = declare(
    Register(
        key="look-backs",
        example={
            "title": "第一轮回头看",
            "starts_on": "2026-03-05",
            "due_on": "2026-04-05",
            "share": "100",
            "checker": "沈秋",
        },
        purpose=_("销号以后回头检查，看问题有没有反弹。"),
        model=LookBackRound,
        title=_("回头看"),
        add_label=_("安排回头看"),
        empty=_("还没有安排回头看。问题销号一段时间以后，安排没有参与整改的人回头检查。"),
        form=LookBackForm,
        columns=("title", "starts_on", "due_on", "share", "checker"),
        facts=("starts_on", "due_on", "share", "checker", "seed"),
        view=VIEW_LOOK_BACK,
        change=PLAN_LOOK_BACK,
        position=54,
        order="-starts_on",
        related=("checker",),
        item_template="rectification/look_back.html",
        beside=_checks,
        create=afterwards.plan_round,
        save=_save_round,
        responsible=lambda made: [made.checker],
    )
)

"""What is to be drafted."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xiaohao.core.dated_settings import value
from xiaohao.core.forms import StyledForm, date_field
from xiaohao.core.models import Account, Person
from xiaohao.ledger.forms import PersonChoice
from xiaohao.ledger.indicators import Period
from xiaohao.rectification.models import Finding, Inspection
from xiaohao.rectification.services.summary import period_of
from xiaohao.writing.models import Document, DocumentKind
from xiaohao.writing.scope import Scope

if TYPE_CHECKING:
    InspectionField = forms.ModelChoiceField[Inspection]
    FindingField = forms.ModelChoiceField[Finding]
else:
    InspectionField = FindingField = forms.ModelChoiceField


class DraftForm(StyledForm):
    """About what a document of a kind is drafted; a kind is asked only what it needs.

    ``warning`` names the notices that are not signed yet.
    """

    inspection = InspectionField(Inspection.objects.none(), label=_("巡察"), empty_label=None)
    finding = FindingField(Finding.objects.none(), label=_("问题"), empty_label=_("请选择"))
    person = PersonChoice(Person.objects.none(), label=_("移交人"), empty_label=_("请选择"))
    successor = PersonChoice(
        Person.objects.none(), label=_("接收人"), required=False, empty_label=_("请选择")
    )
    first = date_field(_("数据起始日期"))
    last = date_field(_("数据截止日期"))

    def __init__(
        self, data: Any, kind: str, account: Account, today: dt.date, asked: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial={**self._usual_days(kind, account, today), **(asked or {})})
        self.kind, self.today = kind, today
        self.warning = "\n".join(_unsigned_notices(account)) if kind == DocumentKind.NOTICE else ""
        for name, only in (
            ("finding", (DocumentKind.CLOSING_FORM,)),
            ("person", (DocumentKind.HAND_OVER,)),
            ("successor", (DocumentKind.HAND_OVER,)),
        ):
            if kind not in only:
                del self.fields[name]
        self._offer(account)
        self.fields["first"].help_text = _("不填写时，从反馈之日算起。")
        self.fields["last"].help_text = _("不填写时，到今天。")

    def _usual_days(self, kind: str, account: Account, today: dt.date) -> dict[str, dt.date]:
        """A summary is of the week, half month or month the organ has set; others begin with the feedback."""
        if kind != DocumentKind.SUMMARY:
            return {"last": today}
        period = period_of(today, int(value(account.organ, "summary.rhythm_days", today)))
        return {"first": period.first, "last": min(period.last, today)}

    def _offer(self, account: Account) -> None:
        """Offer the organ's own inspections, findings and people, those included who have just left."""
        own = Inspection.objects.visible_to(account).filter(organ=account.organ)
        people = Person.objects.visible_to(account).filter(organ=account.organ).select_related("department")
        findings = Finding.objects.visible_to(account).filter(organ=account.organ)
        offered: dict[str, Any] = {
            "inspection": own.select_related("organ").defer("source_text"),
            "finding": findings.select_related("inspection__organ").order_by("-inspection", "number"),
            "person": people,
            "successor": people.filter(left_on=None),
        }
        for name, rows in offered.items():
            if name in self.fields:
                self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins, and one person on both sides."""
        cleaned = super().clean() or self.cleaned_data
        first, last = self._days(cleaned)
        if first > last:
            raise ValidationError(_("截止日期不能在起始日期之前。"))
        if cleaned.get("person") and cleaned.get("person") == cleaned.get("successor"):
            raise ValidationError(_("移交人和接收人不能是同一个人。"))
        return cleaned

    def _days(self, cleaned: dict[str, Any]) -> tuple[dt.date, dt.date]:
        inspection = cleaned.get("inspection")
        last = cleaned.get("last") or self.today
        feedback = inspection.feedback_on if inspection else None
        first = cleaned.get("first") or (feedback if feedback and feedback <= last else None)
        return first or last.replace(month=1, day=1), last

    def scope(self) -> Scope:
        """Return what was chosen."""
        given = self.cleaned_data
        finding = given.get("finding")
        return Scope(
            inspection=finding.inspection if finding else given["inspection"],
            period=Period(*self._days(given)),
            today=self.today,
            finding=finding,
            person=given.get("person"),
            successor=given.get("successor"),
        )


def _unsigned_notices(account: Account) -> list[str]:
    """Return a sentence for each notice that is not signed yet: who goes on with it needs no second one."""
    unsigned = (Document.State.DRAFT, Document.State.SUBMITTED)
    rows = Document.objects.visible_to(account).filter(
        organ=account.organ, kind=DocumentKind.NOTICE, state__in=unsigned
    )
    return [
        gettext("%(inspection)s的“%(title)s”（%(state)s）还没有签发。要接着写那一份的，不用另起草。")
        % {"inspection": one.inspection, "title": one.title, "state": one.get_state_display()}
        for one in rows.select_related("inspection").defer("body", "inspection__source_text")
    ]

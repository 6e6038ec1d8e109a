"""Forms of documents and templates."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xiaohao.core.dated_settings import value
from xiaohao.core.forms import PlainField, StyledForm, VersionForm, date_field
from xiaohao.core.models import Account, Person
from xiaohao.ledger.forms import AskForm, PersonChoice
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
    """About what a document of a kind is drafted; a kind is asked only what it needs."""

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


class DocumentForm(VersionForm):
    """Title, text, and whether a seal is put on it."""

    title = PlainField(label=_("标题"), max_length=200)
    # Not ``max_length``: the service says how long the text is.
    body = PlainField(
        label=_("正文"),
        required=False,
        lines=True,
        widget=forms.Textarea(attrs={"class": "form-control"}),
    )
    sealed = forms.BooleanField(
        label=_("加盖印章"),
        required=False,
        help_text=_("盖章的，成文日期右空四字，署名居中排在日期上方；不盖章的，按不加盖印章的格式排。"),
    )

    def __init__(self, data: Any, document: Document) -> None:
        first = {"title": document.title, "body": document.body, "sealed": document.sealed}
        super().__init__(data, document.version, **first)
        self.fields["body"].widget.attrs["rows"] = 24

    def values(self) -> dict[str, Any]:
        """Return what was entered, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class TemplateForm(StyledForm):
    """The source of a template and the number of the version it was made from."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    source = PlainField(label=_("模板"), required=False, lines=True, strip=False, widget=forms.Textarea)

    def __init__(self, data: Any, *, number: int, source: str) -> None:
        super().__init__(data, initial={"number": number, "source": source})
        self.fields["source"].widget.attrs["rows"] = 24


class SubmitForm(AskForm):
    """Ask for the signature of one of ``signers``; ``warning`` says first why it was sent back."""

    def __init__(self, data: Any, *, signers: list[str], warning: str) -> None:
        super().__init__(data, initial={"reason": _("请审签。")})
        self.warning = warning
        self.fields["reason"].label = _("送签说明")
        if signers:
            names = gettext("或").join(signers)
            self.fields["reason"].help_text = gettext("由%(names)s签发。") % {"names": names}

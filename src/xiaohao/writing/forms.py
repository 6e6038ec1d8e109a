"""Forms of documents and templates."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xiaohao.core.forms import StyledForm, VersionForm, date_field
from xiaohao.core.models import Account
from xiaohao.ledger.forms import AskForm
from xiaohao.ledger.indicators import Period
from xiaohao.rectification.models import Inspection
from xiaohao.writing.models import Document, DocumentKind

if TYPE_CHECKING:
    InspectionField = forms.ModelChoiceField[Inspection]
else:
    InspectionField = forms.ModelChoiceField


class DraftForm(StyledForm):
    """What to draft, about which inspection, with figures from when to when."""

    kind = forms.ChoiceField(label=_("文种"), choices=DocumentKind.choices, initial=DocumentKind.NOTICE)
    inspection = InspectionField(Inspection.objects.none(), label=_("巡察"), empty_label=None)
    first = date_field(_("数据起始日期"))
    last = date_field(_("数据截止日期"))

    def __init__(self, data: Any, account: Account, today: dt.date) -> None:
        super().__init__(data, initial={"last": today})
        self.today = today
        inspections = (
            Inspection.objects.visible_to(account).filter(organ=account.organ).select_related("organ")
        )
        field = self.fields["inspection"]
        field.queryset = inspections.defer("source_text")  # type: ignore[attr-defined]
        self.fields["first"].help_text = _("不填写时，从反馈之日算起。")
        self.fields["last"].help_text = _("不填写时，到今天。")

    def clean(self) -> dict[str, Any]:
        """Work out the period. Raises ``ValidationError`` where it ends before it begins."""
        cleaned = super().clean() or self.cleaned_data
        inspection = cleaned.get("inspection")
        if inspection is not None:
            last = cleaned.get("last") or self.today
            first = cleaned.get("first") or inspection.feedback_on or last.replace(month=1, day=1)
            if first > last:
                raise ValidationError(_("截止日期不能在起始日期之前。"))
            cleaned["period"] = Period(first, last)
        return cleaned


class DocumentForm(VersionForm):
    """Title and text."""

    title = forms.CharField(label=_("标题"), max_length=200)
    # Not ``max_length``: the service says how long the text is.
    body = forms.CharField(
        label=_("正文"), required=False, widget=forms.Textarea(attrs={"class": "form-control"})
    )

    def __init__(self, data: Any, document: Document) -> None:
        super().__init__(data, document.version, title=document.title, body=document.body)
        self.fields["body"].widget.attrs["rows"] = 24


class ReasonForm(VersionForm):
    """Why something the check found may be published."""

    key = forms.CharField(max_length=16, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("可以公开的理由"), max_length=300)


class TemplateForm(StyledForm):
    """The source of a template and the number of the version it was made from."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    source = forms.CharField(label=_("模板"), required=False, widget=forms.Textarea, strip=False)

    def __init__(self, data: Any, *, number: int, source: str) -> None:
        super().__init__(data, initial={"number": number, "source": source})
        self.fields["source"].widget.attrs["rows"] = 24


class SubmitForm(AskForm):
    """Ask for the signature."""

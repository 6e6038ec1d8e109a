"""Forms of documents and templates."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xiaohao.core.forms import PlainField, StyledForm, VersionForm
from xiaohao.ledger.forms import AskForm
from xiaohao.writing.models import Document


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
        super().__init__(data, initial={"reason": _("请签发。")})
        self.warning = warning
        self.fields["reason"].label = _("送签说明")
        if signers:
            names = gettext("或").join(signers)
            self.fields["reason"].help_text = gettext("由%(names)s签发。") % {"names": names}

"""Forms of the public and of those who publish and answer."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.core.dated_settings import value
from xiaohao.core.forms import StyledForm, VersionForm, date_field
from xiaohao.writing.models import Document


class CommentForm(StyledForm):
    """What somebody says. Only the words are asked for."""

    text = forms.CharField(label=_("您的意见或建议"), max_length=2000, widget=forms.Textarea)
    name = forms.CharField(label=_("称呼（可以不填）"), max_length=40, required=False)
    contact = forms.CharField(label=_("联系方式（可以不填）"), max_length=60, required=False)
    file = forms.FileField(
        label=_("附件（可以不加）"), required=False, help_text=_("照片、PDF、Word、Excel 或文本，一个文件。")
    )
    token = forms.CharField(max_length=500, widget=forms.HiddenInput)
    answer = forms.CharField(
        max_length=4, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )


class ReceiptForm(StyledForm):
    receipt = forms.CharField(
        label=_("回执号（16位数字）"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class PublishForm(StyledForm):
    """From when to when a notice is open, and whom to call."""

    open_from = date_field(_("公开开始"), required=True)
    open_to = date_field(_("公开结束"), required=True)
    contact_phone = forms.CharField(label=_("联系电话"), max_length=60)

    def __init__(self, data: Any, document: Document, today: dt.date) -> None:
        inspection = document.inspection
        begin = inspection.open_from or today
        days = int(value(document.organ, "disclosure.open_days", today))
        super().__init__(
            data,
            initial={
                "open_from": begin,
                "open_to": inspection.open_to or begin + dt.timedelta(days=days - 1),
                "contact_phone": inspection.contact_phone,
            },
        )


class WithdrawForm(VersionForm):
    reason = forms.CharField(label=_("撤回理由"), max_length=300)


class AnswerCommentForm(VersionForm):
    text = forms.CharField(
        label=_("答复"),
        max_length=4000,
        widget=forms.Textarea,
        help_text=_("提意见的人凭回执号看到这段文字。"),
    )

"""Forms of the public and of those who publish and answer."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xiaohao.core.dated_settings import value
from xiaohao.core.forms import PlainField, StyledForm, VersionForm, date_field
from xiaohao.core.models import Organ
from xiaohao.public.models import Publication
from xiaohao.public.services.publications import others_open
from xiaohao.public.services.stated import stated_in
from xiaohao.writing.models import Document


class WrittenField(PlainField):
    """Words of a stranger, told how much is too much.

    The browser is not asked to cut them off: what somebody pasted would lose its end without a word.
    """

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.most:
            told = {"most": self.most, "now": len(value)}
            raise ValidationError(_("最多%(most)s字，现在有%(now)s字。请缩短，或者分几次提交。") % told)


class CommentForm(StyledForm):
    """What somebody says. Only the words are asked for."""

    text = WrittenField(
        label=_("您的意见或建议"),
        most=5000,
        lines=True,
        widget=forms.Textarea,
        error_messages={"required": _("请写下您的意见。")},
    )
    name = WrittenField(
        label=_("称呼（可以不填）"),
        most=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = WrittenField(
        label=_("联系方式（可以不填）"),
        most=60,
        required=False,
        help_text=_("需要当面核实时联系您。答复以后到期删除。"),
    )
    file = forms.FileField(label=_("附件（可以不加）"), required=False)

    def __init__(self, organ: Organ, *given: Any) -> None:
        super().__init__(*given)
        most = {"most": int(value(organ, "comments.most_megabytes", timezone.localdate()))}
        said = _("照片、PDF、Word、Excel 或文本，一个文件，不超过 %(most)s MB。")
        self.fields["file"].help_text = said % most


class CopyForm(StyledForm):
    """A text found elsewhere."""

    text = WrittenField(
        label=_("在别处看到的文字"),
        most=300_000,
        lines=True,
        widget=forms.Textarea,
        help_text=_("从标题到落款复制过来。文字不保存。"),
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["text"].widget.attrs["rows"] = 10


class ReceiptForm(StyledForm):
    receipt = forms.CharField(
        label=_("回执号（16位数字）"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class PublishForm(StyledForm):
    """From when to when a notice is open, and whom to call; ``warning`` names others of the inspection."""

    open_from = date_field(_("公开起始日期"), required=True)
    open_to = date_field(_("公开截止日期"), required=True)
    contact_phone = forms.CharField(label=_("联系电话"), max_length=60)

    def __init__(self, data: Any, document: Document, today: dt.date) -> None:
        said, named = stated_in(document), document.inspection
        first, last = said.first(today), said.open_to
        if last is None:
            first, last = _period(document, today)
        phone = said.contact_phone or named.contact_phone
        self.warning = "\n".join(map(_still_open, others_open(document, today)))
        super().__init__(data, initial={"open_from": first, "open_to": last, "contact_phone": phone})


def _still_open(other: Publication) -> str:
    return gettext(
        "这次巡察的“%(title)s”公开到%(day)s，还没有到期，两份通报会同时公开。以新的为准的，请先撤回原来那份。"
    ) % {"title": other.title, "day": other.open_to}


def _period(document: Document, today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the period the inspection names as far as it is to come, else as long as the organ sets."""
    named = document.inspection
    first = max(named.open_from or today, today)
    if named.open_to and named.open_to >= first:
        return first, named.open_to
    days = int(value(document.organ, "disclosure.open_days", today))
    return first, first + dt.timedelta(days=days - 1)


class WithdrawForm(VersionForm):
    reason = forms.CharField(label=_("撤回理由"), max_length=300)


class AnswerCommentForm(VersionForm):
    text = forms.CharField(
        label=_("答复"),
        max_length=4000,
        widget=forms.Textarea,
        help_text=_("提意见的人凭回执号看到这段文字。"),
    )

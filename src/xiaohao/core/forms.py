"""Forms of records. The version travels along, so that nobody overwrites unseen."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Department, LeadingGroupMember, Organ, Person, Record
from xiaohao.core.then import EARLIEST, LATEST
from xiaohao.lib.plain_text import one_line, plain_lines

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm


def style(form: forms.BaseForm) -> None:
    """Give the fields of a form the classes of the house style."""
    for field in form.fields.values():
        if isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple):
            field.widget.attrs["class"] = "form-check-input"
        elif isinstance(field.widget, forms.Select):
            field.widget.attrs["class"] = "form-select"
        elif not field.widget.attrs.get("class"):
            field.widget.attrs["class"] = "form-control"
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 4
        if isinstance(field, forms.DateField):
            field.widget = calendar_input()


def restrict(form: forms.BaseForm, organ: Organ) -> None:
    """Let a form offer nothing but the organ's own records and people who are still there."""
    for field in form.fields.values():
        if not isinstance(field, forms.ModelChoiceField) or field.queryset is None:
            continue
        if issubclass(field.queryset.model, Record):
            field.queryset = field.queryset.filter(organ=organ)
        if field.queryset.model is Person:
            field.queryset = field.queryset.filter(left_on=None)


def date_field(label: Any, *, required: bool = False) -> forms.DateField:
    """Return a field for a day, with the browser's own calendar. A slip in the year is told."""
    slip = _("请检查年份。")
    between = [MinValueValidator(EARLIEST, slip), MaxValueValidator(LATEST, slip)]
    return forms.DateField(label=label, required=required, widget=calendar_input(), validators=between)


def calendar_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")


class PlainField(forms.CharField):
    """Words without what is not seen, whatever they were pasted from; ``lines``: several lines."""

    def __init__(self, *, lines: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.lines = lines

    def to_python(self, value: Any) -> str:
        written = str(value or "")
        return super().to_python(plain_lines(written) if self.lines else one_line(written)) or ""


class FilesInput(forms.ClearableFileInput):
    """Several files at once; on a telephone the browser offers the camera."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/*,.pdf,.doc,.docx,.xls,.xlsx,.ofd,.txt,.mp4"})


class FilesField(forms.FileField):
    """One or more files, as a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        cleaned = [forms.FileField.clean(self, one, initial) for one in files]
        return [one for one in cleaned if one]


class StyledForm(forms.Form):
    """A form that is no record's, in the house style."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        style(self)


class VersionForm(StyledForm):
    """A form about a record that carries the version somebody read; ``first`` are other initial values."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, version: int, **first: Any) -> None:
        super().__init__(data, initial={"version": version, **first})


class RecordForm(ModelForm):
    """Common to all: the house style, records of the organ alone, the version read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["version"].initial = self.instance.version
        restrict(self, self.instance.organ)
        style(self)

    def values(self) -> dict[str, Any]:
        """Return what was entered, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class DepartmentForm(RecordForm):
    class Meta:
        model = Department
        fields = ("name",)


class PersonForm(RecordForm):
    posts = forms.CharField(
        label=_("职务"), required=False, max_length=200, help_text=_("有几个职务时，用顿号隔开。")
    )
    left_on = date_field(_("离开日期"))

    class Meta:
        model = Person
        fields = ("name", "department", "posts", "telephone", "email", "is_leader", "left_on")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self.instance.pk:
            self.fields["posts"].initial = "、".join(post.title for post in self.instance.posts.all())
        else:
            del self.fields["left_on"]

    def clean_posts(self) -> list[str]:
        """Return the posts, each once, in the order written."""
        titles = [title.strip() for title in re.split("[、，,;；\\n]", self.cleaned_data["posts"])]
        if any(len(title) > 60 for title in titles):
            raise ValidationError(_("一个职务最多60个字。"))
        return list(dict.fromkeys(filter(None, titles)))


class LeadingGroupMemberForm(RecordForm):
    class Meta:
        model = LeadingGroupMember
        fields = ("person", "office", "duty")


class EvidenceForm(StyledForm):
    """Files, and what they prove."""

    uploads = FilesField(
        label=_("文件"), help_text=_("可以一次选几个。照片、PDF、Word、Excel、OFD、文本、MP4 录像。")
    )
    proves = forms.CharField(label=_("证明什么"), max_length=300, help_text=_("例如：修订后的办法已经印发。"))
    dated = date_field(_("材料日期"))
    source = forms.CharField(label=_("来自"), max_length=120, required=False)


class NewVersionForm(StyledForm):
    """A newer version of a piece of evidence."""

    file = forms.FileField(label=_("新版本"), widget=FilesInput)
    proves = forms.CharField(label=_("证明什么"), max_length=300, required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["file"].widget.allow_multiple_selected = False

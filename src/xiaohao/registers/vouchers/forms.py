"""The question put to the two leaders."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.ledger.forms import AskForm


class SigningForm(AskForm):
    """What the check found, in a few words."""

    reason = forms.CharField(label=_("检查结论"), max_length=2000, widget=forms.Textarea)

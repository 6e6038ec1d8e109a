"""Fields of our own: money in fen, and values that are encrypted at rest."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.encryption import decrypt, digest, encrypt
from xiaohao.lib.money import fen_of, yuan_of

if TYPE_CHECKING:  # the stubs know what values a field holds, Django does not at run time
    BigInteger = models.BigIntegerField[int | None, int | None]
    Text = models.TextField[str, str]
else:
    BigInteger, Text = models.BigIntegerField, models.TextField


class YuanField(forms.CharField):
    """An amount typed in yuan, given on in fen."""

    def prepare_value(self, value: Any) -> Any:
        return yuan_of(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if text in self.empty_values:
            return None
        try:
            return fen_of(text)
        except ValueError as error:
            raise ValidationError(_("金额请写数字，最多两位小数，例如 1234.50。")) from error


class FenField(BigInteger):
    """Money in integer fen, shown and typed in yuan."""

    def formfield(self, *_arguments: Any, **options: Any) -> Any:
        label = f"{self.verbose_name}（元）"
        field = YuanField(label=label, required=not self.blank, help_text=str(self.help_text))
        field.widget.attrs["inputmode"] = "decimal"
        if "initial" in options:
            field.initial = options["initial"]
        return field

    def to_python(self, value: Any) -> int | None:
        return None if value is None else int(value)


class EncryptedField(Text):
    """A text that is encrypted at rest and shown by its ends only."""

    shown_start, shown_end = 1, 3

    def get_prep_value(self, value: Any) -> Any:
        plain = super().get_prep_value(value)
        return self.sealed(plain) if plain else plain

    def sealed(self, plain: str) -> str:
        """Return a value as it is stored."""
        return encrypt(plain)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        return decrypt(value) if value else value

    def masked(self, value: str) -> str:
        """Return what a page shows: the first character and the last three."""
        if len(value) <= self.shown_start + self.shown_end:
            return "*" * len(value)
        hidden = len(value) - self.shown_start - self.shown_end
        return value[: self.shown_start] + "*" * hidden + value[-self.shown_end :]

    def shown(self, value: str) -> str:
        """Return what a page shows; only its ends."""
        return self.masked(value)

    def formfield(self, *_arguments: Any, **options: Any) -> Any:
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        return super().formfield(**{**options, "widget": widget, "max_length": 60})


class SealedTextField(EncryptedField):
    """A text encrypted at rest, read whole by whoever may see the record; the log holds its length.

    Where it is ``provable`` the log also holds a keyed digest: whoever has the key can show what was said.
    """

    def __init__(self, *arguments: Any, provable: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.provable = provable

    def sealed(self, plain: str) -> str:
        """Return a text as it is stored, made shorter where that helps."""
        return encrypt(plain, pack=True)

    def masked(self, value: str) -> str:
        """Return what the log holds."""
        if not value:
            return ""
        if not self.provable:
            return str(_("（%(count)s字，已加密）") % {"count": len(value)})
        told = {"count": len(value), "digest": digest(value)[:32]}
        return str(_("（%(count)s字，已加密，摘要 %(digest)s）") % told)

    def shown(self, value: str) -> str:
        """Return the text itself."""
        return value

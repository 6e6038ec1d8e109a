"""Writing what the check before publication found as it may stand in public."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from xiaohao.core.models import Account
from xiaohao.writing.models import Document
from xiaohao.writing.publication_check import Hit, places
from xiaohao.writing.readiness import hits, names_of
from xiaohao.writing.services.documents import change_text


def mask(*, document: Document, key: str, by: Account, expected_version: int) -> Document:
    """Mask a name or a number wherever it stands in title and text. Raises as ``change_text``."""
    hit = next((one for one in hits(document) if one.key == key and one.masked), None)
    if hit is None:
        raise ValidationError(_("文稿里已经没有这一处，请看最新的检查结果。"))
    names = names_of(document)
    values = {"title": _masked(document.title, hit, names), "body": _masked(document.body, hit, names)}
    return change_text(document=document, values=values, by=by, expected_version=expected_version)


def _masked(text: str, hit: Hit, names: list[str]) -> str:
    for start in reversed(places(text, hit, names)):
        text = f"{text[:start]}{hit.masked}{text[start + len(hit.text) :]}"
    return text

"""Writing what the check before publication found as it may stand in public."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from xiaohao.core.models import Account
from xiaohao.writing.models import Document
from xiaohao.writing.readiness import hits
from xiaohao.writing.services.documents import change_text


def mask(*, document: Document, key: str, by: Account, expected_version: int) -> Document:
    """Mask a name or a number wherever it stands in title and text. Raises as ``change_text``."""
    hit = next((one for one in hits(document) if one.key == key and one.masked), None)
    if hit is None:
        raise ValidationError(_("文稿里已经没有这一处，请看最新的检查结果。"))
    values = {
        "title": document.title.replace(hit.text, hit.masked),
        "body": document.body.replace(hit.text, hit.masked),
    }
    return change_text(document=document, values=values, by=by, expected_version=expected_version)

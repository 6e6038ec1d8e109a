"""The documents an account may see, and what it may do with one."""

from django.shortcuts import get_object_or_404

from xiaohao.core.access import allowed
from xiaohao.core.requests import AccountRequest
from xiaohao.writing.access import CHANGE_DOCUMENTS
from xiaohao.writing.models import Document


def found_document(request: AccountRequest, number: int) -> Document:
    """Return a document the account may see; for anybody else it does not exist."""
    rows = Document.objects.visible_to(request.user).select_related(
        "organ", "inspection__organ", "finding", "person", "successor"
    )
    return get_object_or_404(rows, pk=number)


def own_draft(request: AccountRequest, document: Document) -> bool:
    """Tell whether the account may change the text."""
    own = document.organ_id == request.user.organ.pk and allowed(request.user, CHANGE_DOCUMENTS)
    return own and document.is_draft

"""The document a page is about, and whether the account may change it."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from xiaohao.core.access import allowed
from xiaohao.core.models import Account
from xiaohao.core.requests import AccountRequest
from xiaohao.writing.access import CHANGE_DOCUMENTS, readable
from xiaohao.writing.models import Document

if TYPE_CHECKING:
    from django.db.models import QuerySet


def readable_documents(account: Account) -> "QuerySet[Document]":
    """Return the documents an account may read."""
    return readable(account, Document.objects.visible_to(account))


def found_document(request: AccountRequest, number: int) -> Document:
    """Return a document the account may read; for anybody else it does not exist."""
    rows = readable_documents(request.user).select_related(
        "organ", "inspection__organ", "finding", "person", "successor"
    )
    return get_object_or_404(rows, pk=number)


def own_draft(request: AccountRequest, document: Document) -> bool:
    """Tell whether the account may change the text."""
    own = document.organ_id == request.user.organ.pk and allowed(request.user, CHANGE_DOCUMENTS)
    return own and document.is_draft

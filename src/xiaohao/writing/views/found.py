"""The documents an account may see, and what it may do with one."""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from xiaohao.core.access import allowed
from xiaohao.core.models import Account
from xiaohao.core.requests import AccountRequest
from xiaohao.writing.access import CHANGE_DOCUMENTS, VIEW_DRAFTS
from xiaohao.writing.models import Document


def readable(account: Account) -> "QuerySet[Document]":
    """Return the documents an account may read: a draft is for those who write and sign it.

    Who hands over or takes over reads his list all the same.
    """
    rows = Document.objects.visible_to(account)
    if allowed(account, VIEW_DRAFTS):
        return rows
    mine = Q(person=account.person_id) | Q(successor=account.person_id)
    return rows.filter(Q(state=Document.State.APPROVED) | mine)


def found_document(request: AccountRequest, number: int) -> Document:
    """Return a document the account may read; for anybody else it does not exist."""
    rows = readable(request.user).select_related(
        "organ", "inspection__organ", "finding", "person", "successor"
    )
    return get_object_or_404(rows, pk=number)


def own_draft(request: AccountRequest, document: Document) -> bool:
    """Tell whether the account may change the text."""
    own = document.organ_id == request.user.organ.pk and allowed(request.user, CHANGE_DOCUMENTS)
    return own and document.is_draft

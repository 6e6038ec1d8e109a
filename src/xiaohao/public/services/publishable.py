"""Which documents can be published: notices that are signed and were not yet."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xiaohao.writing.models import Document, DocumentKind


def signed(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Return of some documents the signed notices, published or not."""
    return rows.filter(kind=DocumentKind.NOTICE, state=Document.State.APPROVED)


def publishable(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Return of some documents those that can be published."""
    return signed(rows).filter(publication=None)


def not_publishable(document: Document) -> str:
    """Return why a document cannot be published, as a sentence; empty when it can."""
    if publishable(Document.objects.filter(pk=document.pk)).exists():
        return ""
    if document.kind != DocumentKind.NOTICE:
        return _("只有整改进展情况通报可以公开。")
    if hasattr(document, "publication"):
        return _("这份通报已经公开过。")
    return _("通报要由主要负责人签发以后才能公开。")

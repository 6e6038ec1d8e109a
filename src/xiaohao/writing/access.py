"""Who may do what with documents."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiaohao.core.access import READERS, allowed, declare
from xiaohao.core.models import Account, Role
from xiaohao.writing.models import Document

if TYPE_CHECKING:
    from django.db.models import QuerySet

VIEW_DOCUMENTS = declare("writing.documents.view", _("查看、下载文稿"), *READERS)
VIEW_DRAFTS = declare(
    "writing.drafts.view",
    _("查看还没有签发的文稿"),
    Role.CLERK,
    Role.LEADER,
    Role.HEAD,
    Role.DISCIPLINE_REVIEWER,
)
CHANGE_DOCUMENTS = declare("writing.documents.change", _("起草、修改、送签文稿"), Role.CLERK)
MAKE_ARCHIVE = declare("writing.archive", _("生成归档文件"), Role.CLERK, Role.HEAD)
CHANGE_TEMPLATES = declare("writing.templates.change", _("修改文稿模板"), Role.CLERK)


def readable(account: Account, rows: "QuerySet[Document]") -> "QuerySet[Document]":
    """Return the documents an account may read: a draft is for those of its organ who write and sign it.

    Who hands over or takes over reads his list all the same.
    """
    approved = ("state", Document.State.APPROVED)
    return rows.filter(Q(approved, *_inside(account), _connector=Q.OR))


def reads_drafts(account: Account, document: Document) -> bool:
    """Tell whether an account may see how a text came about: its earlier versions, what was let stand.

    What the check before publication took out of a notice stands in them for ever.
    """
    return any(getattr(document, column) == number for column, number in _inside(account))


def _inside(account: Account) -> list[tuple[str, int]]:
    """Return what makes an account one of those within a document: a column, and the number in it."""
    ways = [("person_id", account.person_id), ("successor_id", account.person_id)]
    return [*ways, ("organ_id", account.organ.pk)] if allowed(account, VIEW_DRAFTS) else ways

"""Documents that are drafts again because who signs did not agree: which, and what he said."""

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.ledger.models import Decision, Outcome
from xiaohao.writing.decisions import DOCUMENT
from xiaohao.writing.models import Document

if TYPE_CHECKING:
    from django.db.models import QuerySet

NOT_AGREED = (Decision.State.RETURNED, Decision.State.REFUSED)


def with_sent_back(rows: "QuerySet[Document]") -> "QuerySet[Document]":
    """Return the documents, each with ``sent_back``: whether it was the last that was said of it."""
    said = Decision.objects.filter(
        organ=OuterRef("organ"),
        kind=DOCUMENT.key,
        about_kind=Document.subject_kind,
        about_number=OuterRef("pk"),
    )
    newest = Subquery(said.order_by("-pk").values("state")[:1])
    rows = rows.annotate(last_decision=newest)
    return rows.annotate(sent_back=Q(state=Document.State.DRAFT, last_decision__in=NOT_AGREED))


def why_sent_back(document: Document) -> str:
    """Return who sent it back when and why, as a sentence; empty where nobody did."""
    if not document.is_draft:
        return ""
    newest = Decision.objects.about(document).filter(kind=DOCUMENT.key).order_by("-pk").first()
    if newest is None or newest.state not in NOT_AGREED:
        return ""
    outcomes = (Outcome.RETURNED, Outcome.REFUSED)
    signature = newest.signatures.filter(outcome__in=outcomes).select_related("person").last()
    if signature is None:
        return ""
    return _("%(who)s %(day)s%(outcome)s：%(opinion)s") % {
        "who": signature.person,
        "day": timezone.localdate(signature.signed_at),
        "outcome": signature.get_outcome_display(),
        "opinion": signature.opinion,
    }

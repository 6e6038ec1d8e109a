"""What a draft would say if it were drafted now: its sentences stay as they were, only its figures follow."""

import datetime as dt

from xiaohao.ledger.indicators import Period
from xiaohao.writing import figures
from xiaohao.writing.comparing import Compared, compare
from xiaohao.writing.models import Document
from xiaohao.writing.scope import Scope
from xiaohao.writing.services.documents import figures_of
from xiaohao.writing.services.templates import template_of, written


def changed_sentences(document: Document, today: dt.date) -> list[Compared]:
    """Return the paragraphs that would be drafted otherwise now, beside how they were drafted.

    What somebody changed by hand is left alone: the first draft is compared, with the figures of today.
    Raises ``TemplateFault``.
    """
    first = document.versions.order_by("number").first()
    if first is None:
        return []
    return compare(figures.taken_over(first.body, figures_of(document)), _anew(document, today))


def _anew(document: Document, today: dt.date) -> str:
    scope = Scope(
        inspection=document.inspection,
        period=Period(document.first, document.last),
        today=today,
        finding=document.finding,
        person=document.person,
        successor=document.successor,
    )
    return written(document.kind, template_of(document.organ, document.kind), scope)

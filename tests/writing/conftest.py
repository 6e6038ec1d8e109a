"""Documents drafted over a small inspection."""

import datetime as dt

import pytest

from xiaohao.ledger.indicators import Period
from xiaohao.writing.models import Document
from xiaohao.writing.scope import Scope
from xiaohao.writing.services import documents, drafting

FIRST, LAST = dt.date(2025, 4, 2), dt.date(2025, 10, 31)


@pytest.fixture
def draft(office, inspection):
    """Draft a document of a kind over the inspection: ``draft("plan")``."""

    def make(kind: str = "notice", **about) -> Document:
        inspection.organ = office.clerk.organ
        scope = Scope(inspection, Period(FIRST, LAST), LAST, **about)
        return drafting.draft(kind=kind, scope=scope, by=office.clerk)

    return make


@pytest.fixture
def saved(office):
    """Save another text of a document, as the clerk does."""

    def save(document: Document, body: str) -> Document:
        values = {"body": body}
        return documents.change_text(
            document=document, values=values, by=office.clerk, expected_version=document.version
        )

    return save

"""A second notice of the same inspection is not forbidden, but nobody opens or drafts it unawares."""

import datetime as dt

import pytest
from django.utils import timezone

from xiaohao.ledger.indicators import Period
from xiaohao.ledger.services import decisions
from xiaohao.public.models import Publication
from xiaohao.public.services import publications
from xiaohao.writing.decisions import DOCUMENT
from xiaohao.writing.models import Document
from xiaohao.writing.scope import Scope
from xiaohao.writing.services import documents, drafting

WARNING = "两份通报会同时公开"


@pytest.fixture
def second(published, office):
    """Another signed notice of the inspection, while the first one is open."""
    inspection, today = published.document.inspection, timezone.localdate()
    scope = Scope(inspection, Period(dt.date(2025, 4, 2), today), today)
    drafted = drafting.draft(kind="notice", scope=scope, by=office.clerk)
    body = published.document.body
    ready = documents.change_text(
        document=drafted, values={"body": body}, by=office.clerk, expected_version=drafted.version
    )
    decision = decisions.ask(DOCUMENT, about=ready, reason="请签发。", by=office.clerk)
    decisions.agree(decision=decision, opinion="同意", by=office.head)
    return Document.objects.get(pk=ready.pk)


@pytest.fixture
def page(client, office):
    client.force_login(office.clerk)
    return lambda address: client.get(address).content.decode()


def test_while_one_is_open_the_page_that_opens_another_says_so(second, published, page, client) -> None:
    shown = page(f"/documents/{second.pk}/publish/")
    assert WARNING in shown
    assert published.title in shown
    assert f"{published.open_to:%Y-%m-%d}" in shown
    today = timezone.localdate()
    given = {"open_from": today, "open_to": today + dt.timedelta(days=9), "contact_phone": "2230016"}
    client.post(f"/documents/{second.pk}/publish/", given)
    assert Publication.objects.filter(document=second).exists()


def test_one_that_is_over_or_withdrawn_is_no_matter(second, published, page, office) -> None:
    publications.withdraw(
        publication=published, reason="有误", by=office.clerk, expected_version=published.version
    )
    assert WARNING not in page(f"/documents/{second.pk}/publish/")


def test_of_a_single_notice_nothing_is_said(signed, page) -> None:
    assert WARNING not in page(f"/documents/{signed.pk}/publish/")

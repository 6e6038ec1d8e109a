"""A signed and published notice, and how the public writes."""

import datetime as dt
import re
import secrets
import time

import pytest
from django.utils import timezone

from xiaohao.core.evidence_kinds import MEBIBYTE
from xiaohao.core.services import settings as settings_service
from xiaohao.ledger.indicators import Period
from xiaohao.ledger.services import decisions
from xiaohao.public import limits
from xiaohao.public.models import Intake
from xiaohao.public.services import publications, receipts, receiving, shares
from xiaohao.public.services.posts import Came, Said
from xiaohao.writing.decisions import DOCUMENT
from xiaohao.writing.models import Document
from xiaohao.writing.scope import Scope
from xiaohao.writing.services import documents, drafting

TEXT = "一、整改情况\n（一）资金方面\n1.公务卡结算不规范。已经改正。\n二、下一步工作打算\n继续努力。"


@pytest.fixture(autouse=True)
def same_hour(monkeypatch) -> None:
    """Counters are by the hour: every test begins with one, so that it does not meet its end."""
    late = int(time.time()) % limits.HOUR
    monkeypatch.setattr(limits, "_now", lambda: (int(limits.time.time()) - late) // limits.HOUR)


@pytest.fixture
def signed(office, inspection, make_finding) -> Document:
    """A notice the head has signed."""
    make_finding(1)
    inspection.organ = office.clerk.organ
    period = Period(dt.date(2025, 4, 2), timezone.localdate())
    scope = Scope(inspection, period, timezone.localdate())
    drafted = drafting.draft(kind="notice", scope=scope, by=office.clerk)
    ready = documents.change_text(
        document=drafted, values={"body": TEXT}, by=office.clerk, expected_version=drafted.version
    )
    decision = decisions.ask(DOCUMENT, about=ready, reason="请签发。", by=office.clerk)
    decisions.agree(decision=decision, opinion="同意", by=office.head)
    return Document.objects.select_related("organ", "inspection").get(pk=ready.pk)


@pytest.fixture
def published(signed, office):
    """The notice, open from today for a month."""
    today = timezone.localdate()
    return publications.publish(
        document=signed,
        open_from=today,
        open_to=today + dt.timedelta(days=30),
        contact_phone="2230016",
        by=office.clerk,
    )


NUMERALS = {character: value for value, character in enumerate("零一二三四五六七八九")}


def number(words: str) -> int:
    """Read 四十七 as 47."""
    tens, ten, ones = words.partition("十")
    if not ten:
        return NUMERALS[words]
    return (NUMERALS[tens] if tens else 1) * 10 + (NUMERALS[ones] if ones else 0)


def asked(page: str) -> dict[str, str]:
    """Return the token of the question on a page and the right answer, as a person gives it."""
    said = re.search(r"([一二三四五六七八九十、]+)，这三个数里最大的是哪个", page)
    token = re.search(r'name="token" value="([^"]+)"', page)
    return {"token": token.group(1), "answer": str(max(number(one) for one in said.group(1).split("、")))}


@pytest.fixture
def say(client, published):
    """Write a comment as anybody does; give the page that answers."""
    address = f"/public/{published.organ.code}/{published.number}/comment/"

    def write(text: str = "请公布抽查结果。", source: str = "10.0.0.1", **given: object):
        page = client.get(address).content.decode()
        return client.post(address, {"text": text, **asked(page), **given}, REMOTE_ADDR=source)

    return write


def receipt_on(answer) -> str:
    """Return the receipt a page shows."""
    return re.search(r'id="receipt">([\d ]+)<', answer.content.decode()).group(1)


@pytest.fixture
def take(published):
    """Take in what somebody wrote, past the page: ``take("请公布", flood=True)``; give what it became."""

    def receive(
        text: str = "请公布抽查结果。", *, flood: bool = False, source: str = "一处", **given: object
    ):
        came = Came(receipts.receipt_of(secrets.token_hex(8)), source, flood=flood)
        return receiving.receive(publication=published, said=Said(text, **given), came=came).receipt

    return receive


@pytest.fixture
def limit(office):
    """Set a limit of the organ from today on: ``limit(**{"comments.per_hour": 2})``."""

    def set_to(**values: int) -> None:
        for key, value in values.items():
            settings_service.set_value(
                key=key, value=value, valid_from=timezone.localdate(), source="试验", by=office.clerk
            )

    return set_to


@pytest.fixture
def left(published):
    """Leave so many bytes of the room for what came in a flood."""

    def leave(size: int) -> None:
        taken = int(200 * MEBIBYTE * shares.OF_ALL) - size
        Intake.objects.update_or_create(organ=published.organ, defaults={"text_bytes": taken})

    return leave

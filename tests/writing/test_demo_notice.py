"""The demo organ's notice, drafted by one click, beside a real one: same parts, order and sentences."""

import re
from pathlib import Path

import pytest
from django.utils import timezone

from xiaohao.core.models import Account
from xiaohao.ledger.indicators import Period
from xiaohao.reading import read
from xiaohao.rectification import demo
from xiaohao.rectification.models import Inspection, Rule
from xiaohao.registers import demo_year
from xiaohao.writing import figures
from xiaohao.writing.body import gaps
from xiaohao.writing.models import Document
from xiaohao.writing.publication_check import check
from xiaohao.writing.scope import Scope
from xiaohao.writing.services import drafting

REAL = Path(__file__).parents[3] / "shared/samples/real-notice-1.txt"
pytestmark = pytest.mark.django_db  # the database is made only for tests that say so
needs_real_notice = pytest.mark.skipif(not REAL.exists(), reason="the real notice is not at hand")


@pytest.fixture(scope="module")
def drafted(django_db_setup, django_db_blocker) -> Document:
    """The notice as the clerk of the demo organ gets it."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        demo_year.load(demo.load())
        clerk = Account.objects.select_related("person__organ").get(username="clerk")
        inspection = Inspection.objects.select_related("organ").get(organ=clerk.organ, number=1)
        today = timezone.localdate()
        scope = Scope(inspection, Period(inspection.feedback_on, today), today)
        document = drafting.draft(kind="notice", scope=scope, by=clerk)
        document.rules = list(Rule.objects.values_list("name", flat=True))
        transaction.set_rollback(True)
    return document


def notice_of(document: Document):
    text = f"{document.title}\n{figures.plain(document.body)}\n"
    return read(text.encode(), "通报.txt").notice


def test_one_gap_is_left_where_the_demo_has_no_record(drafted) -> None:
    assert [gap for gap in gaps(drafted.body) if "公开期限" not in gap] == ["〔待补：问题1-14的整改情况〕"]


def test_no_sentence_on_responsibility_stands_without_a_record(drafted) -> None:
    """Beside the headings each has a figure, a day, or the name of a rule that was made."""
    lines = drafted.body.splitlines()
    start, end = (next(i for i, line in enumerate(lines) if line.startswith(one)) for one in ("一、", "二、"))
    empty = []
    for line in lines[start + 1 : end]:
        _heading, *sentences = [one for one in re.split("(?<=。)", line) if one]
        empty += [
            one
            for one in sentences
            if not figures.TOKEN.search(one)
            and not re.search(r"\d年\d", one)
            and not any(name in one for name in drafted.rules)
        ]
    assert empty == []


def test_every_finding_says_its_measures_one_by_one(drafted) -> None:
    notice = notice_of(drafted)
    assert [finding.number for finding in notice.findings] == list(range(1, 15))
    assert sum(len(finding.measures) for finding in notice.findings) == 28  # single ones are told plainly


def test_the_check_before_publication_finds_nothing_in_it(drafted) -> None:
    assert check(f"{drafted.title}\n{figures.plain(drafted.body)}", [], {}) == []


@needs_real_notice
def test_it_has_the_parts_of_a_real_one_in_their_order(drafted) -> None:
    ours, real = notice_of(drafted), read(REAL.read_bytes(), "real-notice-1.txt").notice
    assert [section.removeprefix("机关") for section in real.sections] == list(ours.sections)
    assert [one.replace(",", "，") for one in real.responsibility] == list(ours.responsibility)
    assert len(ours.areas) == len(real.areas) == 3
    assert all(area.title.endswith("方面") for area in (*ours.areas, *real.areas))
    assert ours.next_steps
    for fact in ("inspecting_body", "inspected_unit", "inspected_from", "inspected_to", "feedback_on"):
        assert getattr(ours, fact)
        assert getattr(real, fact)


@needs_real_notice
def test_its_sentences_are_of_the_same_kind(drafted) -> None:
    """How a notice opens, passes to its parts and ends; the words between are each organ's own."""
    body = figures.plain(drafted.body)
    real = read(REAL.read_bytes(), "real-notice-1.txt").repaired.text
    for pattern in (
        r"根据.{0,3}统一部署[，,].+?至.+?[，,].+?对.+?开展了巡察。",
        r"向.+?反馈了巡察意见。",
        r"现将巡察整改进展情况予以公布。",
        r"成立由主要负责同志任组长的巡察整改.{0,2}工作领导小组",
        r"主要负责同志认真履行第一责任人责任",
        r"建立问题清单、任务清单、责任清单",
        r"实行挂图作战、动态管理[，,]完成一项销号一项",
        r"坚持“当下改”与“长久立”相结合",
        r"\n\d{1,2}[.．].{4,30}。一是.+?。二是",
        r"目前[，,].+?。",
        r"欢迎广大干部群众对巡察整改落实情况进行监督。",
        r"公开期限[：:]|〔待补：公开期限〕",
        r"联系电话[：:]\d+。",
    ):
        assert re.search(pattern, real), pattern
        assert re.search(pattern, body), pattern

"""A copy of a notice is compared on the page: the same, or what differs; nothing is kept."""

import re

import pytest
from django.utils import timezone

from xiaohao.core.models import AuditEntry
from xiaohao.public.models import Publication


@pytest.fixture
def compare(client, published):
    """Paste a text into the page; give what it answers."""
    address = f"/public/{published.organ.code}/{published.number}/"

    def paste(change=str, **given: object) -> str:
        text = client.get(f"{address}text/").content.decode()
        return client.post(f"{address}compare/", {"text": change(text), **given}).content.decode()

    return paste


def marked(page: str) -> list[str]:
    """Return what a page says was left out and put in."""
    found = re.findall(r"<(?:del|ins)><span class=\"word\">(〔.{2}〕)</span>([^<]*)<", page)
    return ["".join(one) for one in found]


def sums(page: str) -> list[str]:
    """Return the sums a page shows, each in two halves with nothing between them when it is copied."""
    halves = re.findall(r"<span>([0-9a-f]{32})</span><wbr><span>([0-9a-f]{32})</span>", page)
    return ["".join(one) for one in halves]


def test_a_faithful_copy_is_told_as_such(compare) -> None:
    assert "一字不差" in compare()
    assert "一字不差" in compare(lambda text: text.replace("\n", "\r\n\r\n　　"))


def test_a_copy_of_our_own_page_is_faithful(client, compare, published) -> None:
    page = client.get(f"/public/{published.organ.code}/{published.number}/").content.decode()
    title = re.search(r"<h1[^>]*>(.*?)</h1>", page).group(1)
    body = re.search(r'articleBody">(.*?)</div>', page, re.DOTALL).group(1)
    assert "一字不差" in compare(lambda _text: title.replace("<wbr>", "") + re.sub(r"<[^>]+>", "\n", body))


def test_what_was_changed_left_out_and_added_is_shown(compare, published) -> None:
    def spoiled(text: str) -> str:
        return text.replace("已经改正", "基本改正").replace("继续努力。\n", "") + "转自某网\n"

    page = compare(spoiled)
    assert "与原文不同" in page
    assert marked(page) == ["〔少了〕已经", "〔多了〕基本", "〔少了〕继续努力。", "〔多了〕转自某网"]
    of_the_copy, of_the_notice = sums(page)
    assert of_the_copy != of_the_notice == published.digest


def test_hostile_words_of_a_copy_stay_words(compare) -> None:
    page = compare(lambda text: f"{text}<script>alert(1)</script>")
    assert "<script>" not in page
    assert marked(page) == ["〔多了〕&lt;script&gt;alert(1)&lt;/script&gt;"]


def test_who_compares_is_not_sent_to_a_program_of_the_office(client, published) -> None:
    page = client.get(f"/public/{published.organ.code}/{published.number}/compare/").content.decode()
    assert "xiaohao" not in page


def test_nothing_of_a_copy_is_kept(compare) -> None:
    before = AuditEntry.objects.count()
    compare(lambda text: f"{text}抄来的")
    assert AuditEntry.objects.count() == before


def test_a_copy_that_differs_everywhere_is_told_in_short(compare) -> None:
    page = compare(lambda _text: "别的\n文字" * 40_000)
    assert "与原文不同" in page
    assert "还有" in page
    assert len(re.sub("<textarea.*?</textarea>", "", page, flags=re.DOTALL)) < 20_000


def test_a_copy_that_is_too_long_is_refused_in_words(compare) -> None:
    assert "最多300000字，现在有300001字" in compare(lambda _text: "字" * 300_001)


def test_who_compares_too_often_is_still_told_whether_it_is_the_same(compare) -> None:
    for _try in range(60):
        assert "1 处不同" in compare(lambda text: f"{text}抄来的")
    assert "比对得太频繁" in compare(lambda text: f"{text}抄来的")
    assert "一字不差" in compare()


def test_after_the_period_nothing_is_compared(client, published) -> None:
    Publication.objects.update(withdrawn_on=timezone.localdate())
    address = f"/public/{published.organ.code}/{published.number}/compare/"
    assert client.post(address, {"text": "x"}).status_code == 410

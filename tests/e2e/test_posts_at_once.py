"""Many write at once to the running program with its SQLite file: each gets a receipt that is found again."""

import html
import re
import threading
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from tests.public.conftest import asked

FORM = "/public/qingxi/1/comment/"
WRITERS, EACH = 6, 4


def ask(address: str, method: str, path: str, body: str = "") -> tuple[int, str]:
    """Send one request from an address of its own; give status and page."""
    host = urlsplit(address)
    link = HTTPConnection(host.hostname, host.port, timeout=60, source_address=("127.0.0.2", 0))
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    link.request(method, path, body.encode(), headers)
    answer = link.getresponse()
    page = answer.read().decode()
    link.close()
    return answer.status, page


def post(address: str, path: str, **given: str) -> tuple[int, str]:
    """Open a form and send it."""
    _status, page = ask(address, "GET", path)
    if path == FORM:
        given |= asked(html.unescape(page))
    return ask(address, "POST", path, urlencode(given))


def test_none_is_lost_and_nobody_sees_an_error(address: str) -> None:
    receipts: dict[str, str] = {}
    problems: list[object] = []

    def write(number: int) -> None:
        for turn in range(EACH):
            text = "同样的话" if turn % 2 else f"第{number}人的第{turn}条意见"
            try:
                status, page = post(address, FORM, text=text)
                receipts[re.search(r'id="receipt">([\d ]+)<', page).group(1)] = text
                assert status == 200
            except Exception as problem:
                problems.append(problem)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=120)
    assert problems == []
    assert len(receipts) == WRITERS * EACH
    found = {
        receipt: text in post(address, "/public/answer/", receipt=receipt)[1]
        for receipt, text in receipts.items()
    }
    assert set(found.values()) == {True}


def test_fifty_megabytes_are_answered_with_a_page_that_says_so(address: str) -> None:
    status, page = ask(address, "POST", FORM, "text=" + "a" * 50_000_000)
    assert (status, "内容太大，没有收下" in page) == (413, True)


def test_the_head_of_a_kept_page_has_no_body(address: str) -> None:
    ask(address, "GET", "/public/qingxi/1/")
    assert ask(address, "HEAD", "/public/qingxi/1/") == (200, "")

"""Every page for the public, and the office's pages about it, holds to WCAG 2.2 AA, wide and narrow.

axe-core finds what a program can find; its rules for level AA of WCAG 2.0, 2.1 and 2.2 all run.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.e2e.test_notice import drafted, published, signed_by_head
from tests.public.conftest import asked

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
WIDTHS = [1366, 390]
NOTICE = "/public/qingxi/1/"


@pytest.fixture(params=WIDTHS)
def visitor(request, browser: Browser, address: str) -> Iterator[Page]:
    """A window of anybody; an error in the console fails the test."""
    context = browser.new_context(
        base_url=address, locale="zh-CN", viewport={"width": request.param, "height": 844}
    )
    page = context.new_page()
    errors: list[str] = []
    missing = "the server responded with a status of"  # what a page that says 404 or 410 is meant to do
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert [error for error in errors if missing not in error] == []


def check(page: Page, name: str) -> None:
    """Fail with what axe found, and where the page is wider than the window."""
    found = Axe().run(page, options=OPTIONS).response
    assert found["testEngine"]["name"] == "axe-core"
    violations = [
        (one["id"], node["html"][:200], node["failureSummary"])
        for one in found["violations"]
        for node in one["nodes"]
    ]
    assert violations == [], name
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize(
    "path",
    [
        "/public/qingxi/",
        NOTICE,
        f"{NOTICE}poster/",
        f"{NOTICE}comment/",
        f"{NOTICE}compare/",
        "/public/answer/",
        "/public/qingxi/77/",
    ],
)
def test_what_is_read(visitor: Page, path: str) -> None:
    visitor.goto(path)
    check(visitor, path)


def test_what_is_written_and_answered(visitor: Page) -> None:
    visitor.goto(f"{NOTICE}comment/")
    visitor.get_by_label("您的意见或建议").fill("请公布食堂的账目。")
    visitor.locator("input[name=answer]").fill("99")
    visitor.get_by_role("button", name="提交意见").click()
    expect(visitor.get_by_role("alert")).to_contain_text("没有提交成功")
    check(visitor, "form with errors")
    visitor.locator("input[name=answer]").fill(asked(visitor.content())["answer"])
    visitor.get_by_role("button", name="提交意见").click()
    receipt = visitor.locator("#receipt").inner_text()
    check(visitor, "receipt")

    visitor.goto("/public/answer/")
    visitor.get_by_label("回执号").fill("1")
    visitor.get_by_role("button", name="查答复").click()
    expect(visitor.get_by_text("没有这个回执号")).to_be_visible()
    check(visitor, "answer with errors")
    visitor.get_by_label("回执号").fill(receipt)
    visitor.get_by_role("button", name="查答复").click()
    expect(visitor.get_by_text("请公布食堂的账目。")).to_be_visible()
    check(visitor, "answer")

    visitor.goto(f"{NOTICE}compare/")
    visitor.get_by_label("在别处看到的文字").fill("青溪区政协机关关于巡察整改进展情况的通报\n别的文字")
    visitor.get_by_role("button", name="比对").click()
    expect(visitor.get_by_text("与原文不同")).to_be_visible()
    check(visitor, "compared")


def test_a_notice_that_was_withdrawn(page: Page, browser: Browser, address: str, log_in) -> None:
    log_in("clerk")
    signed_by_head(page, drafted(page), log_in)
    publication, path = published(page)
    page.goto(publication)
    page.get_by_role("link", name="提前撤回").click()
    page.get_by_label("撤回理由").fill("演示结束")
    page.get_by_role("button", name="撤回").click()
    expect(page.get_by_role("status")).to_have_text("已保存。")
    for width in WIDTHS:
        context = browser.new_context(base_url=address, viewport={"width": width, "height": 844})
        visitor = context.new_page()
        visitor.goto(path)
        expect(visitor.get_by_role("heading", level=1)).to_have_text("这份通报不再公开")
        check(visitor, "closed")
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_the_office(page: Page, log_in, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    log_in("clerk")
    for path in (
        "/publications/",
        "/publications/1/",
        "/comments/",
        "/comments/?state=late",
        "/comments/1/",
        "/comments/2/",
        "/comments/3/answer/",
        "/comments/3/finding/",
        "/comments/3/measure/",
        "/comments/held/",
        "/comments/held/?state=set_aside",
        "/findings/add/",
    ):
        page.goto(path)
        check(page, path)

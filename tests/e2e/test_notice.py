"""A notice from draft to the end of its period: clerk, head, a citizen with a telephone, clerk, citizen."""

import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from tests.e2e.conftest import COMMAND, environment
from tests.public.conftest import asked


def test_a_notice_goes_from_draft_to_the_end_of_its_period(
    page: Page, browser: Browser, address: str, home: Path, log_in
) -> None:
    log_in("clerk")
    document = drafted(page)
    signed_by_head(page, document, log_in)
    publication, path = published(page)

    telephone = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False, base_url=address, locale="zh-CN"
    )
    citizen = telephone.new_page()
    receipt = commented(citizen, path)
    answered(page)
    assert "盘点结果将于下月公布。" in read_answer(citizen, receipt)

    the_period_ends(home, publication)
    citizen.goto(path)
    expect(citizen.get_by_role("heading", level=1)).to_have_text("这份通报不再公开")
    expect(citizen.get_by_text("已经届满")).to_be_visible()
    assert "盘点结果将于下月公布。" in read_answer(citizen, receipt)
    page.goto(publication)
    expect(page.get_by_text("期满归档").first).to_be_visible()
    telephone.close()


def test_a_notice_is_withdrawn_before_its_period_ends(page: Page, browser: Browser, log_in) -> None:
    log_in("clerk")
    document = drafted(page)
    signed_by_head(page, document, log_in)
    publication, path = published(page)
    page.goto(publication)
    page.get_by_role("link", name="提前撤回").click()
    page.get_by_label("撤回理由").fill("演示结束")
    page.get_by_role("button", name="撤回").click()
    expect(page.get_by_role("status")).to_have_text("已保存。")
    anybody = browser.new_page()
    answer = anybody.goto(f"{page.url.split('/publications/')[0]}{path}")
    assert answer is not None
    assert answer.status == 410
    expect(anybody.get_by_text("撤回")).to_be_visible()
    anybody.close()


def read_answer(citizen: Page, receipt: str) -> str:
    """Read with the receipt what became of the comment."""
    citizen.goto("/public/answer/")
    citizen.get_by_label("回执号").fill(receipt)
    citizen.get_by_role("button", name="查答复").click()
    return citizen.locator("main").inner_text()


def the_period_ends(home: Path, publication: str) -> None:
    """Let two months pass: the days of the notice move back, and the hourly command runs."""
    number = int(publication.rstrip("/").rpartition("/")[2])
    with closing(sqlite3.connect(home / "xiaohao.sqlite3", timeout=30)) as database, database:
        moved = (
            "UPDATE public_publication SET open_from=date(open_from, ?), open_to=date(open_to, ?) WHERE id=?"
        )
        database.execute(moved, ("-2 months", "-2 months", number))
    command = [*COMMAND, "remind"]
    subprocess.run(command, env=environment(home), cwd=home, check=True, capture_output=True)


def drafted(page: Page) -> str:
    """Draft the notice, look behind a figure, fill in what is lacking; return its page."""
    page.goto("/documents/add/?kind=notice")
    inspections = page.get_by_label("巡察", exact=True)  # the newest first; other walks may have read in more
    inspections.select_option(index=inspections.locator("option").count() - 1)
    page.get_by_role("button", name="起草").click()
    page.wait_for_url(re.compile(r"/documents/\d+/$"))
    document = page.url
    page.locator("a.counted").first.click()
    page.wait_for_url(re.compile("indicator="))
    expect(page.locator("tbody tr").first).to_be_visible()
    page.goto(document)
    expect(page.get_by_text("待补").first).to_be_visible()
    page.get_by_role("link", name="修改", exact=True).click()
    page.get_by_role("button", name="到下一处").click()  # the gap is chosen: typing replaces it
    page.keyboard.type("已列入计划。共有资产")
    page.get_by_role("link", name="看可以插入的数字").click()
    page.get_by_role("button", name="固定资产 110件").click()
    page.keyboard.type("件。")
    expect(page.get_by_role("textbox", name="正文")).to_contain_text("已列入计划。共有资产110件。")
    expect(page.get_by_role("heading", name="待补")).to_be_hidden()
    expect(page.locator("#autosave-said")).to_contain_text("已自动保存")
    page.get_by_role("button", name="保存为一稿").click()
    expect(page.get_by_role("status")).to_have_text("已保存。")
    expect(page.get_by_text("送签以前还差")).to_have_count(0)
    expect(page.locator("a.counted", has_text="110")).to_have_attribute("href", re.compile("assets.count"))
    return document


def signed_by_head(page: Page, document: str, log_in) -> None:
    page.get_by_role("link", name="送签").click()
    page.get_by_role("button", name="送签").click()
    expect(page.get_by_role("status")).to_have_text("已保存。")
    page.context.clear_cookies()
    log_in("head")
    page.goto(document)
    page.get_by_role("link", name="看审批").click()
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.get_by_text("已同意").first).to_be_visible()
    page.context.clear_cookies()
    log_in("clerk")


def published(page: Page) -> tuple[str, str]:
    """Publish what the head signed; return the office's page about it and the public's."""
    page.goto("/publications/")
    page.locator("section").get_by_role("link", name="公开", exact=True).first.click()
    page.get_by_role("button", name="公开", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("已保存。")
    page.locator("tbody tr").first.get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/publications/\d+/$"))
    path = page.get_by_role("link", name="公众看到的页面").get_attribute("href")
    assert path
    return page.url, path


def commented(citizen: Page, path: str) -> str:
    """Read the notice on a telephone without scripts, write, and return the receipt."""
    citizen.goto(path)
    expect(citizen.get_by_role("heading", level=1)).to_contain_text("整改进展情况的通报")
    box = citizen.locator("main").bounding_box()
    assert box is not None
    assert box["width"] <= 390
    citizen.get_by_role("link", name="提意见").first.click()
    citizen.get_by_label("您的意见或建议").fill("请把盘点结果也公布。")
    citizen.locator("input[name=answer]").fill(asked(citizen.content())["answer"])
    citizen.get_by_role("button", name="提交意见").click()
    return citizen.locator("#receipt").inner_text()


def answered(page: Page) -> None:
    """Find the comment among the duties and answer it."""
    page.goto("/my-duties/")
    expect(page.get_by_role("link", name=re.compile("号意见")).first).to_be_visible()
    page.goto("/comments/?state=received")
    page.locator("tbody tr", has_text="盘点结果").get_by_role("link").first.click()
    page.get_by_role("link", name="答复", exact=True).click()
    page.get_by_label("答复").fill("盘点结果将于下月公布。")
    page.get_by_role("button", name="答复").click()
    expect(page.get_by_role("status")).to_have_text("已保存。")

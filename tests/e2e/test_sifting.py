"""A clerk sifts what came in a flood: takes in the real, sets the rest aside, and the sender is told."""

import re

from playwright.sync_api import Page, expect
from tests.e2e.test_accessibility import WIDTHS, check


def test_the_real_is_taken_in_and_the_rest_set_aside(page: Page, log_in) -> None:
    log_in("clerk")
    page.goto("/my-duties/")
    page.get_by_role("link", name=re.compile(r"甄别\d+条集中收到的意见")).click()
    page.get_by_label("机关食堂的招标结果在哪里看？").check()
    page.get_by_role("button", name="受理所选").click()
    expect(page.get_by_role("status")).to_contain_text("已受理 1 条")
    page.get_by_label("无效的理由").fill("与通报无关")
    page.get_by_role("button", name="其余全部设为无效").click()
    expect(page.get_by_role("status")).to_contain_text("可以恢复")
    page.get_by_role("link", name="已设为无效").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("与通报无关")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        check(page, "set aside")
    page.goto("/comments/")
    expect(page.get_by_role("row", name="机关食堂的招标结果在哪里看？")).to_contain_text("待答复")


def test_a_comment_becomes_a_finding(page: Page, log_in) -> None:
    log_in("clerk")
    page.goto("/comments/?state=received")
    page.get_by_role("row", name=re.compile("旧设备处置")).get_by_role("link").click()
    page.get_by_role("link", name="转为问题").click()
    page.get_by_label("问题", exact=True).fill("旧设备处置情况没有公开")
    page.get_by_label("具体表现").fill("群众反映不知道旧设备的去向。")
    page.get_by_role("button", name="转为问题").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("旧设备处置情况没有公开")
    page.get_by_role("link", name=re.compile("公众意见（")).click()
    expect(page.get_by_text("已转入整改")).to_be_visible()

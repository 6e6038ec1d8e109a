"""The walk of a clerk: log in, import a published notice, correct it, see the chart, print it."""

import io
import re
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, expect

SAMPLES = Path(__file__).parents[1] / "samples" / "notices"
REAL = Path(__file__).parents[3] / "shared" / "samples" / "real-notice-1.txt"


def notice() -> Path:
    """Take the real notice where it lies beside the repository, else an invented one."""
    return REAL if REAL.exists() else sorted(SAMPLES.glob("*.txt"))[0]


def test_a_clerk_turns_a_notice_into_a_ledger_and_hangs_it_on_the_wall(page: Page, log_in) -> None:
    log_in("clerk")

    page.goto("/import/")
    page.set_input_files("input[type=file]", notice())
    page.get_by_role("button", name="读取").click()

    page.get_by_label("巡察名称").fill("往年巡察整改（已核对）")
    page.get_by_label("反馈问题").first.fill("理论武装抓得不紧（已核对）")
    page.get_by_role("button", name="确认导入").click()

    page.get_by_label("搜索").fill("理论武装抓得不紧")
    page.get_by_label("搜索").press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.wait_for_load_state("networkidle")  # the table is asked for once more when the field is left
    page.get_by_role("link", name="理论武装抓得不紧（已核对）").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"\d-\d"))

    page.goto("/wall-chart/")
    expect(page.get_by_role("link", name="理论武装抓得不紧（已核对）").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="A3").first.click()
    document = pypdfium2.PdfDocument(io.BytesIO(Path(download.value.path()).read_bytes()))
    width, height = document[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (420, 297)
    assert "挂图" in document[0].get_textpage().get_text_range()


def test_an_owner_reports_progress_on_a_telephone(page: Page, log_in) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    log_in("owner")
    page.goto("/my-duties/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.locator("article", has_text="完成整改措施").get_by_role("link").first.click()
    page.get_by_role("link", name="报告进展").click()
    page.get_by_label("进展情况").fill("名单已核对完毕")
    page.get_by_label("状态").select_option("completed")
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_text("名单已核对完毕").first).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("已保存。")


def test_the_interface_speaks_english_when_asked(page: Page, log_in) -> None:
    log_in("clerk")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("link", name="Wall chart").first).to_be_visible()

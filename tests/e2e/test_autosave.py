"""The editor saves by itself without getting into its own way."""

import re

from playwright.sync_api import Page, Route, expect

EDITOR = re.compile(r"/documents/\d+/edit/$")


def open_editor(page: Page) -> None:
    """Draft a summary and open it to be changed."""
    page.goto("/documents/add/?kind=summary")
    page.get_by_role("button", name="起草").click()
    page.wait_for_url(re.compile(r"/documents/\d+/$"))
    page.get_by_role("link", name="修改", exact=True).click()


def lose_answers(page: Page) -> list[int]:
    """Open the editor and type; what the page saves by itself reaches the server, no answer comes back."""
    open_editor(page)
    lost: list[int] = []

    def cut(route: Route) -> None:
        if "x-autosave" not in route.request.headers:
            route.continue_()
            return
        lost.append(route.fetch().status)  # saved
        route.abort("internetdisconnected")

    page.route(EDITOR, cut)
    page.get_by_label("标题").fill("网络断了的小结")
    expect(page.locator("#autosave-said")).to_contain_text("没有存上")
    page.unroute(EDITOR, cut)
    return lost


def test_whoever_types_on_after_an_answer_was_lost_meets_no_conflict(page: Page, log_in) -> None:
    log_in("clerk")
    assert lose_answers(page) == [200]
    page.get_by_label("标题").fill("网络断了的小结之二")
    expect(page.locator("#autosave-said")).to_contain_text("已自动保存")
    page.reload()
    expect(page.get_by_label("标题")).to_have_value("网络断了的小结之二")


def test_the_button_meets_no_conflict_either(page: Page, log_in) -> None:
    log_in("clerk")
    assert lose_answers(page) == [200]
    page.get_by_label("标题").fill("网络断了的小结之三")
    page.get_by_role("button", name="保存为一稿").click()
    expect(page.get_by_role("status")).to_have_text("已保存。")
    expect(page.get_by_role("heading", level=1)).to_have_text("网络断了的小结之三")


def test_the_button_asks_the_server_though_nothing_is_answered(page: Page, log_in) -> None:
    """It does not wait for an answer for ever: what the browser says then is what is the matter."""
    log_in("clerk")
    lose_answers(page)
    asked = []

    def cut(route: Route) -> None:
        asked.append("x-autosave" in route.request.headers)
        route.abort("internetdisconnected")

    page.route(EDITOR, cut)
    with page.expect_event("requestfailed", lambda one: one.is_navigation_request()):
        page.get_by_role("button", name="保存为一稿").click(no_wait_after=True)
    assert asked == [True, False]


def test_what_another_window_wrote_meanwhile_is_not_overwritten(page: Page, log_in) -> None:
    log_in("clerk")
    writer = page.context.new_page()  # its refusal is no error of the page
    lose_answers(writer)
    page.goto(writer.url)
    page.get_by_label("标题").fill("另一个窗口的小结")
    expect(page.locator("#autosave-said")).to_contain_text("已自动保存")
    writer.get_by_label("标题").fill("网络断了的小结之四")
    expect(writer.locator("#autosave-said")).to_contain_text("您的修改没有保存")
    page.reload()
    expect(page.get_by_label("标题")).to_have_value("另一个窗口的小结")


def test_whoever_saves_while_the_page_is_saving_meets_no_conflict(page: Page, log_in) -> None:
    log_in("clerk")
    open_editor(page)
    on_their_way = []

    def answered_late(route: Route) -> None:
        if "x-autosave" in route.request.headers:
            on_their_way.append((route, route.fetch()))  # saved, and the answer is still on its way
        else:
            route.continue_()

    page.route(EDITOR, answered_late)
    page.get_by_label("标题").fill("慢网络上的小结")
    while not on_their_way:
        page.wait_for_timeout(200)
    page.get_by_label("标题").fill("慢网络上的小结之二")
    page.get_by_role("button", name="保存为一稿").click(no_wait_after=True)
    ((route, answer),) = on_their_way
    route.fulfill(response=answer)
    expect(page.get_by_role("status")).to_have_text("已保存。")
    expect(page.get_by_role("heading", level=1)).to_have_text("慢网络上的小结之二")


PASTE = """(sheet, length) => {
    const given = new DataTransfer();
    given.setData("text/plain", `${"字".repeat(99)}\\n`.repeat(length / 100));
    sheet.focus();
    sheet.dispatchEvent(new ClipboardEvent("paste", {clipboardData: given, bubbles: true, cancelable: true}));
}"""


def test_far_too_much_is_not_pasted_and_a_long_text_is_saved(page: Page, log_in) -> None:
    log_in("clerk")
    open_editor(page)
    said, sheet = page.locator("#autosave-said"), page.get_by_role("textbox", name="正文")
    before = sheet.inner_text()
    sheet.evaluate(PASTE, 17_000_000)  # fifty megabytes
    expect(said).to_contain_text("没有贴上：正文最多500000字")
    assert sheet.inner_text() == before
    sheet.evaluate(PASTE, 20_000)
    expect(said).to_contain_text("已自动保存")
    page.reload()
    assert page.locator("#id_body").input_value().count("字") >= 200 * 99


def test_the_button_pressed_twice_while_a_save_is_under_way_saves_once(page: Page, log_in) -> None:
    log_in("clerk")
    open_editor(page)
    began: list[Route] = []
    page.route(EDITOR, lambda route: began.append(route) if not began else route.continue_())
    with page.expect_request(lambda request: "x-autosave" in request.headers):
        page.get_by_label("标题").fill("按了两下的小结")
    page.get_by_role("button", name="保存为一稿").dblclick()
    began[0].continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("按了两下的小结")


def test_blanks_typed_are_blanks(page: Page, log_in) -> None:
    log_in("clerk")
    open_editor(page)
    page.get_by_role("textbox", name="正文").press_sequentially("张三  李四 ")
    assert "\u00a0" not in page.locator("#id_body").input_value()

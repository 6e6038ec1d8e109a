"""The editor saves by itself without getting into its own way."""

import re

from playwright.sync_api import Page, Route, expect


def test_whoever_saves_while_the_page_is_saving_meets_no_conflict(page: Page, log_in) -> None:
    log_in("clerk")
    page.goto("/documents/add/?kind=summary")
    page.get_by_role("button", name="起草").click()
    page.wait_for_url(re.compile(r"/documents/\d+/$"))
    page.get_by_role("link", name="修改", exact=True).click()

    on_their_way = []

    def answered_late(route: Route) -> None:
        if "x-autosave" in route.request.headers:
            on_their_way.append((route, route.fetch()))  # saved, and the answer is still on its way
        else:
            route.continue_()

    page.route(re.compile(r"/documents/\d+/edit/$"), answered_late)
    page.get_by_label("标题").fill("慢网络上的小结")
    while not on_their_way:
        page.wait_for_timeout(200)
    page.get_by_label("标题").fill("慢网络上的小结之二")
    page.get_by_role("button", name="保存为一稿").click(no_wait_after=True)
    ((route, answer),) = on_their_way
    route.fulfill(response=answer)
    expect(page.get_by_role("status")).to_have_text("已保存。")
    expect(page.get_by_role("heading", level=1)).to_have_text("慢网络上的小结之二")

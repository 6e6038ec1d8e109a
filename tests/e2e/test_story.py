"""The whole loop as a story with seven people, at a desk and on a telephone."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from PIL import Image
from playwright.sync_api import Browser, Page, expect

TODAY = dt.date.today()  # noqa: DTZ011 - the browser's day, a few days either way do not matter here


class People:
    """Each person at his own desk: ``people("clerk")`` is the page he has before him."""

    def __init__(self, browser: Browser, address: str, size: dict[str, int]) -> None:
        self.browser, self.address, self.size = browser, address, size
        self.pages: dict[str, Page] = {}
        self.errors: list[str] = []

    def __call__(self, username: str) -> Page:
        if username not in self.pages:
            context = self.browser.new_context(
                base_url=self.address, locale="zh-CN", viewport=self.size, accept_downloads=True
            )
            page = context.new_page()
            page.on("pageerror", lambda error: self.errors.append(str(error)))
            page.goto("/login/")
            page.fill("input[name=username]", username)
            page.fill("input[name=password]", "xiaohao-demo")
            page.click("form button[type=submit]")
            page.wait_for_url(lambda url: "/login/" not in url)
            self.pages[username] = page
        return self.pages[username]

    def leave(self) -> None:
        for page in self.pages.values():
            page.context.close()


@pytest.fixture(params=[(1366, 768), (390, 844)], ids=["desk", "telephone"])
def people(request, browser: Browser, address: str) -> Iterator[People]:
    width, height = request.param
    everybody = People(browser, address, {"width": width, "height": height})
    yield everybody
    everybody.leave()
    assert everybody.errors == []


def feedback(folder: Path, title: str) -> Path:
    """Write the ledger of a feedback with one finding and one measure nobody owns yet."""
    path = folder / "巡察反馈台账.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("台账")
    header = ("序号", "方面", "反馈问题", "整改措施", "责任领导", "牵头单位", "整改时限")
    deadline = (TODAY + dt.timedelta(days=20)).isoformat()
    sheet.write_row(0, 0, header)
    sheet.write_row(
        1, 0, ("1", "机关管理方面", title, "建立印章使用登记簿并每月核对", "贺长河", "办公室", deadline)
    )
    book.close()
    return path


def photograph() -> dict[str, object]:
    stream = io.BytesIO()
    Image.new("RGB", (640, 480), "#c9b37e").save(stream, "JPEG")
    return {"name": "登记簿.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def fits(page: Page) -> None:
    """Nothing sticks out to the side."""
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def sign(page: Page, opinion: str, what: str) -> None:
    """Open what waits for one's signature and agree."""
    page.goto("/decisions/")
    fits(page)
    page.locator("table").first.get_by_role("link", name=what).click()
    page.get_by_label("意见").fill(opinion)
    fits(page)
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.get_by_role("status").first).to_have_text("已签批。")


MEASURE = "建立印章使用登记簿"


class Story:
    """What the chapters tell each other: who sits where, and which finding it is about."""

    def __init__(self, people: People, folder: Path) -> None:
        self.people, self.folder = people, folder
        width = people.size["width"]
        self.title = f"印章使用没有登记{width}"
        self.inspection = f"印章专项巡察{width}"
        self.look_back = f"第二轮回头看{width}"
        self.measure = self.finding = ""  # their addresses


def test_from_the_feedback_to_a_relapse(people: People, tmp_path: Path) -> None:
    story = Story(people, tmp_path)
    the_feedback_arrives(story)
    the_plan_is_approved_and_reported(story)
    the_office_claims_and_reports(story)
    more_time_is_granted(story)
    measure_and_finding_are_struck_off(story)
    a_look_back_finds_a_relapse(story)
    the_supervisor_sees_it(story)


def the_feedback_arrives(story: Story) -> None:
    """The feedback arrives: the clerk imports it."""
    clerk = story.people("clerk")
    clerk.goto("/import/")
    clerk.set_input_files("input[type=file]", feedback(story.folder, story.title))
    clerk.get_by_role("button", name="读取").click()
    clerk.get_by_label("巡察名称").fill(story.inspection)
    clerk.get_by_role("button", name="确认导入").click()
    clerk.wait_for_url(lambda url: "/findings/" in url)


def the_plan_is_approved_and_reported(story: Story) -> None:
    """He drafts the plan, the head approves it, it is reported."""
    clerk = story.people("clerk")
    head = story.people("head")
    clerk.goto("/plans/add/")
    clerk.get_by_label("巡察").select_option(label=story.inspection)
    clerk.get_by_label("总体要求").fill("立行立改，建章立制。")
    clerk.get_by_role("button", name="保存").click()
    clerk.locator("section", has_text=story.inspection).get_by_role("link", name="第 1 版").click()
    clerk.get_by_role("link", name="提交审批").click()
    clerk.get_by_role("button", name="提交审批").click()
    sign(head, "同意，抓紧落实。", story.inspection)
    clerk.reload()
    clerk.get_by_role("link", name="登记报送").click()
    clerk.get_by_label("报送给").fill("市委巡察办")
    clerk.get_by_role("button", name="保存").click()
    expect(clerk.get_by_text("已报送").first).to_be_visible()


def the_office_claims_and_reports(story: Story) -> None:
    """The office claims the task, reports with a photograph."""
    office = story.people("office")
    office.goto("/open-tasks/")
    fits(office)
    task = office.locator("article", has_text=story.title)
    task.get_by_role("link", name="认领").click()
    office.get_by_role("button", name="认领").click()
    office.goto("/my-duties/")
    fits(office)
    office.get_by_role("link", name=MEASURE).first.click()
    office.get_by_role("link", name="报告进展").click()
    office.get_by_label("进展情况").fill("登记簿已经启用，正在补登。")
    office.get_by_label("状态").select_option("in_progress")
    office.get_by_label("完成比例（%）").fill("60")
    office.set_input_files("input[type=file]", photograph())
    office.get_by_label("材料证明什么").fill("登记簿已经启用")
    fits(office)
    office.get_by_role("button", name="保存").click()
    expect(office.get_by_role("link", name="登记簿.jpg")).to_be_visible()
    story.measure = office.url
    office.get_by_role("link", name="登记簿.jpg").click()
    expect(office.locator("img.evidence-page")).to_be_visible()
    fits(office)


def more_time_is_granted(story: Story) -> None:
    """More time is needed: asked before the deadline, signed by two."""
    office = story.people("office")
    discipline = story.people("discipline")
    leader = story.people("secretary")
    office.goto(story.measure)
    office.get_by_role("link", name="申请延期").click()
    later = TODAY + dt.timedelta(days=45)
    office.get_by_label("申请延至").fill(later.isoformat())
    office.get_by_label("延期理由").fill("往年的用印记录要逐件补登。")
    office.get_by_role("button", name="提交审批").click()
    sign(discipline, "情况属实。", MEASURE)
    sign(leader, "同意延期。", MEASURE)
    office.goto(story.measure)
    expect(office.get_by_text(later.isoformat()).first).to_be_visible()
    expect(office.get_by_text("原定").first).to_be_visible()


def measure_and_finding_are_struck_off(story: Story) -> None:
    """Done: the measure is struck off by two, the finding by three."""
    head = story.people("head")
    office = story.people("office")
    discipline = story.people("discipline")
    leader = story.people("secretary")
    office.get_by_role("link", name="报告进展").click()
    office.get_by_label("进展情况").fill("往年用印全部补登，每月核对一次。")
    office.get_by_label("状态").select_option("completed")
    office.get_by_role("button", name="保存").click()
    office.get_by_role("link", name="申请措施销号").click()
    office.get_by_role("button", name="提交审批").click()
    sign(discipline, "材料齐全。", MEASURE)
    sign(leader, "同意销号。", MEASURE)
    office.goto(story.measure)
    office.get_by_role("link", name=story.title).click()
    story.finding = office.url
    expect(office.get_by_text("没有写明原因分析")).to_be_visible()
    office.get_by_role("link", name="填写", exact=True).click()
    office.get_by_label("原因分析").fill("印章由多人保管，没有人负责登记。")
    office.get_by_label("不需要建章立制的理由").fill("已有印章管理办法。")
    office.get_by_role("button", name="保存").click()
    office.get_by_role("link", name="申请问题销号").click()
    office.get_by_label("完成情况").fill("登记簿启用并补登完毕。")
    office.get_by_role("button", name="提交审批").click()
    for signer in (discipline, leader, head):
        sign(signer, "同意。", story.title)
    office.goto(story.finding)
    expect(office.get_by_text("销号日期").first).to_be_visible()
    with office.expect_download() as download:
        office.get_by_role("link", name="销号表（Word）").click()
    assert download.value.suggested_filename.endswith("销号表.docx")


def a_look_back_finds_a_relapse(story: Story) -> None:
    """Somebody who took no part looks back, and it is as it was before."""
    clerk = story.people("clerk")
    office = story.people("office")
    checker = story.people("economy")
    clerk.goto("/look-backs/add/")
    clerk.get_by_label("名称").fill(story.look_back)
    clerk.get_by_label("开始日期").fill(TODAY.isoformat())
    clerk.get_by_label("完成期限").fill((TODAY + dt.timedelta(days=9)).isoformat())
    clerk.get_by_label("检查人").select_option(label="孟书言")
    clerk.get_by_role("button", name="保存").click()
    checker.goto("/my-duties/")
    checker.locator("article", has_text="回头看检查").get_by_role("link", name=story.title).click()
    checker.get_by_role("link", name="填写回头看结果").click()
    checker.get_by_label("结果").select_option("relapsed")
    checker.get_by_label("检查情况").fill("本月又有三次用印没有登记。")
    checker.get_by_label("反弹时的新时限").fill((TODAY + dt.timedelta(days=30)).isoformat())
    checker.get_by_role("button", name="保存").click()
    office.goto(story.finding)
    expect(office.get_by_text("反弹 1 次").first).to_be_visible()
    expect(office.get_by_text("还没有销号（整改中）")).to_be_visible()


def the_supervisor_sees_it(story: Story) -> None:
    """The supervisor above sees it from his own desk."""
    supervisor = story.people("supervisor")
    supervisor.goto("/organs/")
    fits(supervisor)
    supervisor.goto("/findings/?counted=relapsed")
    fits(supervisor)
    supervisor.get_by_role("link", name=story.title).click()
    supervisor.locator("summary", has_text="变动记录").click()
    expect(supervisor.get_by_text("问题反弹，重新整改").first).to_be_visible()

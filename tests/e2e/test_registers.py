"""Days in the registers: a meeting, a stocktake on a bad network, bad cells, a passport, an alarm."""

import datetime as dt
import io
import re
from pathlib import Path

import segno
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

TODAY = dt.date.today()  # noqa: DTZ011 - the demo counts from the day of the machine


def test_a_meeting_reminds_who_must_leave_and_writes_it_down(page: Page, log_in) -> None:
    log_in("clerk")
    page.goto("/meetings/")
    page.get_by_role("row", name=re.compile("已送材料")).get_by_role("link").first.click()
    reminder = page.locator("section", has_text="会前提醒")
    expect(reminder).to_contain_text("罗明远")
    expect(reminder).to_contain_text("还没有记录回避")
    expect(reminder).to_contain_text("应到 5 人")

    page.get_by_role("link", name="填写会议记录单").click()
    expect(page.get_by_role("note")).to_contain_text("罗明远应当回避")
    item = page.locator("fieldset", has_text="设计单位选定")
    expect(item.get_by_label("罗明远")).to_be_checked()
    item.get_by_label("发言顺序").fill("方静怡、贺长河、顾怀安、沈砚秋")
    item.get_by_label("同意票", exact=True).fill("4")
    item.get_by_label("结果").select_option("passed")
    item.get_by_label("议定事项").fill("同意选定设计单位。")
    page.get_by_role("button", name="保存会议记录单").click()

    expect(page.get_by_role("status")).to_have_text("会议记录单已保存。")
    expect(page.locator("section", has_text="会前提醒")).to_contain_text("已记录回避")
    page.get_by_role("link", name="印发纪要").click()
    page.get_by_label("会议纪要").fill("会议原则同意，罗明远回避。")
    page.get_by_label("纪要印发日期").fill((TODAY + dt.timedelta(days=6)).isoformat())
    page.get_by_role("button", name="印发纪要").click()
    expect(page.get_by_text("已印发纪要").first).to_be_visible()


def test_a_stocktake_goes_on_when_the_network_is_cut(page: Page, log_in, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    log_in("finance")
    page.goto("/stocktake-lines/?result=open")
    rows = page.locator("tbody tr")
    numbers = [rows.nth(place).locator("a").inner_text() for place in range(4)]
    rooms = [rows.nth(place).locator("td").nth(2).inner_text() for place in range(4)]
    page.goto("/stocktakes/")
    page.get_by_role("link", name="本年度资产盘点").click()
    page.get_by_role("link", name="用手机扫码盘点").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()  # a page that is being built has no width
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    def scan(place: int) -> None:
        page.get_by_label("我在哪个房间").fill(rooms[place])
        page.get_by_label("或者输入编号").fill(numbers[place])
        page.get_by_role("button", name="记下").click()

    scan(0)
    found = page.locator("#scan-list li")
    expect(found.first).to_contain_text("相符")

    page.route("**/scans/", lambda route: route.abort("internetdisconnected"))
    page.context.set_offline(True)
    scan(1)
    scan(2)
    scan(2)
    expect(page.locator("#scan-waiting")).to_have_text("3")

    page.context.set_offline(False)
    page.unroute("**/scans/")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#scan-waiting")).to_have_text("0", timeout=15_000)
    expect(found.first).to_contain_text("已经盘过")

    label = tmp_path / "标签.png"
    segno.make(f"XH1:{numbers[3]}", error="m", micro=False).save(str(label), scale=8, border=4)
    page.get_by_label("我在哪个房间").fill("走廊")
    page.set_input_files("#scan-photo", label)
    expect(found.first).to_contain_text("账面地点是")

    for number, result in zip(numbers, ("账实相符", "账实相符", "账实相符", "地点不符"), strict=True):
        page.goto(f"/stocktake-lines/?q={number}&result={'elsewhere' if '地' in result else 'found'}")
        expect(page.get_by_text(result, exact=True).last).to_be_visible()


def test_thirty_bad_cells_are_named_put_right_and_imported(page: Page, log_in, tmp_path: Path) -> None:
    def table(name: str, amount: str) -> Path:
        lines = ["凭证行号,记账日期,支出项目,摘要,收款方,金额,支付方式"]
        amounts = [amount] * 30 + ["88.00"] * 50
        lines += [
            f"补-{number:03d},2026-10-08,办公费,购买文具,文具店{number},{sum_},公务卡"
            for number, sum_ in enumerate(amounts)
        ]
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="gb18030")
        return path

    log_in("clerk")
    page.goto("/vouchers/")
    page.get_by_role("link", name="导入").click()
    page.set_input_files("input[type=file]", table("错.csv", "八十八"))
    page.get_by_role("button", name="读取").click()

    expect(page.locator("tbody tr")).to_have_count(30)
    expect(page.get_by_role("row", name=re.compile("^F2 "))).to_contain_text("“八十八”不是金额")
    expect(page.get_by_role("button", name="确认导入")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载有问题的行").click()
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert book.worksheets[0].max_row == 31
    page.get_by_role("button", name="放弃").click()

    page.goto("/vouchers/import/")
    page.set_input_files("input[type=file]", table("对.csv", "88.00"))
    page.get_by_role("button", name="读取").click()
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_role("status")).to_contain_text("新增 80 条")
    page.get_by_label("搜索").fill("补-0")
    page.get_by_role("button", name="查找").click()
    expect(page.locator("tbody tr")).to_have_count(50)


def test_a_passport_is_lent_and_an_overdue_one_comes_back(page: Page, log_in) -> None:
    log_in("clerk")
    page.goto("/trips/?state=approved")
    page.locator("tbody a").first.click()
    page.get_by_role("link", name="登记领证").click()
    page.get_by_label("领证日期").fill(TODAY.isoformat())
    page.get_by_role("button", name="登记领证").click()
    expect(page.get_by_text("已领证").first).to_be_visible()
    expect(page.locator("dl")).to_contain_text("应交回日期")

    page.goto("/controls/passports.overdue/")
    page.get_by_role("link", name=re.compile("请催交")).click()
    page.get_by_role("link", name="去处理这条记录").click()
    page.get_by_role("link", name="登记交回").click()
    page.get_by_label("交回日期").fill(TODAY.isoformat())
    page.get_by_role("button", name="登记交回").click()
    expect(page.get_by_text("已交回").first).to_be_visible()
    page.goto("/controls/passports.overdue/")
    expect(page.get_by_text("现在没有违反这条规则的记录。")).to_be_visible()


def test_an_alarm_leads_from_the_wall_to_the_record_and_back_to_green(page: Page, log_in) -> None:
    log_in("clerk")
    page.goto("/wall-chart/")
    page.get_by_role("link", name=re.compile("^1-7 ")).click()
    alarm = page.get_by_role("alert").filter(has_text="反弹警报")
    expect(alarm.get_by_role("link")).to_have_count(2)

    alarm.get_by_role("link", name=re.compile("老街饭店|工作餐")).click()
    page.get_by_role("link", name="去处理这条记录").click()
    page.get_by_role("link", name="修改").click()
    page.get_by_label("支付方式").select_option("card")
    page.get_by_role("button", name="保存").click()

    page.goto("/wall-chart/")
    page.get_by_role("link", name=re.compile("^1-7 ")).click()
    alarm.get_by_role("link", name=re.compile("书架")).click()
    page.get_by_role("link", name="说明情况").click()
    page.get_by_label("说明", exact=True).fill("经批准的零星采购，商户没有刷卡设备，已补审批单。")
    page.get_by_label("说明有效期至").fill((TODAY + dt.timedelta(days=200)).isoformat())
    page.get_by_role("button", name="保存").click()

    page.goto("/wall-chart/")
    page.get_by_role("link", name=re.compile("^1-7 ")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1-7")
    expect(alarm).to_have_count(0)

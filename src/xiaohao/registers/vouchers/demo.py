"""A year of vouchers: paid by card as the catalogue asks, but for two in cash."""

import datetime as dt
from typing import Any

from xiaohao.core.services import records
from xiaohao.core.services.settings import set_value
from xiaohao.ledger.register import add, store
from xiaohao.ledger.services import decisions
from xiaohao.registers.demo_year import Scene
from xiaohao.registers.meetings.models import Item
from xiaohao.registers.vouchers.decisions import SIGNING
from xiaohao.registers.vouchers.models import CheckSheet, VoucherLine
from xiaohao.registers.vouchers.register import CHECK_SHEETS, SAMPLED

# kind, summary, payee, yuan, method
LINES = (
    ("travel", "报销赴市里参加培训住宿费", "云岭宾馆", 680, "card"),
    ("office", "购买打印纸、硒鼓", "青溪文化用品店", 1240, "card"),
    ("utilities", "缴纳机关电费", "青溪供电所", 3860, "transfer"),
    ("vehicle", "公务用车加油", "城东加油站", 900, "card"),
    ("meeting", "协商座谈会会议费", "青溪会议中心", 2450, "card"),
    ("reception", "接待外地政协考察组工作餐", "青溪机关食堂", 560, "card"),
    ("post", "邮寄会议材料", "青溪邮政支局", 86, "cash"),
    ("printing", "印制委员手册", "青溪印务公司", 5200, "transfer"),
    ("repair", "空调维修", "惠民家电维修部", 420, "card"),
    ("transport", "调研租用出租车", "出租车", 45, "cash"),
)
EXEMPT = {"post": ("no_reader", "网点无刷卡设备"), "transport": ("tickets", "出租车票")}
WEEKS = 50


def tell(scene: Scene) -> None:
    """Fill the year, draw the samples of three quarters, leave the newest to be checked."""
    set_value(
        key="meetings.large_sum_yuan",
        value=100_000,
        valid_from=scene.ago(700),
        source="区政协机关“三重一大”实施办法（演示）",
        by=scene.clerk,
    )
    lines = [_line(scene, week, place) for week in range(WEEKS) for place in range(len(LINES))]
    lines += _large_sums(scene) + _in_cash(scene)
    label = "财务软件导出.xlsx"
    records.create_lines(lines, by=scene.clerk, action="voucher_line.imported", label=label)
    for quarter in range(3):
        _check(scene, quarter)


def _voucher(scene: Scene, key: str, day: dt.date, **values: Any) -> VoucherLine:
    line = VoucherLine(organ=scene.organ, key=key, booked_on=day, **values)
    line.clean()
    return line


def _line(scene: Scene, week: int, place: int) -> VoucherLine:
    kind, summary, payee, yuan, method = LINES[place]
    day = scene.ago(353 - 7 * week + place % 5)
    exemption, reason = EXEMPT.get(kind, ("", "")) if method == "cash" else ("", "")
    card = method == "card"
    return _voucher(
        scene,
        f"记-{day:%Y%m}-{week * len(LINES) + place:04d}",
        day,
        kind=kind,
        summary=summary,
        payee=payee,
        sum=(yuan + (week * 7 + place) % 40) * 100,
        method=method,
        holder=("林小满", "顾怀安", "唐若溪")[week % 3],
        department=scene.departments["办公室"],
        spent_on=day - dt.timedelta(days=6) if card else None,
        due_on=day + dt.timedelta(days=15) if card else None,
        reimbursed_on=day if card else None,
        exemption=exemption,
        exemption_reason=reason,
    )


def _large_sums(scene: Scene) -> list[VoucherLine]:
    """Return what was paid for the large sums the meetings decided."""
    items = Item.objects.filter(organ=scene.organ, kind=Item.Kind.LARGE_SUM, outcome=Item.Outcome.PASSED)
    return [
        _voucher(
            scene,
            f"记-大额-{item.number}",
            item.meeting.held_on + dt.timedelta(days=3),
            kind="other",
            summary=f"支付：{item.title}",
            payee="云岭建筑公司",
            sum=item.sum,
            method="transfer",
            decision=item,
        )
        for item in items.select_related("meeting")
    ]


def _in_cash(scene: Scene) -> list[VoucherLine]:
    """Return the two payments that break the rule under a closed finding."""
    return [
        _voucher(
            scene,
            f"记-现金-{number:02d}",
            scene.ago(days),
            kind=kind,
            summary=summary,
            payee=payee,
            sum=sum_,
            method="cash",
            holder="许知行",
            department=scene.departments["文化文史委员会"],
        )
        for number, (days, kind, summary, payee, sum_) in enumerate(
            (
                (6, "reception", "文史座谈会工作餐", "老街饭店", 860_00),
                (4, "office", "购买文史资料书架", "青溪家具店", 1_150_00),
            ),
            start=1,
        )
    ]


def _check(scene: Scene, quarter: int) -> None:
    last = scene.ago(14 + 90 * (2 - quarter))
    values = {
        "title": f"{last:%Y年%m月}前三个月凭证抽查",
        "first_day": last - dt.timedelta(days=89),
        "last_day": last,
        "size": 12,
        "due_on": last + dt.timedelta(days=20),
        "finance": scene.people["方静怡"],
        "discipline": scene.people["贺长河"],
    }
    sheet: Any = add(CHECK_SHEETS, CheckSheet(organ=scene.organ), values, scene.clerk)
    if quarter == 2:
        return
    leader = scene.accounts["leader2"]
    for sampled in sheet.lines.select_related("organ"):
        store(SAMPLED, sampled, {"result": "right", "remark": ""}, leader, sampled.version)
    asked = decisions.ask(SIGNING, about=sheet, reason="抽查凭证手续齐全，未发现问题。", by=scene.clerk)
    decisions.agree(decision=asked, opinion="同意", by=leader)
    decisions.agree(decision=asked, opinion="同意", by=scene.accounts["secretary"])

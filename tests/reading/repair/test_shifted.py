import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.reading.repair import repair
from xiaohao.reading.repair.damages import damage_shift
from xiaohao.reading.repair.phrases import PHRASES
from xiaohao.reading.repair.shifted import NUMERALS, find_shifted

BODY = "鎮黨委堅決扛起整改責任,逐項明確措施和時限,確保件件有著落。"


def notice(*headings: str) -> str:
    return "\n".join(["一、整改組織情況", *(f"{heading}。{BODY}" for heading in headings)])


def read(*headings: str) -> list[str]:
    """The headings as repaired, without the text behind them."""
    lines = repair(notice(*headings)).text.splitlines()[1:]
    return [
        line.removesuffix("镇党委坚决扛起整改责任,逐项明确措施和时限,确保件件有着落。").removesuffix("。")
        for line in lines
    ]


def test_a_heading_without_loss_is_read_back() -> None:
    assert read("?" + damage_shift("（一）持續加強作風建設")) == ["（一）持续加强作风建设"]


def test_numerals_are_read_back_in_order_even_where_they_left_no_sign() -> None:
    headings = [damage_shift(f"（{numeral}）持續加強組織領導") for numeral in NUMERALS[:12]]
    assert read(*headings) == [f"（{numeral}）持续加强组织领导" for numeral in NUMERALS[:12]]


def test_a_heading_with_lost_bytes_is_restored_from_stock_wording() -> None:
    source = notice(
        "(一)提高政治站位", "(二)加強組織領導", "?" + damage_shift("（三）細化整改措施，嚴格對賬銷號")
    )
    repaired = repair(source)
    assert "（三）细化整改措施，严格对账销号。" in repaired.text
    (restored,) = [each for each in repaired.repairs if each.kind == "shifted-gbk-restored"]
    assert restored.before == "?。ㄈ┘毣拇胧瑖栏駥~"
    assert restored.after == "（三）細化整改措施，嚴格對賬"
    assert source[restored.start : restored.end] == restored.before
    assert repaired.text[restored.at :].startswith("（三）细化整改措施，严格对账销号")
    assert repaired.unreadable == ()


def test_a_heading_with_lost_bytes_and_no_stock_wording_stays_unreadable() -> None:
    damaged = damage_shift("（一）細化茶園護坡，嚴查騙補")
    repaired = repair(notice(damaged))
    assert [each.kind for each in repaired.repairs] == ["traditional", "shifted-gbk"]
    assert "（一）" in repaired.text
    (lost,) = repaired.unreadable
    assert repaired.source[lost.start : lost.end] == lost.text
    assert lost.text in damaged
    assert "茶园" not in repaired.text


def test_a_simplified_page_is_read_back_as_well() -> None:
    text = "一、整改组织情况\n?" + damage_shift("（一）加强组织领导") + "\n镇党委研究部署整改工作。"
    assert repair(text).text == "一、整改组织情况\n（一）加强组织领导\n镇党委研究部署整改工作。"


@given(st.sampled_from(NUMERALS[:10]), st.lists(st.sampled_from(PHRASES), min_size=1, max_size=2))
def test_stock_headings_come_back_exactly_or_are_marked(numeral: str, clauses: list[str]) -> None:
    heading = f"（{numeral}）{'，'.join(clauses)}。"
    damaged = damage_shift(heading)
    text = f"{damaged}\n"
    findings = find_shifted(text)
    restored = [edit for edit in findings.edits if not findings.unreadable and edit.after[:1] == "（"]
    assert findings.unreadable or restored or not damaged.startswith("。")
    for edit in restored:
        assert heading.startswith(edit.after)


INVENTED = [
    "关于茶叶合作社账目不清",
    "推进水库移民安置",
    "规范村级印章保管",
    "整治校园食堂浪费",
    "清查闲置厂房租金",
    "补齐档案借阅登记",
    "纠正超标准配备桌椅",
    "追缴误发加班补助",
    "盘活老旧粮库",
    "理顺园区物业收费",
    "厘清渔港码头权属",
    "减少重复填表",
    "核减虚列差旅",
    "约谈分管同志",
    "收回借出图书",
    "重签门面租约",
]


@pytest.mark.parametrize("title", INVENTED)
def test_other_headings_are_never_restored_to_something_else(title: str) -> None:
    heading = f"（一）{title}"
    findings = find_shifted(damage_shift(heading) + "\n镇党委研究部署整改工作。\n")
    for edit in findings.edits:
        assert heading.startswith(edit.after)
    assert findings.unreadable or [edit.after for edit in findings.edits] == [heading]


@pytest.mark.parametrize(
    "line", ["。㈠提高", "?。整改", "。", "?", "。ㄒ", "?。┚", "（一）加强组织领导", "注：ㄒ唬┏"]
)
def test_odd_line_starts_do_no_harm(line: str) -> None:
    repaired = repair(f"{line}\n整改责任")
    assert repaired.text.endswith("\n整改责任")


def test_restoring_is_bounded_but_repeats_are_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiaohao.reading.repair.shifted._MOST_SEARCHES", 1)
    first = damage_shift("（一）細化整改措施，嚴格對賬銷號")
    other = damage_shift("（一）深化成果運用，嚴格銷號管理")
    text = f"一、組織\n{first}\n二、措施\n{first}\n三、打算\n{other}\n"
    findings = find_shifted(text)
    assert [edit.after for edit in findings.edits][:2] == ["（一）細化整改措施，嚴格對賬"] * 2
    assert len(findings.unreadable) == 1


@pytest.mark.parametrize(
    "heading",
    [
        "（一）提高政治站位，强化思想认识。",
        "（二）加强组织领导，压实整改责任。",
        "（一）贯彻落实党的理论和路线方针政策以及党中央重大决策部署方面",
        "（二）群众身边腐败问题和不正之风方面",
    ],
)
def test_the_usual_headings_come_back_from_one_byte_off(heading: str) -> None:
    before = "".join(f"（{numeral}）加强组织领导\n" for numeral in "一二三"[: "一二三".index(heading[1])])
    printed = opencc.OpenCC("s2tw").convert(heading)
    assert heading in repair(f"{before}?{damage_shift(printed)}\n").text

"""Numbers of persons are found however they are written, and money is none."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xiaohao.lib.number_checks import is_card_number, is_id_number
from xiaohao.lib.personal_numbers import masked, personal_numbers
from xiaohao.writing.publication_check import check

SIGNS = " \t\u00a0\u3000-−–—‑‒―_＿~～.．·・•/()（）\u200b\ufeff\u00ad"


def found(text: str) -> list[tuple[str, str]]:
    return [(number.kind.value, number.said) for number in personal_numbers(text)]


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("电话(138)00138000。", "mobile", "(138)00138000"),
        ("电话（138）0013-8000。", "mobile", "（138）0013-8000"),
        ("电话+86(138)00138000。", "mobile", "+86(138)00138000"),
        ("电话（+86）138 0013 8000。", "mobile", "（+86）138 0013 8000"),
        ("（13800138000）", "mobile", "13800138000"),
        ("电话 8613800138000。", "mobile", "8613800138000"),
        ("+86 138−0013−8000", "mobile", "+86 138−0013−8000"),
        ("138～0013~8000", "mobile", "138～0013~8000"),
        ("138_0013・8000", "mobile", "138_0013・8000"),
        ("138．0013．8000", "mobile", "138．0013．8000"),
        ("138     0013     8000", "mobile", "138     0013     8000"),
        ("一三八零零一三八零零零", "mobile", "一三八零零一三八零零零"),
        ("幺三八〇〇幺三八〇〇〇", "mobile", "幺三八〇〇幺三八〇〇〇"),
        ("①③⑧⓪⓪①③⑧⓪⓪⓪", "mobile", "①③⑧⓪⓪①③⑧⓪⓪⓪"),
        ("①13800138000", "mobile", "13800138000"),
        ("三是13800138000一个", "mobile", "13800138000"),
        ("13800138000元旦值班", "mobile", "13800138000"),
        ("11010519491231002Ⅹ", "id", "11010519491231002Ⅹ"),
        ("11010519491231002×", "id", "11010519491231002×"),
        ("11010519491231002Х", "id", "11010519491231002Х"),
        ("110105    19491231002X", "id", "110105    19491231002X"),
        ("身份证号：110105194912310021", "id", "110105194912310021"),  # the check digit is wrong
        ("公民身份号码为990105194913310021。", "id", "990105194913310021"),
        ("身份证130503679901001", "id", "130503679901001"),
        ("证件号码（110105 19491231 0021）", "id", "110105 19491231 0021"),
    ],
)
def test_a_number_is_found_as_it_is_written(text, kind, said) -> None:
    assert found(text) == [(kind, said)]


@pytest.mark.parametrize(
    "text",
    [
        "追缴15000000000元。",
        "资产15000000000.50元，¥15000000000",
        "投资13800138000万元，负债18900000000 余元。",
        "证件共15本，编号2023001至2023015。",
        "110105194912310021",  # the check digit is wrong and nothing says what it is
        "二〇二五年一月二十三日至二〇二六年三月四日",
        "一、二、三、四、五、六、七、八、九、十",
        "（0763）2230016转802",
    ],
)
def test_what_belongs_to_nobody_is_left_alone(text) -> None:
    assert found(text) == []


def _cards(text: str) -> list[str]:
    return [hit.text for hit in check(text, [], {}) if hit.rule == "card"]


@pytest.mark.parametrize(
    "text",
    [
        "项目编号330102202501010011。",
        "项目编号：330102202501010011",
        "文号为330102202501010011。",
        "合同号（GC-330102202501010011）",
        "合同编号:3301 0220 2501 0100 11",
    ],
)
def test_a_number_of_a_file_is_no_bank_card(text) -> None:
    assert _cards(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "330102202501010011",
        "卡号330102202501010011",
        "银行卡编号：330102202501010011",
        "编号12，卡号330102202501010011",
        "账户编号330102202501010011",
        "银行账号编号330102202501010011",
        "编号：\n330102202501010011",
        "项目编号12、收款330102202501010011",
        "编号、卡号330102202501010011",
    ],
)
def test_a_number_of_a_card_is_found_beside_others(text) -> None:
    assert _cards(text) == ["330102202501010011"]


@st.composite
def written(draw, numbers) -> tuple[str, str]:
    """A number, and how it is written: in up to four pieces, anything that separates between them."""
    number = draw(numbers)
    cuts = sorted(draw(st.sets(st.integers(1, len(number) - 1), max_size=3)))
    said, before = "", 0
    for cut in cuts:
        said += number[before:cut] + draw(st.text(alphabet=SIGNS, min_size=1, max_size=5))
        before = cut
    return number, said + number[before:]


MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@st.composite
def id_numbers(draw) -> str:
    first = draw(
        st.from_regex(
            r"[1-6][1-5][0-9]{4}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9])[0-9]{3}", fullmatch=True
        )
    )
    return next(first + last for last in "0123456789X" if is_id_number(first + last))


@st.composite
def card_numbers(draw) -> str:
    first = draw(st.from_regex(r"62[0-9]{13,16}", fullmatch=True))
    number = next(first + last for last in "0123456789" if is_card_number(first + last))
    assume(not is_id_number(number[-18:]) and not is_id_number(number[:18]))  # it would be found as that
    return number


@given(written(st.one_of(MOBILES, id_numbers(), card_numbers())))
def test_any_number_is_found_in_any_writing_and_gone_when_masked(number) -> None:
    digits, said = number
    text = f"联系人{said}，谢谢。"
    (one,) = personal_numbers(text)
    assert one.said.lstrip("(（") == said
    assert one.masked == masked(digits)
    hidden = text[: one.start] + one.masked + text[one.start + len(one.said) :]
    assert digits[3:-2] not in hidden
    assert not found(hidden)


@given(st.text(alphabet=SIGNS + "0123456789Xx一三八元", max_size=300))
def test_any_text_is_gone_through_and_numbers_stand_where_they_say(text) -> None:
    for number in personal_numbers(text):
        assert text[number.start :].startswith(number.said)

"""What must not leave the organ is found before it does."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.lib.names import masked_name
from xiaohao.lib.number_checks import is_card_number, is_id_number
from xiaohao.lib.personal_numbers import masked
from xiaohao.writing.publication_check import check, places


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("身份证11010519491231002X。", "身份证号码"),
        ("身份证110105 19491231 002X。", "身份证号码"),
        ("身份证１１０１０５１９４９１２３１００２Ｘ。", "身份证号码"),
        ("身份证130503670401001。", "身份证号码"),  # of the first generation
        ("编号110105194913310021。", None),  # no thirteenth month
        ("联系13800138000。", "手机号码"),
        ("联系138-0013-8000。", "手机号码"),
        ("联系+86 138 0013 8000。", "手机号码"),
        ("卡号6222021234567890123。", None),  # the check digit is wrong
        ("卡号4111 1111 1111 1111。", "银行卡号"),
        ("卡号4111 1111 1111 1111 20人。", "银行卡号"),
        ("2026 13800138000。", "手机号码"),
        ("1.13800138000", "手机号码"),
        ("tel.13800138000.", "手机号码"),
        ("0086-138-0013-8000", "手机号码"),
        ("138\u00a00013\u00a08000", "手机号码"),
        ("138\u200b0013\u200b8000", "手机号码"),
        ("138.0013.8000", "手机号码"),
        ("1 3 8 0 0 1 3 8 0 0 0", "手机号码"),
        ("11010519491231002X.", "身份证号码"),
        ("各15 20 30 40 100 2人。", None),
        ("合同金额13,800,138,000元。", None),
        ("本件属机密★1年。", "密级或内部标记"),
        ("根据举报人反映。", "线索、举报人信息"),
        ("家庭住址在某路。", "住址"),
        ("对贺长河给予诫勉处理。", "姓名与处分处理"),
        ("对王小明给予警告处分。", "姓名与处分处理"),  # nobody of the organ, but a name
        ("将欧阳小明同志免职。", "姓名与处分处理"),
        ("电话2230016，公开期限：2025年12月31日至2026年1月30日。", None),
        ("公开期限：2025-12-31 至 2026-01-30，0763-2230016。", None),
        ("诫勉3人，提醒谈话8人。", None),
        ("贺长河主持会议。", None),
        ("金额1234567890.12元。", None),
        ("高度重视，给予相关人员诫勉。", None),
    ],
)
def test_found_or_not(text, what) -> None:
    found = [str(hit.what) for hit in check(text, ["贺长河"], {})]
    assert found == ([what] if what else [])


def test_what_is_marked_as_not_public_is_found_with_its_reason() -> None:
    (hit,) = check("一、下属单位账外资金。", [], {"下属单位账外资金": "正在核查"})
    assert (hit.text, str(hit.advice)) == ("下属单位账外资金", "正在核查")


@pytest.mark.parametrize(
    ("withheld", "text"),
    [
        ("账外资金", "二、账外资金\n"),
        ("下属单位账外资金。", "（二）下属单位账外资金"),
        ("清退资金；\n追究责任", "整改措施：清退资金↵追究责任"),
        ("办公室“三公”经费超支", "办公室「三公」经费，超支"),
    ],
)
def test_what_is_not_public_is_found_however_it_is_punctuated(withheld, text) -> None:
    (hit,) = check(text, [], {withheld: ""})
    assert hit.rule == "withheld"
    assert text[hit.start :].startswith(hit.text)


def test_two_numbers_beside_each_other_are_two() -> None:
    found = check("13800138000 13900139000", [], {})
    assert [hit.text for hit in found] == ["13800138000", "13900139000"]


def test_a_justification_holds_in_every_language() -> None:
    text = "身份证11010519491231002X。"
    keys = set()
    for language in ("zh-hans", "en"):
        with override(language):
            keys.add(check(text, [], {})[0].key)
    assert len(keys) == 1


def test_a_name_inside_a_longer_one_is_left_alone() -> None:
    names = ["贺长", "贺长河"]
    text = "对贺长给予诫勉；贺长河主持会议。"
    (hit,) = [hit for hit in check(text, names, {}) if hit.text == "贺长"]
    assert places(text, hit, names) == [1]


def test_a_long_text_of_digits_is_checked_at_once() -> None:
    assert check("9 " * 20_000, ["贺长河"], {}) == []
    assert check("诫勉贺长河" * 5_000, [f"贺长{number}" for number in range(500)] + ["贺长河"], {})


def test_each_is_told_how_it_may_stand_in_public() -> None:
    text = "对贺长河给予诫勉，身份证11010519491231002X，手机138-0013-8000。"
    assert [(hit.text, hit.masked) for hit in check(text, ["贺长河"], {})] == [
        ("贺长河", "贺某某"),
        ("11010519491231002X", "110*************2X"),
        ("138-0013-8000", "138******00"),
    ]


def test_names_are_masked_by_rule() -> None:
    names = [masked_name(name) for name in ("张三", "张小三", "欧阳明", "欧阳小明")]
    assert names == ["张某", "张某某", "欧阳某", "欧阳某某"]


def test_what_is_masked_is_found_no_more() -> None:
    for number in ("11010519491231002X", "13800138000", "4111111111111111"):
        assert check(f"号码{number}。", [], {})
        assert not check(f"号码{masked(number)}。", [], {})


@given(st.text(alphabet="0123456789X- 年月日诫勉张三机密对给予同志", max_size=200))
def test_any_text_is_checked_and_hits_stand_where_they_say(text) -> None:
    for hit in check(text, ["张三"], {}):
        assert text[hit.start :].startswith(hit.text)


@given(st.integers(10**14, 10**15 - 1))
def test_one_wrong_digit_is_no_card_number(number) -> None:
    digits = str(number)
    good = next(f"{digits}{last}" for last in range(10) if is_card_number(f"{digits}{last}"))
    wrong = f"{(int(good[0]) + 1) % 10}{good[1:]}"
    assert not is_card_number(wrong)
    assert not is_id_number(good)

"""A copy of a notice has the sum of the notice as long as no word is another one."""

import pytest

from xiaohao.lib.notice_text import digest, paragraphs

NOTICE = (
    "关于整改进展情况的通报\n一、整改情况\n（一）资金方面\n1.公务卡结算不规范。已经改正，追回12.5万元。\n"
)


@pytest.mark.parametrize(
    "copy",
    [
        NOTICE.replace("\n", "\r\n"),
        NOTICE.replace("\n", "\n\n\u3000\u3000"),
        NOTICE.replace("\n", ""),
        "\ufeff" + NOTICE.replace("。", "。\u200b\u00a0"),
        NOTICE.replace("1.", "1. ").strip(),
        NOTICE.replace("情况", "情\u00ad况\u202c"),
    ],
    ids=["windows", "indented", "one line", "invisible", "a blank after the number", "soft hyphen"],
)
def test_a_copy_with_other_blanks_has_the_same_sum(copy) -> None:
    assert digest(copy) == digest(NOTICE)


@pytest.mark.parametrize(
    "copy",
    [
        NOTICE.replace("12.5", "125"),
        NOTICE.replace("已经", "没有"),
        NOTICE[:-2],
        NOTICE.replace("（一）", "(一)"),
        "关于" + NOTICE,
    ],
)
def test_a_copy_with_one_other_character_has_another_sum(copy) -> None:
    assert digest(copy) != digest(NOTICE)


def test_the_rule_is_what_anybody_can_reckon() -> None:
    # printf '通报' | openssl dgst -sm3
    assert digest(" 通\n报 ") == "de22ff0ae0c5afd65e089f84cee3b002b678a823ba9b3670eef6ee274aa34c4f"


def test_paragraphs_are_what_is_seen_of_the_lines() -> None:
    assert paragraphs("\u3000\u3000一、情 况\r\n\r\n\u200b\n二、打算") == ["一、情况", "二、打算"]

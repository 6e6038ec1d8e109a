from hypothesis import given
from hypothesis import strategies as st

from xiaohao.reading.outline import numeral, outline


def titles(text: str) -> list[tuple[int, int, str]]:
    return [(heading.level, heading.number, heading.title) for heading in outline(text).walk()]


def test_the_usual_order_of_numbering_gives_the_levels() -> None:
    text = "一、整改落实情况\n（一）财务管理方面\n1.报销审核不严。一是开展自查。二是约谈3人。\n（1）补充资料"
    assert titles(text) == [
        (1, 1, "整改落实情况"),
        (2, 1, "财务管理方面"),
        (3, 1, "报销审核不严"),
        (4, 1, "开展自查"),
        (4, 2, "约谈3人"),
        (4, 1, "补充资料"),
    ]


def test_a_text_may_begin_at_the_second_level() -> None:
    assert titles("(一)党建方面\n1.学习不够。\n(二)财务方面") == [
        (1, 1, "党建方面"),
        (2, 1, "学习不够"),
        (1, 2, "财务方面"),
    ]


def test_headings_run_together_in_one_paragraph() -> None:
    text = (
        "现予公布。一、组织情况(一)提高认识。开会3次。(二)明确责任。"
        "二、整改情况1.台账缺失。已补。2.合同不全。"
    )
    assert titles(text) == [
        (1, 1, "组织情况"),
        (2, 1, "提高认识"),
        (2, 2, "明确责任"),
        (1, 2, "整改情况"),
        (2, 1, "台账缺失"),
        (2, 2, "合同不全"),
    ]


def test_numbers_in_a_sentence_are_no_headings() -> None:
    text = "一、情况\n投入1.5亿元，完成2、3号楼，占3.2%。统一是关键，第一是速度。见（二）号楼。"
    assert titles(text) == [(1, 1, "情况")]


def test_markers_in_quotation_marks_are_no_headings() -> None:
    assert titles("1.关于“一、二类学校：一是少。二是远。”的问题。已办。") == [
        (1, 1, "关于“一、二类学校：一是少。二是远。”的问题")
    ]


def test_first_of_all_is_a_list_only_with_a_second() -> None:
    assert titles("1.台账。首先，清点。其次，登记。") == [(1, 1, "台账"), (2, 1, "清点"), (2, 2, "登记")]
    assert titles("1.台账。首先，清点资产。") == [(1, 1, "台账")]


def test_numerals_are_read_up_to_ninety_nine() -> None:
    assert [numeral(text) for text in ("一", "十", "十二", "二十", "二十三", "九十九", "甲")] == [
        1,
        10,
        12,
        20,
        23,
        99,
        0,
    ]


@given(st.text(alphabet="一二三十、（）()1234.是。；\n 甲乙“”首先其次，", max_size=200))
def test_headings_lie_in_order_inside_the_text(text: str) -> None:
    headings = list(outline(text).walk())
    starts = [heading.start for heading in headings]
    assert starts == sorted(set(starts))
    for heading in headings:
        assert 0 <= heading.start < heading.body <= heading.end <= len(text)
        assert text[heading.title_start :].startswith(heading.title)

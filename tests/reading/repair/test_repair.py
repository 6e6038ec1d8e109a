import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.reading.repair import repair

NOTICE = """中共青石镇委员会关于巡察整改进展情况的通报
根据县委统一部署，2025年3月1日至5月20日，县委第三巡察组对青石镇党委开展了巡察（含延伸村级）。
一、整改组织情况
（一）提高政治站位，深化思想认识。镇党委显著增强责任感，沿着正确方向推进，制定台账(A类)12项。
（二）加强组织领导，压实整改责任。修订《议事规则(试行)》，使用OA(app)办理?是否属实，件件有着落。
"""


def test_an_undamaged_notice_passes_unchanged() -> None:
    repaired = repair(NOTICE)
    assert (repaired.text, repaired.repairs, repaired.unreadable) == (NOTICE, (), ())


@given(st.text("整改责任落实账着覆盖后里干发现。，？（）()?ABCabc12\n 　“”、：", max_size=80))
def test_text_without_damage_is_never_touched(text: str) -> None:
    assert repair(text).text == text


def test_readings_behind_traditional_characters_are_taken_out() -> None:
    repaired = repair("根據(jù)縣委統(tǒng)一部署,對黨組織開展巡察(試行)。")
    assert repaired.text == "根据县委统一部署,对党组织开展巡察(试行)。"
    pinyin = [each for each in repaired.repairs if each.kind == "pinyin"]
    assert [(each.start, each.end, each.before, each.after, each.at) for each in pinyin] == [
        (2, 6, "(jù)", "", 2),
        (9, 15, "(tǒng)", "", 5),
    ]


def test_a_single_gloss_on_a_rare_character_stays() -> None:
    assert repair("驻烜(xuǎn)村工作队落实整改责任。").text == "驻烜(xuǎn)村工作队落实整改责任。"


def test_a_reading_cut_off_at_the_end_is_taken_out() -> None:
    assert repair("根據(jù)縣委統(tǒng)一部署,壓實整改責(zé").text == "根据县委统一部署,压实整改责"


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("整改成效顯著增強,黨員滿意。", "整改成效显著增强,党员满意。"),
        ("始終沿著正確方向推進。", "始终沿着正确方向推进。"),
        ("確保問題件件有著落,著力完善機制。", "确保问题件件有着落,着力完善机制。"),
    ],
)
def test_traditional_text_becomes_simplified(traditional: str, simplified: str) -> None:
    assert repair(traditional).text == simplified


def test_a_traditional_name_in_a_simplified_text_stays() -> None:
    text = "党委书记李明、副书记游錫堃研究部署整改工作，逐项落实责任，按月通报进展，年底前全部完成销号。"
    assert repair(text).text == text


def test_conversion_is_reported_once_for_the_whole_text() -> None:
    (conversion,) = repair("黨委統籌整改責任。").repairs
    assert (conversion.kind, conversion.start, conversion.end, conversion.count) == ("traditional", 0, 7, 4)


def test_spans_lead_back_to_the_source() -> None:
    source = "根據(jù)縣委統(tǒng)一部署,對黨組織開展巡察。"
    repaired = repair(source)
    start = repaired.text.index("统一")
    first, last = repaired.source_span(start, start + 2)
    assert source[first:last] == "統(tǒng)一"
    start = repaired.text.index("部署")
    first, last = repaired.source_span(start, start + 2)
    assert source[first:last] == "部署"

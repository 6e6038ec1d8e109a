from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from xiaohao.reading.notice import Notice, read_notice
from xiaohao.reading.repair import repair


def notice(opening: str) -> Notice:
    return read_notice(repair(opening + "\n一、整改情况\n1.台账不全。已补。\n"))


def dates(opening: str) -> list[str | None]:
    read = notice(opening)
    facts = (read.inspected_from, read.inspected_to, read.feedback_on)
    return [f"{fact.value} {fact.certainty}" if fact else None for fact in facts]


def test_the_usual_opening() -> None:
    text = (
        "根据市委统一部署，2024年3月4日至5月10日，市委第一巡察组对市林业局党组开展了巡察。7月2日反馈了意见。"
    )
    assert dates(text) == ["2024-03-04 certain", "2024-05-10 certain", "2024-07-02 certain"]


def test_a_date_before_the_one_above_belongs_to_the_next_year_and_is_a_doubt() -> None:
    text = "市委第一巡察组于2023年11月6日至1月12日对市林业局党组开展了巡察，并于2024年3月5日进行了反馈。"
    assert dates(text) == ["2023-11-06 certain", "2024-01-12 likely", "2024-03-05 certain"]
    assert [doubt.field for doubt in notice(text).doubts] == ["inspected_to"]


def test_the_year_may_stand_only_at_the_feedback() -> None:
    text = "9月5日至11月3日，区委巡察第三组对区城管局党组进行了巡察，2025年1月10日反馈了巡察意见。"
    assert dates(text) == ["2024-09-05 likely", "2024-11-03 likely", "2025-01-10 certain"]


def test_a_date_without_day_or_with_placeholders_stays_open() -> None:
    parts = "2022年8月下旬至9月底，省委第五巡视组对省林业厅党组开展了巡视。xx月xx日反馈了意见。"
    assert dates(parts) == [None, None, None]
    assert [(doubt.field, doubt.text) for doubt in notice(parts).doubts] == [
        ("inspected_from", "2022年8月下旬"),
        ("inspected_to", "9月底"),
        ("feedback_on", "xx月xx日"),
    ]


def test_no_year_anywhere_gives_no_date() -> None:
    text = "3月4日至5月10日，市委第一巡察组对市林业局党组开展了巡察。"
    assert dates(text) == [None, None, None]


def test_a_day_that_does_not_exist_gives_no_date() -> None:
    text = "2023年2月30日至4月28日，市委第一巡察组对市林业局党组开展了巡察。"
    assert dates(text)[0] is None


def test_the_next_year_in_words() -> None:
    text = "2024年10月21日至12月30日，省委第九巡视组对省林业学院党委开展了巡视。次年2月26日反馈了意见。"
    assert dates(text)[2] == "2025-02-26 certain"


def test_digits_run_together_are_read_only_where_one_reading_is_possible() -> None:
    text = "2024年3月28日至5月30日，区委第二巡察组对区水务局党组开展了巡察。2024717日，巡察组反馈了意见。"
    assert dates(text)[2] == "2024-07-17 likely"
    several = text.replace("2024717日", "2024111日")
    assert dates(several)[2] is None


def test_our_bureau_is_named_by_the_signature() -> None:
    text = "2023年5月8日至7月7日，县委第四巡察组对我局党组开展了巡察。\n一、整改情况\n1.账目不清。已清。\n"
    signed = read_notice(repair(text + "中共丰谷县林业局党组\n2023年12月1日"))
    assert signed.inspected_unit is not None
    assert (signed.inspected_unit.value, signed.inspected_unit.certainty) == ("丰谷县林业局党组", "likely")
    unsigned = read_notice(repair(text))
    assert unsigned.inspected_unit is not None
    assert (unsigned.inspected_unit.value, unsigned.inspected_unit.certainty) == ("我局党组", "unsure")


@given(st.dates(date(2015, 1, 1), date(2030, 12, 31)))
def test_any_full_date_is_read_as_printed(day: date) -> None:
    printed = f"{day.year}年{day.month}月{day.day}日"
    text = f"市委第一巡察组对市林业局党组开展了巡察。{printed}，市委第一巡察组反馈了巡察意见。"
    assert dates(text)[2] == f"{day.isoformat()} certain"


LETTERS = "一二（）1.、。；：年月日0123456789至巡察组对反馈开展\n万元个问题整改情况“”"


@given(st.text(alphabet=LETTERS, max_size=120))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    read = read_notice(repair(text))
    for finding in read.findings:
        assert 0 <= finding.start < finding.end <= len(text)
    for fact in (read.inspected_from, read.inspected_to, read.feedback_on):
        assert fact is None or fact.certainty == "likely" or str(fact.value.year) in text

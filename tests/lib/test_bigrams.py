import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.lib.bigrams import bigrams, phrase


def test_each_pair_of_neighbours_is_a_token() -> None:
    assert bigrams("巡察整改") == "巡察 察整 整改"


def test_latin_words_and_digits_stay_whole_and_lower_case() -> None:
    assert bigrams("使用OFD格式，共12页") == "使用 ofd 格式 共 12 页"
    assert bigrams("（Ａ１）") == "a1"


def test_a_query_gives_its_tokens_in_order() -> None:
    assert phrase("台账") == ["台账"]
    assert phrase("责任制") == ["责任", "任制"]
    assert phrase("立行立改") == ["立行", "行立", "立改"]
    assert phrase("改") == ["改"]
    assert phrase("，") == []


def test_a_lone_character_at_the_edge_of_a_query_is_left_out() -> None:
    assert phrase("2025年") == ["2025"]
    assert phrase("第3次") == ["3"]
    assert phrase("2025年4月2日") == ["2025", "年", "4", "月", "2"]


def found(text: str, query: str) -> bool:
    database = sqlite3.connect(":memory:")
    try:
        database.execute("create virtual table words using fts5(tokens, tokenize='unicode61')")
        database.execute("insert into words values (?)", (bigrams(text),))
        expression = '"' + " ".join(phrase(query)) + '"'
        return (
            database.execute("select 1 from words where words match ?", (expression,)).fetchone() is not None
        )
    finally:
        database.close()


@pytest.mark.parametrize("query", ["整改", "整改方", "整改方案", "2025年", "2025年度", "年度整改"])
def test_words_of_any_length_are_found(query: str) -> None:
    assert found("制定2025年度整改方案。", query)


@pytest.mark.parametrize("query", ["改整", "方案整改", "度方案", "2024年"])
def test_other_words_are_not_found(query: str) -> None:
    assert not found("制定2025年度整改方案。", query)


@given(st.text("整改责任落实账", min_size=2, max_size=12), st.data())
def test_every_part_of_two_or_more_characters_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    assert f" {' '.join(phrase(text[start:end]))} " in f" {bigrams(text)} "

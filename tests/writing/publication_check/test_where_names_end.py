"""A name ends where it ends, not a character later: what is masked leaves nobody named."""

import pytest

from xiaohao.writing.publication_check import check


def named(text: str) -> list[str]:
    return [hit.text for hit in check(text, [], {}) if hit.rule == "name"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("何平在任期间失职失责，被问责。", ["何平"]),
        ("李明在工作中失职失责，被问责。", ["李明"]),
        ("李明在2023年采购中违规，受到警告处分。", ["李明"]),
        ("李明在担任主任期间违规，被免职。", ["李明"]),
        ("对李明在采购中违规的问题立案审查。", ["李明"]),
        ("给予李在明党内警告处分。", ["李在明"]),
        ("给予钱程和王刚党内警告处分。", ["钱程", "王刚"]),
        ("钱程和王刚被问责。", ["钱程", "王刚"]),
        ("对钱程与王刚予以诫勉。", ["钱程", "王刚"]),
        ("钱程及王刚受到警告处分。", ["钱程", "王刚"]),
        ("财务科和王刚被通报批评。", ["王刚"]),
        ("和小明被问责。", ["和小明"]),
        ("免去高峰副主任职务。", ["高峰"]),
        ("撤销高峰副局长职务。", ["高峰"]),
    ],
)
def test_what_follows_a_name_is_no_part_of_it(text, found) -> None:
    assert named(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("于洋负有直接责任，被问责。", ["于洋"]),
        ("于洋负主要领导责任，被诫勉。", ["于洋"]),
        ("于洋在任职期间违规发放补贴，被问责。", ["于洋"]),
        ("于洋对违规发放补贴负有领导责任，给予警告处分。", ["于洋"]),
        ("任重在任职期间违规，被问责。", ["任重"]),
        ("任重在2023年采购中违规，被问责。", ["任重"]),
        ("戴志在任职期间违规，被问责。", ["戴志"]),  # 志在 is a word
        ("副局长何涛对此负有责任，予以诫勉。", ["何涛"]),
        ("经查，任重在物资采购中收受礼品，被立案审查。", ["任重"]),
    ],
)
def test_who_opens_a_sentence_with_a_surname_that_is_a_word_is_found(text, found) -> None:
    assert named(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "于近日对相关责任人予以诫勉。",
        "于去年在采购中发现违纪问题3个。",
        "局长任内在2023年发生违纪问题。",
        "局长曾多次在工作中失职失责，被问责。",
        "康复在治疗中违规收费的，项目在2023年违纪的，予以通报。",
        "何时在工作中违纪，何人负有责任，逐一查明。",
        "任期在2023年届满的，任前在公示中被反映违纪的，不予任用。",
        "江苏在2023年通报违纪案件20起。",
        "曾多次在工作中失职失责的，从重处分。",
        "任何人在工作中失职失责，都要问责。",
    ],
)
def test_a_sentence_that_opens_with_a_word_names_nobody(text) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王小明\n给予党内警告处分。", ["王小明"]),
        ("王小明\n\n给予其党内警告处分。", ["王小明"]),
        ("一、处分对象\n王小明\n给予党内警告处分。", ["王小明"]),
        ("1. 王小明：\n给予党内警告处分。", ["王小明"]),
        ("王小明，局长\n经研究，决定给予党内警告处分。", ["王小明"]),
        ("王刚\n李明\n给予党内警告处分。", ["王刚", "李明"]),
        ("于洋\n给予党内警告处分。", ["于洋"]),
        ("江山\n给予党内警告处分。", ["江山"]),
        ("王　刚\n受到诫勉处理。", ["王　刚"]),
        ("王刚主持会议\n给予党内警告处分2人。", []),
        ("江苏省\n给予党内警告处分。", []),
        ("处理\n给予党内警告处分。", []),
        ("单位\n给予通报批评。", []),
        ("应当\n给予通报批评。", []),
        ("成效\n给予通报批评。", []),
        ("王小明\n全县给予通报批评。", []),
    ],
)
def test_who_stands_alone_above_what_is_done_to_him_is_found(text, found) -> None:
    assert named(text) == found

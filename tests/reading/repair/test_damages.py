from xiaohao.reading.repair.damages import damage_pinyin, damage_sentence_start, damage_shift


def test_readings_are_printed_behind_every_character_of_the_table() -> None:
    assert damage_pinyin("根據縣委統一部署", {"據": "jù", "統": "tǒng"}) == "根據(jù)縣委統(tǒng)一部署"


def test_readings_also_hit_byte_pairs_out_of_step() -> None:
    assert damage_pinyin("納入區黨校", {"區": "qū", "雲": "yún"}) == "納入?yún)^(qū)黨校"


def test_a_shift_ends_at_an_ascii_byte() -> None:
    assert damage_shift("（一）持續加強作風建設") == "。ㄒ唬┏掷m加強作風建設"


def test_a_shift_loses_undefined_pairs() -> None:
    assert damage_shift("（二）聚焦資金") == "。ǘ┚劢官Y金"


def test_a_sentence_start_read_one_step_off() -> None:
    assert damage_sentence_start("。縣") == "?？h"

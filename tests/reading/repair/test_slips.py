from xiaohao.reading.repair import repair
from xiaohao.reading.repair.damages import damage_pinyin

READINGS = {"據": "jù", "統": "tǒng", "區": "qū", "雲": "yún", "現": "xiàn"}


def test_a_character_split_by_a_false_reading_is_put_together() -> None:
    damaged = damage_pinyin("根據區委統一部署,將回避要求納入區議事制度。", READINGS)
    assert "納入?yún)^(qū)議事" in damaged
    repaired = repair(damaged)
    assert repaired.text == "根据区委统一部署,将回避要求纳入区议事制度。"
    (slip,) = [each for each in repaired.repairs if each.kind == "shifted-gbk"]
    assert (slip.before, slip.after) == ("?yún)^", "區")


def test_a_sentence_start_read_one_step_off_is_put_right() -> None:
    damaged = "根據(jù)區(qū)委統(tǒng)一部署開展巡察?，F(xiàn)將整改情況公布。"
    assert repair(damaged).text == "根据区委统一部署开展巡察。现将整改情况公布。"


def test_half_width_signs_are_taken_for_full_width_ones() -> None:
    damaged = "根據(jù)縣委統(tǒng)一部署整改??h委巡察組開展檢查。"
    assert repair(damaged).text == "根据县委统一部署整改。县委巡察组开展检查。"


def test_question_marks_and_letters_of_a_sound_text_stay() -> None:
    text = "是否整改到位?，F区项目怎么办??h委答复。"
    assert repair(text).text == text

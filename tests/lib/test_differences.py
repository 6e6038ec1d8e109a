"""What differs is found exactly while it is little, and roughly, but never at length, when it is much."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from xiaohao.lib.differences import Kind, Purse, Stretch, cuts, differences

GONE, NEW, SAME = Kind.GONE, Kind.NEW, Kind.SAME


def test_the_same_has_no_differences() -> None:
    assert differences(["一、整改情况", "已经改正。"], ["一、整改情况", "已经改正。"]) == []


def test_a_changed_figure_is_shown_with_the_words_around_it() -> None:
    ours = ["一、整改情况", "1.公务卡结算不规范。已经追回12.5万元。", "二、下一步打算"]
    theirs = ["一、整改情况", "1.公务卡结算不规范。已经追回2.5万元。", "二、下一步打算"]
    (place,) = differences(ours, theirs)
    assert place == (
        Stretch(SAME, "务卡结算不规范。已经追回"),
        Stretch(GONE, "1"),
        Stretch(SAME, "2.5万元。"),
    )


def test_a_missing_and_an_added_paragraph_are_each_shown() -> None:
    ours = ["甲", "乙", "丙", "丁"]
    assert differences(ours, ["甲", "丙", "丁", "戊"]) == [(Stretch(GONE, "乙"),), (Stretch(NEW, "戊"),)]


def test_a_copy_in_one_line_differs_by_its_words_alone() -> None:
    ours = ["甲组做完了", "乙组没有做", "丙组做完了"]
    (place,) = differences(ours, ["甲组做完了乙组做了丙组做完了"])
    assert place == (
        Stretch(SAME, "甲组做完了乙组"),
        Stretch(GONE, "没有做"),
        Stretch(NEW, "做了"),
        Stretch(SAME, "丙组做完了"),
    )


@given(st.text("甲乙丙", max_size=40), st.text("甲乙丙", max_size=40), st.integers(0, 2000))
@settings(deadline=None)
def test_put_in_place_of_each_other_the_cuts_make_the_copy(old: str, new: str, steps: int) -> None:
    made, at = [], 0
    for begin, end, new_begin, new_end in cuts(old, new, Purse(steps)):
        made += [old[at:begin], new[new_begin:new_end]]
        at = end
    assert "".join([*made, old[at:]]) == new


def test_a_hostile_copy_is_told_roughly() -> None:
    generator = random.Random(1)  # noqa: S311 - no secret
    ours = ["".join(generator.choices("的一是在", k=40)) for _line in range(2000)]
    for theirs in (
        ["".join(generator.choices("的一是在", k=4)) for _line in range(60_000)],
        ["的"] * 200_000,
        ["".join(generator.choices("的一是在", k=300_000))],
    ):
        (place,) = differences(ours, theirs)
        assert [stretch.kind for stretch in place if stretch.kind != SAME] == [GONE, NEW]

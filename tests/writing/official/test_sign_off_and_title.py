"""Where organ and date stand, and how a long title is broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.writing.official.indents import sign_off_indents, width
from xiaohao.writing.official.title import title_lines

DATE = "2025年12月31日"  # 7 characters wide
SHORT, LONG, VERY_LONG = (
    "区政协",
    "政协云岭市青溪区委员会办公室",
    "中共云岭市青溪区住房和城乡建设局党组办公室",
)


@pytest.mark.parametrize(
    ("organ", "expected"),
    [
        (SHORT, (28 - 2 - 7 - 2, 28 - 2 - 7)),  # the date ends two before the edge
        (LONG, (28 - 2 - 14, 28 - 2 - 14 + 2)),  # the organ does
        (VERY_LONG, (28 - 2 - 21, 28 - 2 - 21 + 2)),
    ],
)
def test_without_a_seal_the_longer_one_stands_two_in_and_the_date_begins_two_later(organ, expected) -> None:
    assert sign_off_indents(organ, DATE, sealed=False) == expected


@pytest.mark.parametrize(
    ("organ", "expected"),
    [
        (SHORT, 28 - (4 + 7 + 4)),  # the room between there and the edge is 4 + 7 + 4 wide
        (LONG, 28 - (4 + 7 + 4)),
        (VERY_LONG, 28 - (21 + 1)),  # it would not fit there: the date moves in with it
    ],
)
def test_with_a_seal_both_are_centred_in_the_room_of_the_longer_one(organ, expected) -> None:
    assert sign_off_indents(organ, DATE, sealed=True) == (expected, expected)


@given(st.text("区政协办公室2A", min_size=1, max_size=26), st.booleans())
def test_nothing_ever_stands_beyond_the_edge(organ, sealed) -> None:
    for begin, text in zip(sign_off_indents(organ, DATE, sealed=sealed), (organ, DATE), strict=True):
        assert begin >= 0
        assert begin + width(text) <= 28


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于巡察整改进展情况的通报", ["关于巡察整改进展情况的通报"]),
        ("青溪区政协机关关于巡察整改进展情况的通报", ["青溪区政协机关关于巡察整改进展情况的通报"]),
        (
            "中共云岭市青溪区住房和城乡建设局党组关于巡察整改进展情况的通报",
            ["中共云岭市青溪区住房和城乡建设局党组", "关于巡察整改进展情况的通报"],
        ),
        (
            "政协云岭市青溪区委员会办公室关于市委第三巡察组反馈意见整改进展情况的通报",
            ["政协云岭市青溪区委员会办公室", "关于市委第三巡察组反馈意见", "整改进展情况的通报"],
        ),
        (
            "青溪区政协机关整改工作周小结（2026年11月23日至11月29日）",
            ["青溪区政协机关整改工作周小结", "（2026年11月23日至11月29日）"],
        ),
    ],
)
def test_a_title_is_broken_by_sense(title, lines) -> None:
    organs = ("中共云岭市青溪区住房和城乡建设局党组", "政协云岭市青溪区委员会办公室")
    assert title_lines(title, organs) == lines


@given(st.text("整改进展情况的通报关于（）区政协和2025年、", max_size=90))
def test_whatever_the_title_its_lines_hold_all_of_it(title) -> None:
    lines = title_lines(title)
    assert "".join(lines) == title
    assert len(lines) == 1 or all(width(line) <= 20 for line in lines)
    for line in lines[1:]:
        assert line[0] not in "的和、）"

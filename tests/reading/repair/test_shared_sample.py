"""The published notice that is not part of the repository; skipped where it is not at hand."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from xiaohao.reading.repair import Repaired, repair
from xiaohao.reading.repair.damages import damage_shift

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
NOTICE = SAMPLES / "real-notice-1.txt"

pytestmark = pytest.mark.skipif(not NOTICE.exists(), reason="the shared sample is not at hand")

HALF_WIDTH = str.maketrans("（），：；", "(),:;")


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return json.loads(NOTICE.with_suffix(".truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def repaired() -> Repaired:
    return repair(NOTICE.read_text(encoding="utf-8"))


def headings(repaired: Repaired) -> list[str]:
    lines = repaired.text.translate(HALF_WIDTH).splitlines()
    found = [
        re.match(r"(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+\.)([^。]+)", line)
        for line in lines
    ]
    return [match[1] for match in found if match]


def test_every_heading_is_exact(repaired: Repaired, truth: dict[str, Any]) -> None:
    sections, areas, findings = truth["sections"], truth["areas"], truth["findings"]
    expected = [sections[0], *truth["responsibility"], sections[1]]
    for area in areas:
        expected.append(area["title"])
        expected += [finding["title"] for finding in findings if finding["number"] in area["findings"]]
    expected += [sections[2], *truth["next_steps"]]
    assert headings(repaired) == expected


def test_nothing_is_left_unreadable_and_no_damage_remains(repaired: Repaired) -> None:
    assert repaired.unreadable == ()
    assert re.findall(r"[?？^]|[A-Za-zāáǎàēéěèīíǐìōóǒòūúǔù]", repaired.text) == []
    assert "納入区政协" not in repaired.text
    assert repaired.text.count("纳入区政协") == 1


def test_only_headings_that_lost_bytes_are_restored_from_stock_wording(repaired: Repaired) -> None:
    restored = [each for each in repaired.repairs if each.kind == "shifted-gbk-restored"]
    assert [each.after for each in restored] == ["（三）細化整改措施，嚴格對賬", "（四）注重標本兼治"]
    assert damage_shift(restored[0].after + "銷號")[:-2] == restored[0].before.removeprefix("?")


def test_every_repair_stands_where_it_says(repaired: Repaired) -> None:
    for each in repaired.repairs:
        assert repaired.source[each.start : each.end].startswith(each.before)
        if each.after and each.kind != "traditional":
            assert repaired.source_span(each.at, each.at + 1)[0] == each.start


def test_a_second_reading_finds_nothing_more(repaired: Repaired) -> None:
    again = repair(repaired.text)
    assert (again.text, again.repairs) == (repaired.text, ())

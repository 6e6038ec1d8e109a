"""What notices say every day names nobody, however much it begins like a surname."""

from pathlib import Path

import pytest

from xiaohao.writing.publication_check import check

SENTENCES = Path(__file__).with_name("ordinary_sentences.txt").read_text().splitlines()


@pytest.mark.parametrize("text", SENTENCES)
def test_an_ordinary_phrase_names_nobody(text) -> None:
    assert [hit.text for hit in check(text, [], {}) if hit.rule == "name"] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("对严小明、双海涛、包国强予以诫勉。", ["严小明", "双海涛", "包国强"]),
        ("局长林长青因违规被免职。", ["林长青"]),
        ("给予王刚、李明等2人警告处分。", ["王刚", "李明"]),
        ("对王刚、李明等市管干部予以约谈。", ["王刚", "李明"]),
        ("对王刚、李明等3县干部予以诫勉。", ["王刚", "李明"]),
        ("受到处分的有：黄河、江山。", ["黄河", "江山"]),
        ("对王刚在金华、温州等地违规旅游的问题予以诫勉。", ["王刚"]),
    ],
)
def test_a_name_that_begins_like_such_a_phrase_is_found(text, found) -> None:
    assert [hit.text for hit in check(text, [], {}) if hit.rule == "name"] == found

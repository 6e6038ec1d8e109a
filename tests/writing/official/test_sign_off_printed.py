"""Where organ and date stand on the printed page, whatever the digits of the date are wide (7.3.5)."""

from dataclasses import dataclass
from functools import cache

import pytest
from tests.writing.official.measuring import MILLIMETRE, Line, needs_libreoffice, pages_of, printed

from xiaohao.writing import fonts
from xiaohao.writing.official.pdf import as_pdf
from xiaohao.writing.official.text import official_text
from xiaohao.writing.official.word import as_word

DATE = "2025年12月31日"
SHORT, SAME, LONG, VERY_LONG = (
    "区政协",
    "青山区政协机关",
    "青山区政协办公室",
    "中共云岭市青溪区住房和城乡建设局党组办公室工作领导小组",  # 27 characters: it nearly fills the line
)
CHARACTER = 15.77 / MILLIMETRE  # mm from one character to the next
EDGE = 28 + 156  # mm from the left of an odd page to the right of the text
INK = 0.8  # mm: the ink of a letter does not begin where its place begins
DIGITS = 1.5 * CHARACTER  # the date may be so much wider than its digits should be


@dataclass(frozen=True)
class SignOff:
    organ: Line
    date: Line


@pytest.fixture(scope="module", params=["pdf", pytest.param("word", marks=needs_libreoffice)])
def sign_off(request, tmp_path_factory):
    """Print the sign-off of an organ, each once: ``sign_off("区政协", sealed=False)``."""
    folder = tmp_path_factory.mktemp("printed")

    @cache
    def make(organ: str, *, sealed: bool) -> SignOff:
        text = official_text("标题", f"正文。\n{organ}\n{DATE}", sealed=sealed)
        document = as_pdf(text, fonts.faces()) if request.param == "pdf" else printed(as_word(text), folder)
        (page,) = pages_of(document)
        lines = {line.text: line for line in page}
        return SignOff(lines[organ], lines[DATE])

    return make


@pytest.mark.parametrize("organ", [SHORT, SAME, LONG, VERY_LONG])
def test_without_a_seal_the_date_begins_two_characters_right_of_the_organ(sign_off, organ) -> None:
    found = sign_off(organ, sealed=False)
    assert found.date.left - found.organ.left == pytest.approx(2 * CHARACTER, abs=INK)


@pytest.mark.parametrize(("organ", "free"), [(LONG, 2), (VERY_LONG, 1)])
def test_without_a_seal_an_organ_longer_than_the_date_stands_two_in(sign_off, organ, free) -> None:
    """One of 27 characters has the whole line, and no room for two."""
    found = sign_off(organ, sealed=False)
    assert EDGE - found.organ.right == pytest.approx(free * CHARACTER, abs=1)


@pytest.mark.parametrize("organ", [SHORT, SAME])
def test_without_a_seal_a_date_longer_than_the_organ_stands_two_in(sign_off, organ) -> None:
    found = sign_off(organ, sealed=False)
    assert EDGE - found.date.right == pytest.approx(2 * CHARACTER, abs=DIGITS)
    assert EDGE - found.date.right > 0


@pytest.mark.parametrize("organ", [SHORT, SAME, LONG, VERY_LONG])
def test_with_a_seal_the_organ_is_centred_on_the_date(sign_off, organ) -> None:
    found = sign_off(organ, sealed=True)
    middles = [(line.left + line.right) / 2 for line in (found.organ, found.date)]
    assert middles[0] == pytest.approx(middles[1], abs=INK)
    assert found.organ.right <= EDGE


@pytest.mark.parametrize("organ", [SHORT, SAME, LONG])
def test_with_a_seal_the_date_stands_four_in(sign_off, organ) -> None:
    found = sign_off(organ, sealed=True)
    assert EDGE - found.date.right == pytest.approx(4 * CHARACTER, abs=DIGITS / 2 + INK)

"""What belongs together is not parted by the end of a page: headings, heads of tables, places to sign."""

from itertools import pairwise

import pypdfium2
import pytest
from tests.writing.official.measuring import Letter, letters_of, lines_of, needs_libreoffice, printed

from xiaohao.writing import fonts, tables
from xiaohao.writing.official.pdf import as_pdf
from xiaohao.writing.official.text import official_text
from xiaohao.writing.official.word import as_word

SIGNED = ("移交人", "接收人", "监交人")
TO_SIGN = ["｜---｜---------｜", *(f"｜{name}｜　↵　｜" for name in SIGNED)]
LIST = tables.table((1, 1), ("台账", "事项"), [("固定资产", "便携式计算机")] * 3)


@pytest.fixture(params=["pdf", pytest.param("word", marks=needs_libreoffice)])
def pages(request, tmp_path):
    """Print a body and return the letters of each page; blanks are left out."""

    def make(*lines: str) -> list[list[Letter]]:
        text = official_text("标题", "\n".join(lines))
        document = as_pdf(text, fonts.faces()) if request.param == "pdf" else printed(as_word(text), tmp_path)
        return [letters_of(page) for page in pypdfium2.PdfDocument(document)]

    return make


def texts(pages: list[list[Letter]]) -> list[str]:
    return ["".join(letter.text for letter in page) for page in pages]


@pytest.mark.parametrize("lines", range(12, 21, 2))
def test_the_places_to_sign_stay_together_with_what_is_signed(pages, lines) -> None:
    found = texts(pages(*["正文一行。"] * lines, "六、需要当面说明的事", "没有。", *TO_SIGN))
    (page,) = [one for one in found if "移交人" in one]
    assert all(said in page for said in ("需要当面说明的事", "没有。", *SIGNED))


@pytest.mark.parametrize("lines", range(14, 21, 2))
def test_a_heading_stays_with_its_table_and_the_head_with_its_first_row(pages, lines) -> None:
    found = texts(pages(*["正文一行。"] * lines, "四、台账里负责的事项", *LIST))
    (page,) = [one for one in found if "四、" in one]
    assert "台账事项固定资产" in page


@pytest.mark.parametrize("lines", range(16, 21))
def test_a_heading_stays_with_the_text_below_it(pages, lines) -> None:
    found = texts(pages(*["正文一行。"] * lines, "一、总体情况", "（一）主体责任", "逐项对账。"))
    (page,) = [one for one in found if "一、总体情况" in one]
    assert "逐项对账。" in page


def test_there_is_room_to_sign(pages) -> None:
    """A place to sign is two lines high: 10 mm at least."""
    (page,) = pages("正文。", *TO_SIGN)
    middles = [line.middle for line in lines_of(page) if line.text in SIGNED]
    assert len(middles) == len(SIGNED)
    assert all(below - above > 10 for above, below in pairwise(middles))


def test_a_table_stands_off_the_text_above_it(pages) -> None:
    (page,) = pages("正文。", "四、台账里负责的事项", *LIST)
    lines = {line.text: line for line in lines_of(page)}
    head = next(line for text, line in lines.items() if text.startswith("台账"))
    assert (
        head.top - lines["四、台账里负责的事项"].bottom > 4
    )  # mm, the room above the letters of the head included

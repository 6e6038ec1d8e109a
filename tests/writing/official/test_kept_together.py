"""What belongs together is not parted by the end of a page: headings, heads of tables, places to sign."""

import pypdfium2
import pytest
from tests.writing.official.measuring import letters_of, needs_libreoffice, printed

from xiaohao.writing import fonts, tables
from xiaohao.writing.official.pdf import as_pdf
from xiaohao.writing.official.text import official_text
from xiaohao.writing.official.word import as_word

SIGNED = ("移交人", "接收人", "监交人")
TO_SIGN = ["｜---｜---------｜", *(f"｜{name}｜　↵　｜" for name in SIGNED)]
LIST = tables.table((1, 1), ("台账", "事项"), [("固定资产", "便携式计算机")] * 3)


@pytest.fixture(params=["pdf", pytest.param("word", marks=needs_libreoffice)])
def pages(request, tmp_path):
    """Print a body and return the text of each page without blanks and page numbers."""

    def make(*lines: str) -> list[str]:
        text = official_text("标题", "\n".join(lines))
        document = as_pdf(text, fonts.faces()) if request.param == "pdf" else printed(as_word(text), tmp_path)
        return [
            "".join(letter.text for letter in letters_of(page)) for page in pypdfium2.PdfDocument(document)
        ]

    return make


@pytest.mark.parametrize("lines", range(12, 21, 2))
def test_the_places_to_sign_stay_together_with_what_is_signed(pages, lines) -> None:
    found = pages(*["正文一行。"] * lines, "六、需要当面说明的事", "没有。", *TO_SIGN)
    (page,) = [one for one in found if "移交人" in one]
    assert all(said in page for said in ("需要当面说明的事", "没有。", *SIGNED))


@pytest.mark.parametrize("lines", range(14, 21, 2))
def test_a_heading_stays_with_its_table_and_the_head_with_its_first_row(pages, lines) -> None:
    found = pages(*["正文一行。"] * lines, "四、台账里负责的事项", *LIST)
    (page,) = [one for one in found if "四、" in one]
    assert "台账事项固定资产" in page


@pytest.mark.parametrize("lines", range(16, 21))
def test_a_heading_stays_with_the_text_below_it(pages, lines) -> None:
    found = pages(*["正文一行。"] * lines, "一、总体情况", "（一）主体责任", "逐项对账。")
    (page,) = [one for one in found if "一、总体情况" in one]
    assert "逐项对账。" in page

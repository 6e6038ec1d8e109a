"""What is written is printed, wherever a line ends."""

from itertools import pairwise

import pypdfium2
import pytest
from tests.writing.official.measuring import letters_of, needs_libreoffice, printed

from xiaohao.writing import fonts
from xiaohao.writing.official.pdf import as_pdf
from xiaohao.writing.official.text import official_text
from xiaohao.writing.official.word import as_word

STOPS = "，。；：、"


@pytest.mark.parametrize("kind", ["pdf", pytest.param("word", marks=needs_libreoffice)])
def test_no_stop_is_lost_at_the_end_of_a_line(kind, tmp_path) -> None:
    """LibreOffice leaves out what hangs over the end of a line that is full to a hair's breadth."""
    before = "整改"
    paragraphs = [before * 10 + "措" * more + stop + "改" * 40 for more in range(30, 38) for stop in STOPS]
    text = official_text("标题", "\n".join(paragraphs))
    document = as_pdf(text, fonts.faces()) if kind == "pdf" else printed(as_word(text), tmp_path)
    letters = [letter.text for page in pypdfium2.PdfDocument(document) for letter in letters_of(page)]
    behind = [one for last, one in pairwise(letters) if last == "措" and one in STOPS]
    assert len(behind) == len(paragraphs)

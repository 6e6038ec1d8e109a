"""Letters never come out empty, and it is said which faces were replaced."""

from pathlib import Path

import pypdfium2
import pytest

from xiaohao.writing import fonts
from xiaohao.writing.official.pdf import as_pdf
from xiaohao.writing.official.text import official_text

SHIPPED = Path(fonts.__file__).parents[1] / "core/static/vendor/fonts"


@pytest.fixture
def shipped() -> fonts.Faces:
    """The faces of a machine that has no Chinese font of its own."""
    return fonts.faces_in((SHIPPED,))


def text_of(document: bytes) -> str:
    return "".join(
        "".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(document)
    )


def test_rare_characters_come_out_on_a_machine_without_fonts(shipped) -> None:
    rare = "朱镕喆、李堃、王䶮、周祎翀、赵赟、钱邨到会。"
    assert not shipped.lacking(rare)
    assert rare in text_of(as_pdf(official_text("标题", rare), shipped))


def test_a_character_no_font_has_is_written_as_its_number_and_said_so(shipped) -> None:
    missing = "\U0002a6d7"
    assert shipped.lacking(f"周{missing}") == {missing}
    page = text_of(as_pdf(official_text(f"题{missing}", f"周{missing}到会。"), shipped))
    assert "题〔U+2A6D7〕" in page
    assert "周〔U+2A6D7〕到会。" in page
    assert "本机的字体没有编码为U+2A6D7的字" in page


def test_it_is_said_which_official_faces_were_replaced(shipped) -> None:
    page = text_of(as_pdf(official_text("标题", "正文。"), shipped))
    assert "本机没有方正小标宋、仿宋_GB2312、黑体、楷体_GB2312，已用相近字体代替" in page


def test_text_is_drawn_with_serifs_and_headings_without(shipped) -> None:
    assert shipped.of(fonts.BODY)[0] == "Noto Serif SC"
    assert shipped.of(fonts.BLACK)[0] == "Noto Sans SC"


def test_an_official_face_is_taken_before_one_like_it_and_that_before_the_rest() -> None:
    files = [
        fonts.FontFile(name, Path("/fonts/x.ttf"), 0)
        for name in ("Noto Serif SC", "FandolFang R", "FangSong_GB2312")
    ]
    there = fonts.Faces(tuple(files))
    assert there.of(fonts.BODY) == ["FangSong_GB2312", "FandolFang R", "Noto Serif SC"]
    assert there.missing(fonts.BODY, fonts.BLACK) == ["黑体"]

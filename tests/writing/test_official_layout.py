"""Word and PDF by GB/T 9704-2012, measured on the rendered page."""

import io
import shutil
import subprocess

import pypdfium2
import pytest

from xiaohao.writing import fonts
from xiaohao.writing.body import Level, paragraphs
from xiaohao.writing.official_pdf import as_pdf
from xiaohao.writing.official_word import as_word, right_indent, width

MILLIMETRE = 72 / 25.4  # points
LONG = "整改工作领导小组逐项对账，完成一项销号一项，确保件件有着落、事事有回音。" * 40
BODY = f"一、总体情况\n（一）提高认识。{LONG}\n1.提案办理。{LONG}\n{LONG}\n青山区政协办公室\n2025年12月31日"


def lines_of(page) -> list[tuple[float, float, float]]:
    """Return the lines of a page, in points from the top left: middle, left end, right end."""
    text, height = page.get_textpage(), page.get_height()
    rows: dict[int, list[tuple[float, float]]] = {}
    for place in range(text.count_chars()):
        _left, bottom, _right, top = text.get_charbox(place, loose=True)
        left, _bottom, right, _top = text.get_charbox(place)
        if right > left:
            rows.setdefault(round((height - (top + bottom) / 2) / 6), []).append((left, right))
    return [
        (row * 6.0, min(left for left, _right in ends), max(right for _left, right in ends))
        for row, ends in sorted(rows.items())
    ]


def measured(document: bytes) -> None:
    """Check margins within a millimetre and 22 lines on a full page."""
    pages = pypdfium2.PdfDocument(document)
    assert [round(size / MILLIMETRE) for size in pages[0].get_size()] == [210, 297]
    page = pages[1]  # a full page of running text
    body = [line for line in lines_of(page) if line[0] < (297 - 34) * MILLIMETRE]
    assert len(body) == 22
    left, right = min(line[1] for line in body), max(line[2] for line in body)
    assert abs(left / MILLIMETRE - 28) < 1
    assert abs(right / MILLIMETRE - 184) < 1
    assert abs((body[-1][0] - body[0][0]) / 21 - 28.95) < 0.5


def test_the_pdf_has_the_official_measures() -> None:
    measured(as_pdf("关于巡察整改进展情况的通报", BODY, fonts.faces()))


def test_a_line_has_28_characters() -> None:
    page = pypdfium2.PdfDocument(as_pdf("题", "字" * 200, fonts.faces()))[0]
    lines = [line for line in page.get_textpage().get_text_bounded().splitlines() if set(line) == {"字"}]
    assert [len(line) for line in lines[:3]] == [26, 28, 28]


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_the_word_file_has_the_official_measures(tmp_path) -> None:
    source = tmp_path / "通报.docx"
    source.write_bytes(as_word("关于巡察整改进展情况的通报", BODY))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    measured((tmp_path / "通报.pdf").read_bytes())


def test_word_names_the_official_faces_and_stays_editable() -> None:
    from docx import Document
    from docx.oxml.ns import qn

    document = Document(io.BytesIO(as_word("标题", BODY)))
    faces = {
        style.name: style.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))
        for style in document.styles
        if style.name.startswith("公文")
    }
    assert faces["公文标题"] == "方正小标宋简体"
    assert faces["公文一级标题"] == "黑体"
    assert faces["公文二级标题"] == "楷体_GB2312"
    assert faces["公文正文"] == "仿宋_GB2312"
    used = [paragraph.style.name for paragraph in document.paragraphs if paragraph.text]
    assert used == [
        *("公文标题", "公文一级标题", "公文二级标题", "公文三级标题"),
        *("公文正文", "公文署名", "公文成文日期"),
    ]
    assert document.settings.odd_and_even_pages_header_footer


def test_rare_characters_come_out() -> None:
    page = pypdfium2.PdfDocument(as_pdf("标题", "镕喆堃䶮到会。", fonts.faces()))[0]
    text = page.get_textpage().get_text_bounded()
    assert "镕喆堃䶮" in text


def test_the_levels_follow_from_numbering_and_place() -> None:
    body = "领导小组：\n一、甲\n（一）乙。丙\n1.丁。\n（1）戊\n2025.5万元\n办公室\n2025年1月2日"
    assert [one.level for one in paragraphs(body)] == [
        *(Level.ADDRESSEE, Level.SECTION, Level.PART, Level.ITEM),
        *(Level.POINT, Level.TEXT, Level.SIGNED, Level.DATED),
    ]


def test_the_sign_off_without_a_seal() -> None:
    """The longer line stands two characters in, the other two characters from its first."""
    short = {Level.SIGNED: "区政协", Level.DATED: "2025年12月31日"}
    long = {Level.SIGNED: "政协云岭市青溪区委员会办公室", Level.DATED: "2025年12月31日"}
    assert right_indent(Level.DATED, short) == 2
    assert right_indent(Level.SIGNED, short) == 2 + width("2025年12月31日") + 2 - 3
    assert right_indent(Level.SIGNED, long) == 2
    assert right_indent(Level.DATED, long) == 2 + 14 - 2 - width("2025年12月31日")


@pytest.mark.parametrize("lines", range(13, 23))
def test_the_sign_off_is_never_torn(lines) -> None:
    body = "\n".join(["正文一行。"] * lines + ["青山区政协办公室", "2025年12月31日"])
    document = pypdfium2.PdfDocument(as_pdf("标题", body, fonts.faces()))
    last = document[len(document) - 1].get_textpage().get_text_bounded()
    assert "正文一行" in last  # it never stands alone
    assert "青山区政协办公室" in last
    assert "2025年12月31日" in last


def test_in_word_the_sign_off_keeps_with_the_text_before_it() -> None:
    from docx import Document

    written = Document(io.BytesIO(as_word("标题", BODY))).paragraphs
    kept = [one.paragraph_format.keep_with_next for one in written[-4:]]
    assert kept == [True, True, True, None]

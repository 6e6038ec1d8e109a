"""Word and PDF by GB/T 9704-2012, measured on the rendered pages."""

import re

import pypdfium2
import pytest
from tests.writing.official.measuring import (
    MILLIMETRE,
    Letter,
    Line,
    letters_of,
    lines_of,
    needs_libreoffice,
    pages_of,
    printed,
    size_of,
)

from xiaohao.writing import fonts
from xiaohao.writing.official.measures import HEIGHT
from xiaohao.writing.official.pdf import as_pdf
from xiaohao.writing.official.text import official_text
from xiaohao.writing.official.word import as_word

LONG = "整改工作领导小组逐项对账，完成一项销号一项，确保件件有着落、事事有回音。" * 40
ROWS = [f"｜1-{number}｜公务卡结算不规范｜{'部分支出用现金结算。' * 4}｜" for number in range(1, 40)]
BODY = "\n".join(
    [
        "整改工作领导小组：",
        f"一、总体情况\n（一）提高认识。{LONG}\n1.提案办理。{LONG}\n（1）按期答复。{LONG}\n{LONG}",
        "附件：1.问题清单\n2.任务说明",
        "青山区政协办公室\n2025年12月31日",
        "附件1\n问题清单\n〔附表：问题清单〕",
        "附件2\n任务说明\n各委室按时完成。",
    ]
)
LISTS = {"问题清单": ["｜编号｜问题｜表现｜", "｜--｜----｜------｜", *ROWS]}
CHARACTER = 15.77 / MILLIMETRE  # mm from one character to the next


def text(*, sealed: bool = False):
    return official_text("青山区政协机关关于巡察整改进展情况的通报", BODY, LISTS, sealed=sealed)


@pytest.fixture(scope="module")
def as_typeset() -> bytes:
    return as_pdf(text(), fonts.faces())


@pytest.fixture(scope="module")
def as_printed_from_word(tmp_path_factory) -> bytes:
    return printed(as_word(text()), tmp_path_factory.mktemp("word"))


@pytest.fixture(params=["pdf", pytest.param("word", marks=needs_libreoffice)])
def document(request) -> bytes:
    """The same text, once typeset and once printed from Word."""
    return request.getfixturevalue({"pdf": "as_typeset", "word": "as_printed_from_word"}[request.param])


def upright(document: bytes) -> list[tuple[int, list[Line]]]:
    """Return the upright pages with their numbers, the first one is page 1."""
    pages = enumerate(pages_of(document), start=1)
    return [(number, page) for number, page in pages if size_of(document, number - 1) == (210, 297)]


def body_of(page: list[Line]) -> list[Line]:
    return [line for line in page if line.middle < 297 - 34]


def test_the_paper_is_a4(document) -> None:
    assert size_of(document, 0) == (210, 297)


def test_a_full_page_has_22_lines_at_28_95_points(document) -> None:
    for _number, page in upright(document)[1:4]:
        lines = body_of(page)
        assert len(lines) == 22
        assert (lines[-1].middle - lines[0].middle) / 21 == pytest.approx(28.95 / MILLIMETRE, abs=0.05)


def test_text_keeps_to_its_area_on_both_sides_of_the_sheet(document) -> None:
    """订口 28 mm and 切口 26 mm change sides; 天头 37 mm, 版心 156 × 225 mm."""
    for number, page in upright(document)[1:4]:
        left = 28 if number % 2 else 26
        lines = body_of(page)
        assert min(line.left for line in lines) == pytest.approx(left, abs=1)
        # A stop may hang over the end of a full line, as Word and LibreOffice let it.
        ends = [line.right for line in lines if line.text[-1] not in "，。；：、"]
        assert max(ends) == pytest.approx(left + 156, abs=1)
        assert lines[0].top >= 37 - 0.5
        assert lines[-1].bottom <= 37 + 225 + 0.5


def test_a_line_has_28_characters(document) -> None:
    lines = [line for _number, page in upright(document)[1:4] for line in body_of(page)]
    full = [line for line in lines if line.right - line.left > 150]
    counts = [len(line.text) for line in full]
    assert max(counts, key=counts.count) == 28


def test_the_page_number_stands_between_dashes_at_the_outer_side(document) -> None:
    for number, page in upright(document)[:4]:
        (line,) = [line for line in page if re.fullmatch(r"—\d+—", line.text)]
        assert line.text == f"—{number}—"
        assert line.middle == pytest.approx(297 - 35 + 7, abs=1)
        if number % 2:
            assert 210 - line.right == pytest.approx(26 + 14 / MILLIMETRE, abs=1)
        else:
            assert line.left == pytest.approx(26 + 14 / MILLIMETRE, abs=1)


def test_the_title_is_centred_and_22_points_high(document) -> None:
    title = upright(document)[0][1][0]
    assert "".join(title.text.split()) == "青山区政协机关关于巡察整改进展情况的通报"
    assert (title.left + title.right) / 2 == pytest.approx(28 + 78, abs=1)
    assert (title.right - title.left) / len(title.text) == pytest.approx(22 / MILLIMETRE, abs=0.3)


def test_paragraphs_begin_two_characters_in_and_the_addressee_flush(document) -> None:
    lines = upright(document)[0][1]
    begins = {line.text[:4]: line.left for line in lines}
    assert begins["整改工作"] == pytest.approx(28, abs=1)
    assert begins["一、总体"] == pytest.approx(28 + 2 * CHARACTER, abs=1)
    assert begins["（一）提"] == pytest.approx(28 + 2.5 * CHARACTER, abs=1.5)  # half of a bracket is blank


def found_line(document: bytes, start: str) -> Line:
    lines = [line for _number, page in upright(document) for line in page]
    return next(line for line in lines if "".join(line.text.split()).startswith(start))


def right_edge_of_sign_off(document: bytes) -> float:
    (number,) = [
        number
        for number, page in upright(document)
        if any("".join(line.text.split()).startswith("2025年12月31日") for line in page)
    ]
    return (28 if number % 2 else 26) + 156


def test_attachments_are_listed_below_each_other(document) -> None:
    first, second = found_line(document, "附件：1."), found_line(document, "2.任务说明")
    left = right_edge_of_sign_off(document) - 156
    assert first.left == pytest.approx(left + 2 * CHARACTER, abs=1)
    assert second.left == pytest.approx(left + 5 * CHARACTER, abs=1.5)


def turned(document: bytes) -> list[tuple[int, list[Letter], list[Letter]]]:
    """Return the turned pages: number, the letters of the page number beside the text, and the text."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(document), start=1):
        if size_of(document, number - 1) == (297, 210):
            letters = letters_of(page)
            beside = [letter for letter in letters if letter.right < 33]
            found.append((number, beside, [letter for letter in letters if letter not in beside]))
    return found


def test_wide_lists_stand_on_turned_pages_and_their_head_comes_again(document) -> None:
    pages = turned(document)
    assert len(pages) > 1
    for _number, _beside, text in pages:
        assert min(letter.left for letter in text) >= 36 - 0.5
        assert max(letter.right for letter in text) <= 297 - 36 + 0.5
        assert max(letter.bottom for letter in text) <= 210 - 26 + 0.5
        assert "编号问题表现" in [line.text for line in lines_of(text)]


def test_no_row_of_a_list_is_torn(document) -> None:
    rows = 0
    for _number, _beside, text in turned(document):
        edge = max(letter.right for letter in text if letter.text == "范")
        last = "".join(line.text for line in lines_of([letter for letter in text if letter.left > edge]))
        first = [line.text for line in lines_of([letter for letter in text if letter.left < 80])]
        on_page = sum(line.startswith("1-") for line in first)
        assert last.count("部分支出用现金结算。") == 4 * on_page
        rows += on_page
    assert rows == len(ROWS)


def test_on_turned_pages_the_number_is_where_it_is_on_the_others(document) -> None:
    """Turned back upright it stands 7 mm below the area, 28 mm from the edge, outside on both sides."""
    inward = 26 + 14 / MILLIMETRE
    for number, beside, _text in turned(document):
        assert "".join(letter.text for letter in sorted(beside, key=lambda one: one.middle)) == f"—{number}—"
        edges = min(letter.left for letter in beside), max(letter.right for letter in beside)
        assert sum(edges) / 2 == pytest.approx(28, abs=1)
        if number % 2:
            assert 210 - max(letter.bottom for letter in beside) == pytest.approx(inward, abs=1)
        else:
            assert min(letter.top for letter in beside) == pytest.approx(inward, abs=1)


def test_what_is_attached_begins_on_a_page_of_its_own(document) -> None:
    number, page = upright(document)[-1]
    assert page[0].text == "附件2"
    assert page[1].text == "任务说明"
    assert page[0].left == pytest.approx(28 if number % 2 else 26, abs=1)
    assert (page[1].left + page[1].right) / 2 == pytest.approx((28 if number % 2 else 26) + 78, abs=1)


@needs_libreoffice
def test_headings_are_drawn_in_their_faces(as_printed_from_word) -> None:
    """小标宋 for the title, 黑体 for 一、, 楷体 for （一）, 仿宋 for the rest, 宋体 for the page number."""
    page = upright(as_printed_from_word)[0][1]
    drawn = {line.text[:3]: line.font for line in page}
    assert drawn == {
        **drawn,
        "青山区": "NotoSerifCJKjp-Bold-VKana",
        "一、总": "NotoSansCJKjp-Regular-VKana",
        "（一）": "NotoSansCJKjp-Bold-VKana",
        "整改工": "NotoSerifCJKjp-Regular-VKana",
        "—1—": "NotoSerifCJKjp-Regular-VKana",
    }


def test_in_the_pdf_a_first_heading_is_black_and_the_text_is_not(as_typeset) -> None:
    drawn = {line.text[:3]: line.font for line in upright(as_typeset)[0][1]}
    assert "Sans" in drawn["一、总"]
    assert "Serif" in drawn["整改工"]


@pytest.mark.parametrize("lines", range(13, 23))
def test_the_sign_off_is_never_torn(lines) -> None:
    body = "\n".join(["正文一行。"] * lines + ["青山区政协办公室", "2025年12月31日"])
    document = pypdfium2.PdfDocument(as_pdf(official_text("标题", body), fonts.faces()))
    last = document[len(document) - 1].get_textpage().get_text_bounded()
    assert "正文一行" in last  # it never stands alone
    assert "青山区政协办公室" in last
    assert "2025年12月31日" in last


@pytest.mark.parametrize(("columns", "length"), [(3, 490), (10, 400), (27, 60), (100, 1)])
def test_a_table_of_any_width_is_set_and_a_row_higher_than_a_page_is_not_cut(columns, length) -> None:
    row = "｜" + f"{'甲' * length}｜" * columns
    body = "\n".join(["各单位：", f"｜{'栏｜' * columns}", f"｜{'-｜' * columns}", row])
    wide = official_text("通报", body)
    assert as_word(wide)
    letters = [one for page in pypdfium2.PdfDocument(as_pdf(wide, fonts.faces())) for one in letters_of(page)]
    assert sum(one.text == "甲" and one.bottom < HEIGHT for one in letters) == columns * length

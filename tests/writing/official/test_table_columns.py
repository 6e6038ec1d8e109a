"""Columns of a table: as wide as wished, but no day, name or short word is broken where there is room."""

from itertools import pairwise

import pypdfium2
import pytest
from tests.writing.official.measuring import letters_of, lines_of, needs_libreoffice, printed

from xiaohao.writing import fonts, tables
from xiaohao.writing.body import Table
from xiaohao.writing.official.pdf import as_pdf
from xiaohao.writing.official.table_fit import fitted
from xiaohao.writing.official.text import official_text
from xiaohao.writing.official.word import as_word

HEAD = ("编号", "问题", "整改措施", "时限", "状态", "进展")
LONG = "修订固定资产管理办法，明确每年盘点和处置程序"
DAYS = ("2026年12月31日", "2026年12月底前", "2027年1月5日（原定2026年11月30日）", "2026-12-31")
ROWS = [("1-10-1", LONG, LONG, day, "阶段性完成", LONG) for day in DAYS]
WIDTHS = (2, 4, 7, 3, 3, 5)  # as the hand-over list wishes them


def table_of(widths, head, rows, *, title: str = "") -> Table:
    lines = tables.table(widths, head, rows)
    named = {title: lines} if title else {}
    written = [f"〔附表：{title}〕"] if title else lines
    (found,) = official_text("题", "\n".join(written), named).blocks
    return found


def said(cell) -> str:
    return "".join(run.text for run in cell)


@pytest.fixture(params=["pdf", pytest.param("word", marks=needs_libreoffice)])
def print_table(request, tmp_path):
    """Print a table and return the texts of the lines of its cells, without blanks."""

    def make(widths, head, rows) -> list[str]:
        text = official_text("题", "\n".join(tables.table(widths, head, rows)))
        document = as_pdf(text, fonts.faces()) if request.param == "pdf" else printed(as_word(text), tmp_path)
        letters = [one for page in pypdfium2.PdfDocument(document) for one in letters_of(page)]
        found = []
        for line in lines_of(letters):
            inside = [one for one in letters if abs(one.middle - line.middle) < 1.2]
            row = sorted(inside, key=lambda one: one.left)
            cells = [[row[0]]]
            for before, letter in pairwise(row):
                cells.append([letter]) if letter.left - before.right > 2 else cells[-1].append(letter)
            found += ["".join(one.text for one in cell) for cell in cells]
        return found

    return make


def test_a_day_and_a_short_word_stay_in_one_line_on_paper(print_table) -> None:
    lines = print_table(WIDTHS, HEAD, ROWS)
    for whole in ("2026年12月31日", "2026年12月底前", "2027年1月5日", "2026-12-31", "1-10-1", "阶段性完成"):
        assert whole in lines


def test_where_there_is_no_room_a_day_is_broken_after_the_year(print_table) -> None:
    """Fourteen columns: 2026年, then the rest, never 2026年12月3 and 1日."""
    lines = print_table([1] * 14, ["栏"] * 14, [[DAYS[0], DAYS[1], *["甲乙"] * 12]])
    assert [lines.count(one) for one in ("2026年", "12月31日", "12月底前")] == [2, 1, 1]


def test_a_column_that_is_wide_enough_stays_as_wished() -> None:
    table = table_of((2, 2), ("整改措施", "时限"), [(LONG, DAYS[0])])
    assert fitted(table, 156).widths == [78, 78]


def test_the_columns_always_fill_the_table() -> None:
    for width in (156, 225):
        found = fitted(table_of(WIDTHS, HEAD, ROWS), width)
        assert sum(found.widths) == pytest.approx(width)
        assert found.widths[3] > width * 3 / sum(WIDTHS)  # the day gets what the texts can spare


def test_a_column_of_a_list_that_needs_less_gives_the_rest_to_the_long_ones() -> None:
    """整改目标 without an entry needs no more than its name."""
    rows = [("1-1", "", LONG * 3)]
    found = fitted(table_of((9, 20, 30), ("编号", "整改目标", "整改措施"), rows, title="任务清单"), 225)
    assert found.widths[1] < 30
    assert found.widths[2] > 150
    assert sum(found.widths) == pytest.approx(225)


def test_a_form_keeps_the_room_to_sign() -> None:
    form = table_of((3, 9), (), [("移交人", ""), ("接收人", "")])
    assert fitted(form, 156).widths == [39, 117]


def test_the_texts_of_a_table_stay_what_they_are() -> None:
    found = fitted(table_of(WIDTHS, HEAD, ROWS), 156)
    assert [[said(cell) for cell in row] for row in found.rows] == [list(row) for row in ROWS]

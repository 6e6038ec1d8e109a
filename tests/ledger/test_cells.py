"""What stands in cells, and tables of any length."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaohao.core.services import organs
from xiaohao.ledger.cells import Related, names_in, read_cell, read_date
from xiaohao.lib.money import fen_of, yuan_of
from xiaohao.lib.periods import months_after
from xiaohao.reading.files.lines import open_lines
from xiaohao.reading.problems import Unreadable
from xiaohao.registers.proposals.models import Proposal
from xiaohao.registers.vouchers.models import VoucherLine

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1))


@given(st.integers(-(10**14), 10**14))
def test_an_amount_said_is_read_back_to_the_fen(fen: int) -> None:
    assert fen_of(yuan_of(fen)) == fen


@pytest.mark.parametrize("text", ["1234.5", "1,234.50", "￥1234.50", " 1 234.50元 ", "1，234.5"])
def test_amounts_are_read_as_people_write_them(text: str) -> None:
    assert fen_of(text) == 123_450


@pytest.mark.parametrize("text", ["", "一千", "1.234", "12.3.4", "1e5", "--5", "9" * 20])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        fen_of(text)


@given(DAYS)
def test_a_day_is_read_in_every_usual_form(day: dt.date) -> None:
    for form in ("{0}-{1}-{2}", "{0}/{1}/{2}", "{0}.{1}.{2}", "{0}年{1}月{2}日", "{0}{1:02d}{2:02d}"):
        assert read_date(form.format(day.year, day.month, day.day)) == day


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "昨天", "26-1-1", "20261301"])
def test_what_is_no_day_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValidationError, match="不是日期"):
        read_date(text)


@given(DAYS, st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: dt.date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + dt.timedelta(days=1)).day == 1


def test_a_name_that_two_people_bear_stands_for_neither(organ) -> None:
    for _number in range(2):
        organs.add_person(organ=organ, name="王芳", by=None)
    column = Proposal._meta.get_field("handler")
    with pytest.raises(ValidationError, match="不止一个"):
        read_cell(column, "王芳", Related(organ))


def test_people_of_another_organ_do_not_exist(organ, make_organ) -> None:
    organs.add_person(organ=make_organ("neighbour", "红河区政协机关"), name="周行", by=None)
    with pytest.raises(ValidationError, match="没有"):
        read_cell(Proposal._meta.get_field("handler"), "周行", Related(organ))


def test_a_choice_is_read_by_its_word_and_others_are_told(organ) -> None:
    column = VoucherLine._meta.get_field("method")
    assert read_cell(column, "公务卡", Related(organ)) == "card"
    with pytest.raises(ValidationError, match="公务卡、现金、转账"):
        read_cell(column, "微信", Related(organ))


def test_several_names_are_told_apart() -> None:
    assert names_in("甲、乙，丙;丁\n戊 ") == ["甲", "乙", "丙", "丁", "戊"]


# --- tables of any length


def read(path: Path) -> list[tuple[int, list[str]]]:
    with open_lines(path) as lines:
        return list(lines)


@settings(max_examples=30)
@given(
    rows=st.lists(
        st.lists(st.text("甲乙,\"'；a1 ", max_size=6), min_size=2, max_size=4), min_size=1, max_size=5
    )
)
def test_a_table_reads_back_what_was_written(rows, tmp_path_factory) -> None:
    path = tmp_path_factory.mktemp("t") / "t.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for number, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            sheet.write_string(number, place, cell)
    book.close()
    found = dict(read(path))
    for number, cells in enumerate(rows, start=1):
        shown = found.get(number, [])
        assert [cell.strip() for cell in cells] == (shown + [""] * len(cells))[: len(cells)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_table_is_read_in_the_encodings_of_offices(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes('编号,名称\n1,"电脑,台式"\n'.encode(encoding))
    assert read(path) == [(1, ["编号", "名称"]), (2, ["1", "电脑,台式"])]


def test_numbers_and_days_of_a_workbook_are_shown_as_a_clerk_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [30217, 12.5, dt.date(2026, 3, 5), True])
    book.close()
    assert read(path) == [(1, ["30217", "12.5", "2026-03-05", "是"])]


def test_a_text_that_looks_like_an_escape_of_the_format_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    for place, text in enumerate(("_x0041_", "甲_x000D_乙", "甲\r\n乙")):
        sheet.write_string(0, place, text)
    book.close()
    assert read(path) == [(1, ["_x0041_", "甲_x000D_乙", "甲\n乙"])]


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "空的"), (b"PK\x03\x04rubbish", "损坏"), (b"\x00\x01\x02\x03", "认不出来"), (b"%PDF-1.7\x00", "")],
)
def test_what_is_no_table_is_refused_in_words(content: bytes, why: str, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(content)
    if why:
        with pytest.raises(Unreadable, match=why):
            read(path)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 80 * 1024 * 1024)
    with pytest.raises(Unreadable, match="异常庞大"):
        read(path)


def test_a_workbook_that_is_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "no.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    with pytest.raises(Unreadable, match="损坏"):
        read(path)

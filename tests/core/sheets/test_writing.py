"""Tables for Excel: what is merged, repeated, chosen from, and that a text stays a text."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from xiaohao.core.sheets import Column, Sheet, cell_text, same_in_cell, write_sheets

COLUMNS = (
    Column("序号", 6, spans=True, centred=True),
    Column("反馈问题", 20, spans=True),
    Column("整改措施", 30),
    Column("责任领导", 10, "责任分工", choices=("沈秋", "罗远"), hint="从名册里选。", doubt="名册里没有。"),
    Column("责任人", 10, "责任分工"),
    Column("整改时限", 12, dates=True, hint="写日期。"),
)
WALL = Sheet(
    "台账", COLUMNS, title="整改台账", beneath=("填报单位：甲", "", "统计日期：乙"), frozen=2, to_fill=10
)
DAY = dt.date(2026, 3, 31)


def row(*values: Any) -> list[Any]:
    return [*values, *[""] * (len(COLUMNS) - len(values))]


def bytes_of(*sheets: Any) -> bytes:
    with write_sheets(*sheets) as stream:
        return stream.read()


def written(sheet: Sheet, *blocks: Sequence[Sequence[Any]] | str) -> Worksheet:
    return load_workbook(io.BytesIO(bytes_of((sheet, blocks)))).worksheets[0]


def merges(sheet: Worksheet) -> list[str]:
    return sorted(str(one) for one in sheet.merged_cells.ranges)


def needed(text: str, width: float) -> float:
    """Return the points a Chinese text needs at least: eleven high, twice as wide as a digit is."""
    return len(text) * 2 / width * 11


def test_title_and_groups_stand_over_their_columns() -> None:
    sheet = written(WALL)
    assert merges(sheet) == ["A1:F1", "A2:B2", "A3:A4", "B3:B4", "C3:C4", "D2:F2", "D3:E3", "F3:F4"]
    texts = [[cell.value for cell in line if cell.value] for line in sheet.iter_rows(1, 4)]
    assert texts == [
        ["整改台账"],
        ["填报单位：甲", "统计日期：乙"],
        ["序号", "反馈问题", "整改措施", "责任分工", "整改时限"],
        ["责任领导", "责任人"],
    ]
    assert (sheet["A1"].font.name, sheet["A1"].font.size) == ("方正小标宋简体", 22)
    assert sheet["A3"].font.name == "黑体"


def test_it_prints_on_a3_one_page_wide_with_the_header_on_each_page() -> None:
    sheet = written(WALL)
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation) == (8, "landscape")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, setup.fitToWidth or 1, setup.fitToHeight) == (
        True,
        1,
        0,
    )
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.oddFooter.center.text.endswith("第 &P 页，共 &N 页")
    assert sheet.freeze_panes == "C5"


def test_cells_of_a_finding_stand_once_and_those_that_differ_stand_alone() -> None:
    first = [row(1, "提案办理超期", "修订办法"), row(1, "提案办理超期", "逐件销账"), row(1, "另一个", "培训")]
    sheet = written(WALL, first, [row(2, "公务接待超标", "修订标准")])
    assert [one for one in merges(sheet) if int(one[1]) > 4] == ["A5:A7", "B5:B6"]
    values = [[cell.value for cell in line[:3]] for line in sheet.iter_rows(5, 8)]
    assert values == [
        [1, "提案办理超期", "修订办法"],
        [None, None, "逐件销账"],
        [None, "另一个", "培训"],
        [2, "公务接待超标", "修订标准"],
    ]
    assert {cell.border.bottom.style for line in sheet.iter_rows(5, 8, 3) for cell in line} == {"thin"}


def test_a_band_reaches_over_all_columns() -> None:
    sheet = written(WALL, "红河区政协机关", [row(1, "甲", "乙")])
    assert sheet["A5"].value == "红河区政协机关"
    assert "A5:F5" in merges(sheet)


def test_rows_are_high_enough_for_what_is_merged_over_them() -> None:
    long = "抽查的提案里有超期未答复的情况，责任没有落实到人。" * 30
    sheet = written(WALL, [row(1, long, "修订办法"), row(1, long, "逐件销账")])
    heights = [sheet.row_dimensions[number].height for number in (5, 6)]
    assert heights[0] == heights[1]
    assert sum(heights) >= needed(long, sheet.column_dimensions["B"].width)


def test_what_needs_more_than_a_row_can_be_high_takes_several_rows_that_stand_as_one() -> None:
    long = "长" * 3000
    sheet = written(WALL, [row(1, "甲", long)], [row(2, "乙", "短")])
    ranges = [one for one in merges(sheet) if one.startswith("C5")]
    last = int(ranges[0].partition(":C")[2])
    assert [sheet.cell(number, 1).value for number in range(5, last + 2)] == [1, *[None] * (last - 5), 2]
    heights = [sheet.row_dimensions[number].height for number in range(5, last + 1)]
    assert max(heights) <= 409
    assert sum(heights) >= needed(long, sheet.column_dimensions["C"].width)


def test_what_fits_on_no_page_names_the_finding_again_on_the_next() -> None:
    texts = [f"第{number}条" + "措施" * 60 for number in range(30)]
    sheet = written(WALL, [row(1, "提案办理超期", text) for text in texts], [row(2, "乙", "丙")])
    starts = [line[0].row for line in sheet.iter_rows(5, 34) if line[0].value == 1]
    assert len(starts) > 1
    assert [sheet.cell(number, 2).value for number in starts] == ["提案办理超期"] * len(starts)
    assert {number - 1 for number in starts[1:]} <= {one.id for one in sheet.row_breaks.brk}


def test_what_belongs_together_is_not_torn_apart_by_the_end_of_a_page() -> None:
    blocks = [[row(number, "问题", "措施" * 40), row(number, "问题", "措施" * 40)] for number in range(40)]
    breaks = [one.id for one in written(WALL, *blocks).row_breaks.brk]
    assert breaks
    assert all((after - 4) % 2 == 0 for after in breaks)


def test_one_last_row_gets_no_page_of_its_own() -> None:
    def breaks(rows: int) -> list[int]:
        blocks = [[row(number, "问题", "措施" * 40)] for number in range(rows)]
        return [one.id for one in written(WALL, *blocks).row_breaks.brk]

    first = breaks(rows=40)[0]
    fits = first - WALL.first_row
    assert breaks(rows=fits + 1) == []
    assert breaks(rows=fits + 2) == [first]


def test_what_is_often_empty_takes_no_more_width_where_the_page_has_room() -> None:
    columns = (Column("序号", 6, centred=True), Column("问题", 20), Column("目标", 20, keeps_width=True))
    widths = written(replace(WALL, columns=columns), [[1, "问题", ""]]).column_dimensions
    assert widths["B"].width > 5 * widths["C"].width


def test_widths_are_told_in_digits_of_a_face_chinese_machines_have() -> None:
    normal = load_workbook(io.BytesIO(bytes_of((WALL, [[row(1, "问题")]]))))._fonts[0]
    assert (normal.name, normal.sz, normal.scheme) == ("宋体", 11, None)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+86",
        "-5",
        "@SUM(A1)",
        "#N/A",
        "TRUE",
        "0012",
        "1.50",
        " 前面有空格",
        "甲\n乙",
        "_x0041_",
        "{=1}",
    ],
)
def test_a_text_stays_a_text_whatever_it_begins_with(text: str) -> None:
    data = bytes_of((WALL, [[row(1, text, text)], text]), (Sheet("清单", COLUMNS[:3]), [[[1, text, text]]]))
    book = load_workbook(io.BytesIO(data))
    for place, name in enumerate(("sheet1", "sheet2")):
        xml = zipfile.ZipFile(io.BytesIO(data)).read(f"xl/worksheets/{name}.xml")
        assert b"<f>" not in xml.partition(b"</sheetData>")[0]
        found = {cell.value for line in book.worksheets[place] for cell in line}
        assert text.replace("_x0041_", "_x005F_x0041_") in found  # the library leaves the escape as it is


def test_days_are_days_and_numbers_are_numbers() -> None:
    columns = [Column(title, 12) for title in ("日期", "从前", "金额", "整数", "长号码", "没有")]
    values = [DAY, dt.date(1850, 1, 1), 1234.5, 7, 10**17, None]
    sheet = written(Sheet("值", columns), [values])
    day, *others = [cell.value for cell in sheet[2]]
    assert (day.date(), day.time()) == (DAY, dt.time())
    assert others == [
        "1850-01-01",
        1234.5,
        7,
        "100000000000000000",
        None,
    ]
    assert [sheet["A2"].number_format, sheet["C2"].number_format] == ["yyyy-mm-dd", "#,##0.00"]


def test_choices_and_days_are_offered_below_the_last_row_too_and_never_enforced() -> None:
    sheet = written(WALL, [row(1, "甲", "乙")])
    rules = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
    assert set(rules) == {"D5:D15", "F5:F15"}
    leader, day = rules["D5:D15"], rules["F5:F15"]
    assert (leader.type, leader.formula1, leader.errorStyle) == ("list", '"沈秋,罗远"', "warning")
    assert (leader.promptTitle, leader.prompt, leader.error) == ("责任领导", "从名册里选。", "名册里没有。")
    assert (day.type, day.errorStyle) == ("date", "warning")


def test_a_long_list_of_people_stands_on_a_hidden_sheet() -> None:
    people = [f"第{number}位同志" for number in range(200)]
    names = ["甲,乙", "丙"]
    columns = [Column("责任人", 10, choices=people), Column("单位", 10, choices=names)]
    book = load_workbook(io.BytesIO(bytes_of((Sheet("表", columns, to_fill=5), ()))))
    formulas = [one.formula1 for one in book.worksheets[0].data_validations.dataValidation]
    assert formulas == ["'选项'!$A$1:$A$200", "'选项'!$B$1:$B$2"]
    assert book["选项"].sheet_state == "hidden"
    assert [cell.value for cell in book["选项"]["A"]] == people
    assert [cell.value for cell in book["选项"]["B"]][:3] == [*names, None]


@pytest.mark.parametrize(
    "choices",
    [
        ['办公室"一"室', "提案委"],
        ["办公室，提案委", "办公室,提案委"],
        ["室" * 256, "提案委"],
        ["𠮷" * 130, "提案委"],  # as UTF-16 counts, which Excel does, more than 255
    ],
)
def test_choices_the_rule_itself_cannot_hold_stand_on_the_hidden_sheet(choices) -> None:
    """A quotation mark in the rule makes Excel call the whole file damaged."""
    book = load_workbook(
        io.BytesIO(bytes_of((Sheet("甲", [Column("单位", 10, choices=choices)]), [[["乙"]]])))
    )
    (rule,) = book.worksheets[0].data_validations.dataValidation
    assert rule.formula1 == "'选项'!$A$1:$A$2"
    assert [cell.value for cell in book["选项"]["A"]] == choices


def test_words_beside_a_cell_are_cut_as_excel_counts_them() -> None:
    column = Column("𠮷" * 40, 10, choices=["甲"], hint="𠮷" * 200, doubt="𠮷" * 200)
    (rule,) = written(Sheet("甲", [column]), [["乙"]]).data_validations.dataValidation
    assert (rule.promptTitle, rule.prompt, rule.error) == ("𠮷" * 16, "𠮷" * 127, "𠮷" * 127)


def test_a_row_gets_its_borders_when_it_is_filled_in() -> None:
    (rule,) = written(WALL, [row(1, "甲", "乙")]).conditional_formatting
    assert str(rule.sqref) == "A6:F15"
    assert rule.rules[0].formula == ["COUNTA($A6:$F6)>0"]


def test_a_plain_table_has_its_header_in_the_first_row_and_can_be_filtered() -> None:
    sheet = written(Sheet("固定资产", COLUMNS[:3]), [[1, "甲", "乙"], [2, "丙", "丁"]])
    assert [cell.value for cell in sheet[1]] == ["序号", "反馈问题", "整改措施"]
    assert (merges(sheet), sheet.auto_filter.ref, sheet.print_title_rows) == ([], "A1:C3", "$1:$1")
    assert sheet.oddHeader.center.text.strip() == "固定资产"


def test_in_a_plain_table_rows_are_as_high_as_their_texts_need_and_a_row_can_be() -> None:
    sheet = written(Sheet("表", COLUMNS[:3]), [[1, "甲", "短"], [2, "乙", "长" * 64], [3, "丙", "长" * 9999]])
    heights = [sheet.row_dimensions[number].height for number in (2, 3, 4)]
    assert heights == [21, 84.75, 396]


def test_a_plain_table_too_wide_to_be_read_on_one_page_prints_on_several_with_its_first_columns() -> None:
    sheet = written(Sheet("表", [Column(f"第{number}列", 40) for number in range(15)], frozen=2))
    assert (sheet.page_setup.fitToWidth, sheet.print_title_cols) == (2, "$A:$B")


def test_a_name_a_sheet_cannot_have_is_made_one() -> None:
    book = load_workbook(io.BytesIO(bytes_of((Sheet("甲/乙:丙[丁]'" + "长" * 40, COLUMNS), ()))))
    assert book.sheetnames == ["甲 乙 丙 丁 '" + "长" * 22]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("控\x00制\x0b字\x1f符\ufffe", "控制字符"),
        ("制\t表\n行", "制\t表\n行"),
        ("长" * 32_767, "长" * 32_767),
        ("长" * 32_768, "长" * 32_746 + "……（内容过长，这里没有写全，全文见系统）"),
        ("😀" * 16_384, "😀" * 16_373 + "……（内容过长，这里没有写全，全文见系统）"),
    ],
)
def test_what_a_cell_cannot_keep_is_left_out_and_told(text: str, kept: str) -> None:
    assert cell_text(text) == kept
    assert len(kept.encode("utf-16-le")) // 2 <= 32_767


@pytest.mark.parametrize(
    ("kept", "read", "same"),
    [
        ("  甲\r\n乙\n", "甲\n乙", True),
        ("甲", "乙", False),
        ("", "甲", False),
        ("长" * 40_000, "长" * 32_746 + "……（内容过长，这里没有写全，全文见系统）", True),
        ("长" * 40_000, "改过的" + "……（内容过长，这里没有写全，全文见系统）", True),
        ("长" * 40_000, "改过的", False),
    ],
)
def test_only_what_a_cell_can_keep_makes_a_difference(kept: str, read: str, same: bool) -> None:
    assert same_in_cell(kept, read) is same

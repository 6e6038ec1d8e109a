"""Ledgers in the layouts offices use."""

import datetime as dt
import io

import docx
import pytest
import xlsxwriter

from xiaohao.reading.files import Unreadable, load
from xiaohao.reading.tables import read_ledger
from xiaohao.reading.tables.ledger import names, number_of, split_measures
from xiaohao.reading.tables.row import read_deadline


def ledger(*rows: list[str], merges: tuple[tuple[str, str], ...] = (), known: tuple[str, ...] = ()):
    """Make a workbook of text cells and read it."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
    for place, text in merges:
        sheet.merge_range(place, text)
    book.close()
    return read_ledger(load(stream.getvalue(), "台账.xlsx").tables, known)


def test_columns_are_known_by_their_synonyms_in_any_order() -> None:
    read = ledger(
        ["完成时限", "整改举措", "责任科室", "存在问题", "编号"],
        ["2025年6月30日", "修订办法", "提案委", "提案办理超期", "1"],
    )
    (row,) = read.rows
    assert (row.finding_number, row.finding, row.measure) == (1, "提案办理超期", "修订办法")
    assert (row.lead_department, row.deadline.value) == ("提案委", dt.date(2025, 6, 30))
    assert read.columns["finding"] == ("D", "存在问题")
    assert "责任人" in read.missing


def test_title_two_header_rows_area_rows_and_merged_findings() -> None:
    read = ledger(
        ["青山区政协机关巡察整改台账"],
        ["序号", "反馈问题", "整改措施", "责任", "", "整改时限"],
        ["", "", "", "责任领导", "责任人", ""],
        ["一、财务管理方面"],
        ["1", "", "开展盘点", "方静", "曹云", "立行立改"],
        ["", "", "修订办法", "方静", "曹云", "长期坚持"],
        ["2", "合同手续不全", "1.补齐验收报告\n2.制定范本", "贺长", "顾怀", "2025.9"],
        merges=(("A1:F1", "青山区政协机关巡察整改台账"), ("D2:E2", "责任"), ("B5:B6", "账物不符")),
    )
    rows = [(r.area, r.finding_number, r.finding, r.measure, r.owner, r.deadline.kind) for r in read.rows]
    area = "一、财务管理方面"
    assert rows == [
        (area, 1, "账物不符", "开展盘点", "曹云", "at_once"),
        (area, 1, "账物不符", "修订办法", "曹云", "standing"),
        (area, 2, "合同手续不全", "补齐验收报告", "顾怀", "by_date"),
        (area, 2, "合同手续不全", "制定范本", "顾怀", "by_date"),
    ]


def test_duplicate_numbers_two_organs_and_impossible_dates_are_named_by_cell() -> None:
    read = ledger(
        ["序号", "反馈问题", "整改措施", "整改时限", "被巡察单位"],
        ["1", "甲", "做", "2025-02-30", "青山区政协"],
        ["1", "乙", "做", "6月底前", "红河区政协"],
    )
    problems = [(problem.address, str(problem.message)) for row in read.rows for problem in row.problems]
    assert [address for address, _sentence in problems] == ["D2", "A3", "E3", "D3"]
    assert "不是日历上的日期" in problems[0][1]
    assert "重复" in problems[1][1]
    assert "分成两个文件" in problems[2][1]
    assert "没有年份" in problems[3][1]


def test_a_sheet_without_header_is_refused_with_what_is_needed() -> None:
    with pytest.raises(Unreadable, match="反馈问题、整改措施"):
        ledger(["姓名", "电话"], ["张三", "1"])


@pytest.mark.parametrize(
    ("text", "day", "kind"),
    [
        ("2025年6月30日前", dt.date(2025, 6, 30), "by_date"),
        ("2025.6.30", dt.date(2025, 6, 30), "by_date"),
        ("2025/6/30", dt.date(2025, 6, 30), "by_date"),
        ("2025年2月底前", dt.date(2025, 2, 28), "by_date"),
        ("2025年6月30日，长期坚持", dt.date(2025, 6, 30), "standing"),
        ("立行立改", None, "at_once"),
        ("持续推进", None, "standing"),
    ],
)
def test_deadlines_as_written(text: str, day: dt.date | None, kind: str) -> None:
    deadline, problem = read_deadline(text, "J5")
    assert (deadline.value, deadline.kind, problem) == (day, kind, None)


@pytest.mark.parametrize(
    "text", ["2025年1月—6月", "2025年6月上旬", "2025年6月前", "2025.1", "2025年13月", "6月底前", "下半年"]
)
def test_a_deadline_that_is_no_single_day_is_a_problem_and_never_a_guess(text: str) -> None:
    deadline, problem = read_deadline(text, "J5")
    assert deadline.value is None
    assert problem is not None
    assert problem.address == "J5"


def test_of_a_range_the_end_counts() -> None:
    deadline, problem = read_deadline("2025年1月1日至2025年6月30日", "J5")
    assert (deadline.value, problem) == (dt.date(2025, 6, 30), None)


def test_a_word_table_with_vertically_merged_cells() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=4)
    texts = [
        ["序号", "反馈问题", "整改措施", "责任人"],
        ["1", "账物不符", "盘点", "曹云"],
        ["", "", "修订办法", "曹云"],
    ]
    for row, line in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    for column in (0, 1):
        table.cell(1, column).merge(table.cell(2, column))
    stream = io.BytesIO()
    document.save(stream)
    rows = [
        (r.finding_number, r.finding, r.measure)
        for r in read_ledger(load(stream.getvalue(), "a").tables).rows
    ]
    assert rows == [(1, "账物不符", "盘点"), (1, "账物不符", "修订办法")]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("1.修订办法\n2.建立台账", ["修订办法", "建立台账"]),
        ("一是修订办法；\n二是建立台账。", ["修订办法；", "建立台账。"]),
        ("按1.5倍标准执行", ["按1.5倍标准执行"]),
        ("1.只有一条", ["只有一条"]),
        ("", [""]),
    ],
)
def test_measures_listed_in_one_cell(text: str, measures: list[str]) -> None:
    assert split_measures(text) == measures


def test_an_area_written_once_holds_until_the_next() -> None:
    read = ledger(
        ["序号", "方面", "反馈问题", "整改措施"],
        ["1", "财务管理方面", "账物不符", "盘点"],
        ["2", "", "合同不全", "补齐"],
        ["3", "队伍建设方面", "培训不够", "培训"],
        ["4", "", "谈话不够", "谈话"],
    )
    assert [row.area for row in read.rows] == ["财务管理方面"] * 2 + ["队伍建设方面"] * 2


def test_with_lead_and_responsible_departments_the_lead_leads_and_nobody_is_lost() -> None:
    read = ledger(
        ["序号", "反馈问题", "整改措施", "牵头单位", "责任单位", "配合单位"],
        ["1", "账物不符", "盘点", "办公室", "财务室、提案委", "党支部"],
        ["2", "合同不全", "补齐", "", "财务室", ""],
    )
    assert [(row.lead_department, row.supporting_departments) for row in read.rows] == [
        ("办公室", ("财务室", "提案委", "党支部")),
        ("财务室", ()),
    ]


def test_of_several_people_the_first_owns_and_the_cell_is_named() -> None:
    (row,) = ledger(["序号", "反馈问题", "整改措施", "责任人"], ["1", "账物不符", "盘点", "曹云、顾怀"]).rows
    assert row.owner == "曹云"
    assert [(one.address, str(one.message)) for one in row.problems] == [
        ("D2", "D2 写了2位责任人，只取第一位“曹云”。一条措施只能有一位责任人，请核对。")
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), ("3.", 3), ("（三）", 3), ("十二", 12), ("二十", 20), ("③", 3), ("问题7", 7), ("第5项", 5)]
    + [(text, None) for text in ("1.1", "1-2", "甲", "", "½")],
)
def test_numbers_as_offices_write_them(text: str, number: int | None) -> None:
    assert number_of(text) == number


def test_a_number_that_is_none_is_given_in_order_and_told() -> None:
    rows = list(
        ledger(
            ["序号", "反馈问题", "整改措施"], ["1.1", "账物不符", "盘点"], ["1.2", "合同不全", "补齐"]
        ).rows
    )
    assert [row.finding_number for row in rows] == [1, 2]
    assert str(rows[1].problems[0].message) == "A3 的序号“1.2”不是整数，已按顺序编为 2，请核对。"


def test_the_same_problem_repeated_on_each_row_is_one_finding() -> None:
    read = ledger(
        ["序号", "反馈问题", "整改措施"],
        ["1", "账物不符", "盘点"],
        ["1", "账物不符", "修订"],
        ["2", "账物不符", "培训"],
    )
    assert [(row.finding_number, row.measure) for row in read.rows] == [(1, "盘点"), (1, "修订"), (2, "培训")]


def test_deadlines_by_line_go_with_measures_by_line() -> None:
    read = ledger(
        ["序号", "反馈问题", "整改措施", "整改时限"],
        ["1", "账物不符", "1.盘点\n2.修订", "2025-06-30\n长期坚持"],
        ["2", "合同不全", "1.补齐\n2.培训", "2025-07-31"],
    )
    assert [(row.measure, row.deadline.text) for row in read.rows] == [
        ("盘点", "2025-06-30"),
        ("修订", "长期坚持"),
        ("补齐", "2025-07-31"),
        ("培训", "2025-07-31"),
    ]


def test_what_stands_above_the_header_tells_whose_ledger_it_is() -> None:
    read = ledger(
        ["青山区政协机关巡察反馈问题整改台账"],
        ["填报单位：青山区政协机关", "", "巡察名称: 2025年区委第三巡察组巡察", "统计日期：2026年1月1日"],
        ["序号", "反馈问题", "整改措施"],
        ["1", "账物不符", "盘点"],
    )
    assert read.head == {"填报单位": "青山区政协机关", "巡察名称": "2025年区委第三巡察组巡察"}


def test_the_lower_part_of_a_row_that_reaches_over_several_is_no_further_measure() -> None:
    read = ledger(
        ["序号", "反馈问题", "整改措施", "责任人"],
        ["", "", "", ""],
        ["", "", "", ""],
        ["2", "合同不全", "补齐", "顾怀"],
        merges=(("A2:A3", "1"), ("B2:B3", "账物不符"), ("C2:C3", "盘点"), ("D2:D3", "曹云")),
    )
    assert [(row.finding_number, row.measure, row.owner) for row in read.rows] == [
        (1, "盘点", "曹云"),
        (2, "补齐", "顾怀"),
    ]


def test_a_measure_with_its_code_is_one_measure_with_nothing_of_its_neighbours() -> None:
    read = ledger(
        ["序号", "反馈问题", "整改目标", "措施编号", "整改措施", "责任领导", "牵头单位"],
        ["1", "账物不符", "账物相符", "1-1-1", "1.盘点\n2.修订", "方静", "财务室"],
        ["", "", "", "1-1-2", "1.培训", "", ""],
        ["", "", "", "", "1.考核\n2.通报", "", ""],
    )
    rows = [
        (row.code, row.measure, row.goal, row.accountable_leader, row.lead_department) for row in read.rows
    ]
    assert rows == [
        ("1-1-1", "1.盘点\n2.修订", "账物相符", "方静", "财务室"),
        ("1-1-2", "1.培训", "", "", ""),
        ("", "考核", "账物相符", "方静", "财务室"),
        ("", "通报", "账物相符", "方静", "财务室"),
    ]


@pytest.mark.parametrize(
    ("deadline", "kind", "expected", "told"),
    [
        ("2026-06-30", "立行立改", (dt.date(2026, 6, 30), "at_once"), ""),
        ("2026-06-30", "限期整改", (dt.date(2026, 6, 30), "by_date"), ""),
        ("长期坚持", "长期坚持", (None, "standing"), ""),
        ("长期坚持", "", (None, "standing"), ""),
        ("", "长期整改", (None, "standing"), ""),
        (
            "长期坚持",
            "限期整改",
            (None, "by_date"),
            "D2 的整改类型是“限期整改”，时限写的是“长期坚持”。已按类型读取，请核对。",
        ),
        (
            "2026-06-30",
            "尽快",
            (dt.date(2026, 6, 30), "by_date"),
            "D2 的整改类型“尽快”认不出来。请写立行立改、限期整改或长期坚持。",
        ),
    ],
)
def test_how_a_measure_is_due_may_have_a_column_of_its_own(
    deadline: str, kind: str, expected: tuple[dt.date | None, str], told: str
) -> None:
    (row,) = ledger(
        ["反馈问题", "整改措施", "整改时限", "整改类型"], ["账物不符", "盘点", deadline, kind]
    ).rows
    assert (row.deadline.value, row.deadline.kind) == expected
    assert [str(one.message) for one in row.problems] == ([told] if told else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("经济、农业委", ("经济、农业委",)),
        ("办公室、经济、农业委；提案委", ("办公室", "经济、农业委", "提案委")),
        ("经济，农业委", ("经济", "农业委")),
        ("、办公室、", ("办公室",)),
    ],
)
def test_a_known_name_that_holds_a_separator_stays_whole(text: str, found: tuple[str, ...]) -> None:
    assert names(text, ("经济、农业委", "办公室")) == found


def test_departments_known_by_name_are_not_taken_apart() -> None:
    read = ledger(
        ["序号", "反馈问题", "整改措施", "牵头单位", "配合单位"],
        ["1", "账物不符", "盘点", "经济、农业委", "办公室、提案委"],
        known=("经济、农业委",),
    )
    (row,) = read.rows
    assert (row.lead_department, row.supporting_departments) == ("经济、农业委", ("办公室", "提案委"))


def test_a_header_printed_again_is_no_row_and_a_numbered_row_is_no_header() -> None:
    header = ["序号", "反馈问题", "整改措施", "责任人"]
    read = ledger(header, ["1", "问题", "措施", "备注"], header, ["2", "账物不符", "盘点", "曹云"])
    assert [(row.finding_number, row.finding, row.measure) for row in read.rows] == [
        (1, "问题", "措施"),
        (2, "账物不符", "盘点"),
    ]

"""The ledger and the three lists as Excel: what is shown is what comes out, as an office hangs it."""

import datetime as dt
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from xiaohao.core.services import organs, records
from xiaohao.reading import as_json, read
from xiaohao.reading.files import load
from xiaohao.reading.tables import LEDGER_COLUMNS, read_ledger
from xiaohao.reading.tables.columns import field_of
from xiaohao.rectification.columns import COLUMNS, LEDGER
from xiaohao.rectification.lists import LISTS
from xiaohao.rectification.models import Area, Finding, Inspection, Kind, Measure, State
from xiaohao.rectification.sheets import ledger_file


@pytest.fixture
def ledger(organ, make_finding, make_measure) -> None:
    office = organs.add_department(organ=organ, name="办公室", by=None)
    lead = organs.add_person(organ=organ, name="罗远", is_leader=True, by=None)
    late = make_finding(
        1, "提案办理超期", detail="三件提案超期未答复。", goal="按期答复", accountable_leader=lead
    )
    make_measure(late, 1, "修订提案办理办法", deadline=dt.date(2026, 3, 31), lead_department=office)
    make_measure(late, 2, "逐件销账", kind=Kind.AT_ONCE, progress="已答复两件。", state=State.IN_PROGRESS)
    extended = {"deadline": dt.date(2026, 9, 30), "original_deadline": dt.date(2026, 6, 30)}
    make_measure(make_finding(2, "公务接待超标"), 1, "=SUM(A1:A3)", **extended)
    make_finding(3, "会议记录不全")


@pytest.fixture
def exported(client, clerk, ledger):
    """Give what the list exports for a query as bytes."""
    client.force_login(clerk)

    def export(query: str = "", address: str = "/findings/export/") -> bytes:
        answer = client.get(f"{address}{query}")
        return b"".join(answer.streaming_content)

    return export


def cells(data: bytes) -> list[object]:
    """Return what stands in the cells of the first sheet."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    return [cell for row in sheet.to_python() for cell in row]


def sheet_of(data: bytes):
    return load_workbook(io.BytesIO(data)).worksheets[0]


def lines(data: bytes, first: int, last: int) -> list[list[object]]:
    return [
        [cell.value for cell in row if cell.value is not None]
        for row in sheet_of(data).iter_rows(first, last)
    ]


def test_the_export_reads_back_as_the_same_ledger(exported) -> None:
    form = as_json(read(exported(), "整改台账.xlsx"))
    assert [(finding["number"], finding["title"]) for finding in form["findings"]] == [
        (1, "提案办理超期"),
        (2, "公务接待超标"),
        (3, "会议记录不全"),
    ]
    assert form["findings"][0]["measures"] == ["修订提案办理办法", "逐件销账"]
    assert form["doubts"] == []


def test_title_unit_and_day_stand_above_a_header_of_two_rows(exported) -> None:
    above = lines(exported(), 1, 4)
    assert above[0] == ["青山区政协机关巡察反馈问题整改台账"]
    assert above[1][:2] == ["填报单位：青山区政协机关", "巡察名称：2025年区委第三巡察组巡察"]
    assert above[2] == [
        *("序号", "方面", "反馈问题", "具体表现", "整改目标", "措施编号", "整改措施", "责任分工"),
        *("整改类型", "整改时限", "落实情况", "备注"),
    ]
    assert above[3] == ["责任领导", "牵头单位", "责任人", "配合单位", "进展情况", "完成情况", "佐证材料"]


def test_a_finding_stands_once_over_its_measures(exported) -> None:
    data = exported()
    assert {"A5:A6", "B5:B6", "C5:C6", "D5:D6", "E5:E6", "H5:H6"} <= set(
        map(str, sheet_of(data).merged_cells.ranges)
    )
    area = "落实决策部署方面"
    assert lines(data, 5, 8) == [
        [
            *(
                1,
                area,
                "提案办理超期",
                "三件提案超期未答复。",
                "按期答复",
                "1-1-1",
                "修订提案办理办法",
                "罗远",
            ),
            *("办公室", "限期整改", dt.datetime(2026, 3, 31), "未启动"),  # noqa: DTZ001 - as the library gives a day
        ],
        ["1-1-2", "逐件销账", "立行立改", "立行立改", "已答复两件。", "整改中"],
        [
            *(2, area, "公务接待超标", "1-2-1", "=SUM(A1:A3)", "限期整改", dt.datetime(2026, 9, 30)),  # noqa: DTZ001
            *("未启动", "经批准延期，原定2026-06-30"),
        ],
        [3, area, "会议记录不全"],
    ]


def test_text_never_becomes_a_formula(exported) -> None:
    data = exported()
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert "=SUM(A1:A3)" in cells(data)


def test_dates_stay_dates(exported) -> None:
    assert dt.date(2026, 3, 31) in cells(exported())


def test_only_what_is_shown_is_exported(exported) -> None:
    form = as_json(read(exported("?q=接待"), "整改台账.xlsx"))
    assert [finding["title"] for finding in form["findings"]] == ["公务接待超标"]


def test_people_departments_areas_and_states_are_chosen_from_lists(exported, organ) -> None:
    organs.add_person(organ=organ, name="走了", by=None)
    organ.people.filter(name="走了").update(left_on=dt.date(2025, 1, 1))
    rules = {str(one.sqref)[0]: one.formula1 for one in sheet_of(exported()).data_validations.dataValidation}
    assert {rules[column] for column in "BHIJLO"} == {
        '"落实决策部署方面"',
        '"罗远"',
        '"办公室"',
        '"林清越,罗远"',
        '"立行立改,限期整改,长期坚持"',
        '"未启动,整改中,阶段性完成,已完成待销号,已销号,长期坚持"',
    }


def test_every_column_is_known_to_the_reader_by_its_title() -> None:
    with override("zh-hans"):
        found = {name: field_of(str(COLUMNS[name].title)) for name in LEDGER}
    assert found == {name: name for name in LEDGER}


def test_the_file_is_chinese_whatever_the_page_is(exported, ledger, organ) -> None:
    with override("en"), ledger_file(Finding.objects.all(), Measure.objects.all(), organ) as stream:
        assert lines(stream.read(), 4, 4) == [
            ["责任领导", "牵头单位", "责任人", "配合单位", "进展情况", "完成情况", "佐证材料"]
        ]


def test_of_several_inspections_each_has_its_band_and_the_file_says_it_cannot_come_back(
    exported, organ, make_finding, ledger
) -> None:
    second = records.create(
        Inspection(organ=organ, number=2, title="回访"), by=None, action="inspection.created"
    )
    area = records.create(
        Area(organ=organ, inspection=second, number=1, title="方面"), by=None, action="area.created"
    )
    records.create(
        Finding(organ=organ, inspection=second, area=area, number=1, code="2-1", title="又一个问题"),
        by=None,
        action="finding.created",
    )
    data = exported()
    assert "含2次巡察。要导回系统，请先选定一次再导出。" in cells(data)
    bands = [row[0].value for row in sheet_of(data).iter_rows(5) if isinstance(row[0].value, str)]
    assert bands == ["2025年区委第三巡察组巡察", "回访"]
    assert "含2次巡察。要导回系统，请先选定一次再导出。" not in cells(exported(f"?inspection={second.pk}"))


def test_an_export_takes_as_many_queries_for_many_findings_as_for_one(
    client, clerk, make_finding, make_measure
) -> None:
    client.force_login(clerk)
    b"".join(client.get("/findings/export/"))  # asks once for what is kept from then on
    counts = []
    for number in (1, 2, 3):
        make_measure(make_finding(number), 1)
        for address in ("/findings/export/", *(f"/three-lists/export/?list={key}" for key in LISTS)):
            with CaptureQueriesContext(connection) as queries:
                b"".join(client.get(address))
            counts.append((address, len(queries)))
    assert len(set(counts)) == 4


@pytest.mark.parametrize(
    ("key", "title", "header"),
    [
        (
            "problem",
            "青山区政协机关巡察整改问题清单",
            ["序号", "方面", "反馈问题", "具体表现", "整改目标", "责任分工", "领办领导"],
        ),
        (
            "task",
            "青山区政协机关巡察整改任务清单",
            [
                "序号",
                "反馈问题",
                "整改目标",
                "措施编号",
                "整改措施",
                "整改类型",
                "整改时限",
                "完成情况",
                "备注",
            ],
        ),
        (
            "responsibility",
            "青山区政协机关巡察整改责任清单",
            ["序号", "反馈问题", "措施编号", "整改措施", "责任分工", "整改类型", "整改时限", "备注"],
        ),
    ],
)
def test_each_list_has_its_title_and_columns(exported, key: str, title: str, header: list[str]) -> None:
    data = exported(f"?list={key}", "/three-lists/export/")
    assert lines(data, 1, 1) == [[title]]
    assert lines(data, 3, 3) == [header]


def test_the_empty_ledger_looks_like_the_full_one_and_reads_back_with_every_column(exported) -> None:
    data = exported("", "/import/template/")
    assert lines(data, 1, 1) == lines(exported(), 1, 1)
    assert lines(data, 3, 4) == lines(exported(), 3, 4)
    ledger = read_ledger(load(data, "模板.xlsx").tables)
    (row,) = ledger.rows
    assert set(ledger.columns) == {*dict(LEDGER_COLUMNS), "remark"}
    assert row.supporting_departments == ("办公室", "机关党支部")
    assert row.problems == ()

"""Any ledger goes out as Excel and comes back, and what nobody touched stays as it was."""

import datetime as dt
import io
from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from xiaohao.core.models import AuditEntry, Department, Organ, Person
from xiaohao.core.services import organs
from xiaohao.core.sheets import cell_text
from xiaohao.rectification.models import Area, Finding, Inspection, Kind, Measure, State
from xiaohao.rectification.services import importing
from xiaohao.rectification.sheets import ledger_file

DEPARTMENTS = ("办公室", "提案委员会", "经济、农业委员会", "文史委")
PEOPLE = ("沈砚秋", "唐若溪", "阿不都·买买提", "欧阳静 远")
# Names of texts that are too long for a cell, and to be printed.
LONG = {"四万字": "长" * 40_000, "两万个表情": "😀" * 20_000}
NASTY = (
    *("=1+1", "+86", "-5", "@SUM(A1)", "#N/A", "TRUE", "0012", "1.50", "2026-06-30", "3", "_x0041_", "'引号"),
    *("长期坚持", "立行立改", "已销号", "序号", "措施", "一、", "落实决策部署方面", '“第一议题”"制度"'),
    *(
        "  前面有空格",
        "末尾有换行\n\n",
        "\u3000全角空格\u3000",
        "第一段\n\n第二段",
        "甲\r\n乙",
        "制\t表",
        "控\x0b制",
    ),
    *("1.修订办法\n2.建立台账", "1.只有一条", "一是学习；\n二是整改。", "甲、乙，丙；丁", *LONG),
)
WORDS = st.sampled_from(NASTY) | st.text(
    st.sampled_from("整改提案办理超期，。\n 1.a=-_"), min_size=1, max_size=30
)
TEXTS = WORDS.filter(lambda text: bool(cell_text(text).strip()))
MAYBE = st.just("") | TEXTS
SHORT = TEXTS.map(lambda text: text[:60]).filter(lambda text: bool(cell_text(text).strip()))
DAYS = st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))
ANYBODY = st.none() | st.integers(0, len(PEOPLE) + 2)
ANYWHERE = st.none() | st.integers(0, len(DEPARTMENTS) - 1)
MEASURES = st.fixed_dictionaries(
    {
        "text": TEXTS,
        "goal": MAYBE,
        "kind": st.sampled_from(Kind.values),
        "deadline": DAYS,
        "original_deadline": DAYS,
        "state": st.sampled_from(State.values),
        "progress": MAYBE,
        "evidence": MAYBE,
        "accountable_leader": ANYBODY,
        "lead_department": ANYWHERE,
        "owner": ANYBODY,
        "supporting": st.sets(st.integers(0, len(DEPARTMENTS) - 1)),
    }
)
FINDINGS = st.fixed_dictionaries(
    {
        "number": st.integers(1, 5000),
        "title": SHORT,
        "area": st.integers(0, 2),
        "detail": MAYBE,
        "goal": MAYBE,
        "accountable_leader": ANYBODY,
        "lead_department": ANYWHERE,
        "stated_status": st.sampled_from(("", "正在推进", "基本完成")),
        "measures": st.lists(MEASURES, max_size=4),
    }
)
LEDGERS = st.lists(FINDINGS, min_size=1, max_size=4, unique_by=lambda finding: finding["number"])
INVENTED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def house(organ) -> tuple[list[Person], list[Department]]:
    """People and departments, among them one who left and two of one name."""
    people = [
        organs.add_person(organ=organ, name=name, by=None) for name in (*PEOPLE, "同名", "同名", "走了")
    ]
    Person.objects.filter(pk=people[-1].pk).update(left_on=dt.date(2025, 1, 1))
    return people, [organs.add_department(organ=organ, name=name, by=None) for name in DEPARTMENTS]


def _spelt_out(row: dict) -> dict:
    long = {name: LONG[value] for name, value in row.items() if name != "title" and value in list(LONG)}
    measures = {"measures": [_spelt_out(one) for one in row["measures"]]} if "measures" in row else {}
    return row | long | measures


def build(inspection: Inspection, areas: list[str], ledger: list[dict], house) -> None:
    """Write an invented ledger into the database."""
    people, departments = house
    ledger = [_spelt_out(one) for one in ledger]

    def whom(row: dict) -> dict:
        return {
            "accountable_leader": people[row["accountable_leader"]]
            if row["accountable_leader"] is not None
            else None,
            "lead_department": departments[row["lead_department"]]
            if row["lead_department"] is not None
            else None,
        }

    stamps = {"organ": inspection.organ, "created_at": NOW, "changed_at": NOW}
    made = [
        Area.objects.create(inspection=inspection, number=n, title=title, **stamps)
        for n, title in enumerate(areas, 1)
    ]
    for one in sorted(ledger, key=lambda finding: finding["number"]):
        code = f"{inspection.number}-{one['number']}"
        plain = {name: one[name] for name in ("number", "title", "detail", "goal", "stated_status")}
        finding = Finding.objects.create(
            inspection=inspection, area=made[one["area"]], code=code, **plain, **whom(one), **stamps
        )
        for number, row in enumerate(one["measures"], start=1):
            plain = {
                name: value for name, value in row.items() if name not in (*whom(row), "owner", "supporting")
            }
            owner = people[row["owner"]] if row["owner"] is not None else None
            measure = Measure.objects.create(
                finding=finding,
                number=number,
                code=f"{code}-{number}",
                owner=owner,
                **plain,
                **whom(row),
                **stamps,
            )
            measure.supporting_departments.set(departments[place] for place in row["supporting"])


NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def everything(organ: Organ) -> dict[str, object]:
    """Return all that an import could touch."""
    supporting = Measure.supporting_departments.through.objects
    found: dict[str, object] = {
        model.__name__: list(model.objects.filter(organ=organ).order_by("pk").values())
        for model in (Inspection, Area, Finding, Measure, Person, Department)
    }
    return found | {
        "supporting": sorted(supporting.values_list("measure", "department")),
        "log": AuditEntry.objects.exclude(subject_kind="import").count(),
    }


def written(inspection: Inspection) -> bytes:
    rows = Finding.objects.filter(inspection=inspection), Measure.objects.filter(organ=inspection.organ)
    with ledger_file(*rows, inspection.organ) as stream:
        return stream.read()


@dataclass
class Told:
    """What the preview says of a file."""

    numbers: list[int]
    doubts: list[dict[str, str]]
    unknown: object
    differences: dict[int, importing.Difference]


def brought_back(data: bytes, organ: Organ, by, *, take_progress: bool = False):
    """Read a file, look at what it would change, and do it; return what was told."""
    draft = importing.keep(organ=organ, file=io.BytesIO(data), name="整改台账.xlsx", by=by)
    content = importing.content_of_draft(draft)
    names = importing.Names.of(organ)
    inspection = importing.existing_inspection(organ, content, draft.file_hash)
    assert inspection is not None
    differences = importing.differences(inspection, content.findings, names)
    told = Told(
        numbers=[finding.number for finding in content.findings],
        doubts=content.doubts,
        unknown=importing.unknown_names(content, names),
        differences={number: one for number, one in differences.items() if one != importing.Difference()},
    )
    importing.write(draft=draft, by=by, into=inspection, create_missing=True, take_progress=take_progress)
    return told


@INVENTED
@given(
    ledger=LEDGERS,
    areas=st.lists(SHORT, min_size=3, max_size=3, unique_by=lambda text: cell_text(text).strip()),
    take_progress=st.booleans(),
)
def test_a_ledger_nobody_touched_comes_back_and_changes_nothing(
    inspection, clerk, house, ledger, areas, take_progress
) -> None:
    with transaction.atomic():
        build(inspection, areas, ledger, house)
        before = everything(inspection.organ)
        data = written(inspection)
        told = brought_back(data, inspection.organ, clerk, take_progress=take_progress)
        assert told.numbers == sorted(one["number"] for one in ledger)
        assert told.doubts == []
        assert (told.unknown.departments, told.unknown.people) == ([], [])
        assert told.differences == {}
        assert everything(inspection.organ) == before
        transaction.set_rollback(True)


TYPED = st.sampled_from(
    ("补齐会议记录", "-5", "0012", "第一段\n第二段", "制定范本，逐件核对", "长期坚持", "“引号”")
)
BELOW = st.lists(
    st.tuples(TYPED, st.lists(st.tuples(TYPED, st.sampled_from(PEOPLE)), min_size=1, max_size=3)),
    min_size=1,
    max_size=3,
)


def filled_in(data: bytes, first_number: int, below: list) -> bytes:
    """Return a ledger with findings and measures below the last row, as a person writes them."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    titles = {cell.value: cell.column for row in sheet.iter_rows(3, 4) for cell in row if cell.value}
    row = sheet.max_row
    for number, (title, measures) in enumerate(below, start=first_number):
        for place, (text, owner) in enumerate(measures):
            row += 1
            written_by_hand = {"整改措施": text, "责任人": owner}
            if not place:
                written_by_hand |= {"序号": number, "反馈问题": title}
            for name, content in written_by_hand.items():
                sheet.cell(row, titles[name]).value = content
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@settings(INVENTED, max_examples=20)
@given(ledger=LEDGERS, below=BELOW)
def test_what_is_filled_in_below_is_added_as_it_was_written_and_nothing_else_changes(
    inspection, clerk, house, ledger, below
) -> None:
    first = max(one["number"] for one in ledger) + 1
    with transaction.atomic():
        build(inspection, ["甲", "乙", "丙"], ledger, house)
        before = everything(inspection.organ)
        told = brought_back(filled_in(written(inspection), first, below), inspection.organ, clerk)
        assert told.doubts == []
        assert told.differences == {
            number: importing.Difference(new=True) for number in range(first, first + len(below))
        }
        after = everything(inspection.organ)
        for name in ("Finding", "Measure", "Person", "Department"):
            assert after[name][: len(before[name])] == before[name]
        new = Measure.objects.filter(finding__number__gte=first).order_by("finding__number", "number")
        assert [(one.finding.title, one.text, one.owner.name) for one in new] == [
            (title, text, owner) for title, measures in below for text, owner in measures
        ]
        transaction.set_rollback(True)

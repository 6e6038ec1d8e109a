"""From a file to a ledger, and again."""

import dataclasses
import io
from pathlib import Path

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError

from xiaohao.core.models import AuditEntry, Department, Person
from xiaohao.core.services import audit
from xiaohao.reading import read
from xiaohao.rectification.models import Finding, ImportDraft, Inspection, Kind, Measure, State
from xiaohao.rectification.services import importing, measures, search
from xiaohao.rectification.services.importing import drafts
from xiaohao.rectification.services.importing.reading import state_of

REAL = Path(__file__).parents[4] / "shared" / "samples" / "real-notice-1.txt"
HEADER = ["序号", "反馈问题", "整改措施", "牵头单位", "责任人", "整改时限", "进展情况", "完成情况"]
ROWS = (
    ["1", "提案办理超期", "修订办法", "提案委", "唐溪", "2025-06-30", "已印发", "已销号"],
    ["", "", "建立台账", "提案委", "唐溪", "长期坚持", "", "长期坚持"],
    ["2", "公务卡使用不规范", "公布目录", "财务室", "曹云", "立行立改", "已公布", "已完成"],
)


def ledger(*rows: list[str]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    for number, row in enumerate([HEADER, *rows]):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
    book.close()
    return stream.getvalue()


@pytest.fixture
def content():
    return importing.content_of(read(ledger(*ROWS), "台账.xlsx"))


def test_a_ledger_becomes_findings_and_measures_with_codes_names_and_states(content, organ, clerk) -> None:
    importing.confirm(content=content, organ=organ, by=clerk, create_missing=True)

    rows = Measure.objects.order_by("finding__number", "number")
    assert [(row.code, row.text, str(row.owner), row.kind, row.state) for row in rows] == [
        ("1-1-1", "修订办法", "唐溪", Kind.BY_DATE, State.CLOSED),
        ("1-1-2", "建立台账", "唐溪", Kind.STANDING, State.STANDING),
        ("1-2-1", "公布目录", "曹云", Kind.AT_ONCE, State.COMPLETED),
    ]
    assert [(row.code, row.state) for row in Finding.objects.order_by("number")] == [
        ("1-1", State.STANDING),
        ("1-2", State.COMPLETED),
    ]
    assert [row.number for row in search.matching(Finding.objects.all(), "公务卡")] == [2]
    assert list(audit.verify()) == []


def test_unknown_names_are_offered_and_created_only_when_agreed(content, organ, clerk) -> None:
    unknown = importing.unknown_names(content, importing.Names.of(organ))
    assert (unknown.departments, unknown.people) == (["提案委", "财务室"], ["唐溪", "曹云"])

    importing.confirm(content=content, organ=organ, by=clerk, create_missing=False)
    assert not Department.objects.exists()
    assert not Person.objects.filter(name="唐溪").exists()
    assert {row.owner for row in Measure.objects.all()} == {None}


def test_the_same_file_again_updates_and_never_doubles(content, organ, clerk) -> None:
    inspection = importing.confirm(
        content=content, organ=organ, by=clerk, create_missing=True, source_hash="abc"
    )
    entries = AuditEntry.objects.count()

    assert importing.existing_inspection(organ, content, "abc") == inspection
    importing.update(inspection=inspection, content=content, by=clerk, create_missing=True)

    assert (Inspection.objects.count(), Finding.objects.count(), Measure.objects.count()) == (1, 2, 3)
    assert AuditEntry.objects.count() == entries


def test_an_update_takes_new_rows_and_leaves_what_was_reported_meanwhile(content, organ, clerk) -> None:
    inspection = importing.confirm(content=content, organ=organ, by=clerk, create_missing=True)
    measure = Measure.objects.get(code="1-2-1")
    said = measures.Report("又核对一遍", State.PHASED)
    measures.report(measure=measure, said=said, by=clerk, expected_version=1)
    newer = ["3", "合同手续不全", "制定范本", "", "", "2025-02-28", "", ""]
    changed = ["2", "公务卡使用不规范", "公布并解释目录", "财务室", "曹云", "立行立改", "已公布", "已完成"]
    again = importing.content_of(read(ledger(*ROWS[:2], changed, newer), "台账.xlsx"))

    importing.update(inspection=inspection, content=again, by=clerk, create_missing=True)

    measure.refresh_from_db()
    assert (measure.text, measure.progress, measure.state) == ("公布并解释目录", "又核对一遍", State.PHASED)
    assert Finding.objects.count() == 3


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (lambda content: content.findings.clear(), "没有一个问题"),
        (lambda content: setattr(content.findings[1], "number", 1), "序号 1 用了不止一次"),
        (lambda content: setattr(content.findings[0], "title", " "), "问题 1 没有标题"),
        (lambda content: setattr(content.findings[0].measures[0], "deadline", "2025-02-30"), "不是日期"),
        (lambda content: content.facts.update(feedback_on="去年四月"), "“去年四月”不是日期"),
    ],
)
def test_what_cannot_become_a_ledger_is_refused_and_leaves_nothing(
    content, organ, clerk, fault, sentence
) -> None:
    fault(content)
    entries = AuditEntry.objects.count()
    with pytest.raises(ValidationError, match=sentence):
        importing.confirm(content=content, organ=organ, by=clerk, create_missing=True)
    assert (Inspection.objects.count(), Person.objects.count()) == (0, 1)
    assert AuditEntry.objects.count() == entries


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("已完成", State.COMPLETED),
        ("整改完成", State.COMPLETED),
        ("未完成", State.IN_PROGRESS),
        ("基本完成", State.PHASED),
        ("取得阶段性成果并持续整改", State.PHASED),
        ("正在整改", State.IN_PROGRESS),
        ("长期坚持", State.STANDING),
        ("已销号", State.CLOSED),
        ("尚未启动", State.NOT_STARTED),
        ("其他", None),
    ],
)
def test_status_words(words: str, state: State | None) -> None:
    assert state_of(words) == state


@pytest.mark.skipif(not REAL.exists(), reason="the real notice is not here")
def test_the_real_notice_becomes_three_areas_and_twelve_findings(organ, clerk) -> None:
    content = importing.content_of(read(REAL.read_bytes(), REAL.name))
    inspection = importing.confirm(content=content, organ=organ, by=clerk, create_missing=True)
    assert inspection.areas.count() == 3
    assert list(inspection.findings.values_list("number", flat=True)) == list(range(1, 13))
    assert inspection.findings.get(number=3).measures.count() == 3


def test_content_survives_its_way_through_a_draft(content, organ, clerk, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    draft = importing.keep(organ=organ, file=io.BytesIO(ledger(*ROWS)), name="台账.xlsx", by=clerk)
    kept = importing.content_of_draft(draft)
    assert list(kept.findings) == content.findings
    assert (draft.finding_count, draft.measure_count) == (2, 3)
    assert dataclasses.replace(kept, findings=[]) == dataclasses.replace(content, findings=[])


def test_a_file_that_breaks_half_way_leaves_neither_rows_nor_a_file(
    organ, clerk, settings, tmp_path, monkeypatch
) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(drafts, "_shorten_doubts", lambda _content: 1 / 0)
    entries = AuditEntry.objects.count()
    with pytest.raises(ZeroDivisionError):
        importing.keep(organ=organ, file=io.BytesIO(ledger(*ROWS)), name="台账.xlsx", by=clerk)
    assert not ImportDraft.objects.exists()
    assert AuditEntry.objects.count() == entries
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_update_finds_a_measure_by_its_words_when_it_moved(content, organ, clerk) -> None:
    inspection = importing.confirm(content=content, organ=organ, by=clerk, create_missing=True)
    swapped = [["1", "提案办理超期", "建立台账", "提案委", "唐溪", "长期坚持", "", ""], ROWS[0][:]]
    swapped[1][:2] = ["", ""]
    again = importing.content_of(read(ledger(*swapped), "台账.xlsx"))
    importing.update(inspection=inspection, content=again, by=clerk, create_missing=True)
    rows = Measure.objects.filter(finding__number=1).order_by("number")
    assert [(row.code, row.text) for row in rows] == [("1-1-1", "修订办法"), ("1-1-2", "建立台账")]


def test_differences_show_old_and_new_before_anything_is_written(content, organ, clerk) -> None:
    inspection = importing.confirm(content=content, organ=organ, by=clerk, create_missing=True)
    changed = ["1", "提案办理超期", "修订办法", "提案委", "唐溪", "2025-07-31", "已印发", "已销号"]
    newer = ["3", "合同手续不全", "制定范本", "", "", "2025-02-28", "", ""]
    again = importing.content_of(read(ledger(changed, *ROWS[1:], newer), "台账.xlsx"))
    found = importing.differences(inspection, again.findings, importing.Names.of(organ))
    assert [(one.subject, one.label, str(one.old), str(one.new)) for one in found[1].changes] == [
        ("1-1-1", "整改时限", "2025-06-30", "2025-07-31")
    ]
    assert (found[2].changes, found[2].new, found[3].new) == ([], False, True)


def test_a_ledger_of_many_rows_comes_through_whole_and_tells_its_progress(
    organ, clerk, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    rows = [
        [str(number), f"问题{number}", f"措施{number}", "", "", "2025-06-30", "", ""]
        for number in range(1, 2502)
    ]
    told: list[tuple[int, int]] = []
    draft = importing.keep(
        organ=organ,
        file=io.BytesIO(ledger(*rows)),
        name="台账.xlsx",
        by=clerk,
        report=lambda done, total: told.append((done, total)),
    )
    assert [done for done, _total in told] == [500, 1000, 1500, 2000, 2500, 2501]
    told.clear()
    importing.write(
        draft=draft,
        by=clerk,
        into=None,
        create_missing=False,
        report=lambda done, total: told.append((done, total)),
    )
    assert told == [(1000, 2501), (2000, 2501), (2501, 2501)]
    assert Measure.objects.count() == 2501
    assert list(audit.verify()) == []

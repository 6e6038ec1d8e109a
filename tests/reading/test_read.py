"""A file in, plain data out; and the command around it."""

import argparse
import io
import json
from pathlib import Path

import docx
import pytest
import xlsxwriter

from xiaohao.cli import read as command
from xiaohao.reading import Unreadable, as_json, read

SAMPLE = Path(__file__).parents[1] / "samples" / "notices" / "layout-2-state-labels.txt"

KEYS = [
    *("inspected_unit", "inspecting_body", "inspected_from", "inspected_to", "feedback_on"),
    *("open_from", "open_to", "contact_phone", "signed_by", "signed_on"),
    *("sections", "responsibility", "areas", "findings", "next_steps", "statistics", "repairs", "doubts"),
]
LEDGER = [
    ["类别", "序号", "反馈问题", "整改措施", "责任领导", "牵头科室", "完成时限", "整改状态"],
    ["财务管理方面", "1", "报销审核不严", "修订报销办法", "李某", "财务科", "2025-06-30", "已完成"],
    ["", "", "", "开展自查", "李某", "财务科", "2025-07-31", "整改中"],
    ["党建方面", "2", "学习记录不全", "补齐记录", "王某", "办公室", "2025-05-31", "已完成"],
]


def workbook() -> bytes:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        sheet = book.add_worksheet("台账")
        for number, row in enumerate(LEDGER):
            sheet.write_row(number, 0, row)
    return memory.getvalue()


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    parsed = parser.parse_args(["read", *arguments])
    return int(parsed.run(parsed))


def test_a_text_file_and_a_word_file_give_the_same_reading() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    memory = io.BytesIO()
    document.save(memory)
    from_text = as_json(read(text.encode("gb18030"), "通报.txt"))
    assert as_json(read(memory.getvalue(), "通报.docx")) == from_text
    assert list(from_text) == KEYS


def test_a_spreadsheet_is_read_as_a_ledger() -> None:
    form = as_json(read(workbook(), "台账.xlsx"))
    assert sorted(form) == sorted(KEYS)
    assert form["areas"] == [
        {"title": "财务管理方面", "findings": [1]},
        {"title": "党建方面", "findings": [2]},
    ]
    findings = form["findings"]
    assert isinstance(findings, list)
    assert [(one["number"], one["title"], one["measures"]) for one in findings] == [
        (1, "报销审核不严", ["修订报销办法", "开展自查"]),
        (2, "学习记录不全", ["补齐记录"]),
    ]


def test_a_file_that_holds_nothing_readable_is_refused() -> None:
    with pytest.raises(Unreadable):
        read(bytes(range(256)), "照片.bin")


def test_the_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(SAMPLE), "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(SAMPLE.with_suffix(".json").read_text(encoding="utf-8"))


def test_the_command_tells_a_person_what_it_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(SAMPLE)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["被巡察单位：青禾街道党工委", "巡察组：区委第五巡察组", "巡察开始：2023-09-11"]
    assert "  1. 社区网格化管理不够精细（已完成）" in lines
    assert lines[-1] == "修复：0处"


def test_the_command_shows_a_ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(workbook())
    assert run(str(path)) == 0
    assert capsys.readouterr().out.splitlines()[:2] == ["台账：2个问题", "  1. 报销审核不严"]


def test_the_command_says_why_a_file_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "照片.bin"
    path.write_bytes(bytes(range(256)))
    assert run(str(path)) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "照片.bin" in captured.err
    assert run(str(tmp_path / "没有.txt")) == 1
    assert capsys.readouterr().err.endswith("没有.txt”这个文件。\n")

"""``xiaohao read FILE``: read a notice or a ledger and show what was understood, repaired and doubted."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xiaohao.reading import Reading
    from xiaohao.reading.notice import Finding, Notice

FACT_NAMES = {
    "inspected_unit": "被巡察单位",
    "inspecting_body": "巡察组",
    "inspected_from": "巡察开始",
    "inspected_to": "巡察结束",
    "feedback_on": "反馈日期",
    "open_from": "公开开始",
    "open_to": "公开结束",
    "contact_phone": "联系电话",
    "signed_by": "落款单位",
    "signed_on": "落款日期",
}
FIELD_NAMES = FACT_NAMES | {
    "sections": "部分",
    "responsibility": "履行整改责任",
    "findings": "问题",
    "next_steps": "下一步",
    "statistics": "统计",
    "text": "正文",
}
CERTAINTIES = {"certain": "", "likely": "（推断）", "unsure": "（存疑）"}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``read`` to the command."""
    parser = subparsers.add_parser("read", help="读取整改通报或者台账，显示读出的内容、修复和疑问")
    parser.add_argument("file", metavar="文件", help="通报或者台账文件")
    parser.add_argument("--json", action="store_true", help="输出JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read the file and print it; 1 if it cannot be read, with the reason on standard error."""
    from xiaohao.reading import Unreadable, as_json, read

    path = Path(arguments.file)
    try:
        reading = read(path.read_bytes(), path.name)
    except FileNotFoundError:
        print(f"没有“{path}”这个文件。", file=sys.stderr)
        return 1
    except OSError:
        print(f"打不开“{path}”，请检查它是不是文件、有没有读取权限。", file=sys.stderr)
        return 1
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 1
    if arguments.json:
        print(json.dumps(as_json(reading), ensure_ascii=False, indent=1))
    else:
        print("\n".join(summary(reading)))
    return 0


def summary(reading: "Reading") -> Iterator[str]:
    """The reading in Chinese, line by line."""
    from xiaohao.reading import as_json

    if reading.notice is not None:
        yield from _notice_lines(reading.notice)
    else:
        form = as_json(reading)
        findings = form["findings"]
        assert isinstance(findings, list)  # noqa: S101  (as_json always gives a list here)
        yield f"台账：{len(findings)}个问题"
        yield from (f"  {finding['number']}. {finding['title']}" for finding in findings)
        yield from _doubt_lines(form["doubts"])
    yield from _repair_lines(reading)


def _notice_lines(notice: "Notice") -> Iterator[str]:
    for name, label in FACT_NAMES.items():
        fact = getattr(notice, name)
        yield f"{label}：{fact.value}{CERTAINTIES[fact.certainty]}" if fact else f"{label}：未写明"
    for label, titles in (
        ("部分", notice.sections),
        ("履行整改责任", notice.responsibility),
        ("下一步", notice.next_steps),
    ):
        if titles:
            yield f"{label}：" + "；".join(titles)
    if notice.statistics:
        yield "统计：" + "；".join(f"{one.label}{one.value}{one.unit}" for one in notice.statistics)
    yield f"问题：{len(notice.findings)}个"
    areas = {area.findings[0]: area.title for area in notice.areas if area.findings}
    for finding in notice.findings:
        if finding.number in areas:
            yield f"【{areas[finding.number]}】"
        yield from _finding_lines(finding)
    yield from _doubt_lines([{"field": d.field, "text": d.text, "why": d.why} for d in notice.doubts])


def _finding_lines(finding: "Finding") -> Iterator[str]:
    status = f"（{finding.status}）" if finding.status else ""
    yield f"  {finding.number}. {finding.title}{status}"
    if finding.measures:
        yield f"     措施{len(finding.measures)}条"
    if finding.figures:
        yield "     数字：" + "；".join(f"{one.label}{one.value}{one.unit}" for one in finding.figures)


def _doubt_lines(doubts: object) -> Iterator[str]:
    assert isinstance(doubts, list)  # noqa: S101  (as_json always gives a list here)
    yield f"疑问：{len(doubts)}处"
    for doubt in doubts:
        name = FIELD_NAMES.get(doubt["field"], doubt["field"])
        yield f"  {name}：{doubt['why']}" + (f"（“{doubt['text']}”）" if doubt["text"] else "")


def _repair_lines(reading: "Reading") -> Iterator[str]:
    yield f"修复：{len(reading.repairs)}处"
    for repair in reading.repairs:
        if repair.kind.startswith("shifted"):
            yield f"  {repair.before} → {repair.after}"

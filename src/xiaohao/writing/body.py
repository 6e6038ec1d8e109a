"""The body of a document as paragraphs: what each line is follows from its numbering and place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from xiaohao.writing.figures import TOKEN

NUMERAL = "[一二三四五六七八九十百]{1,5}"
# What was counted by hand: digits with a measure word. Dates, document numbers and plan numbers have none.
TYPED = re.compile(
    r"(?<![\d.年月第〕])\d[\d,]*(?:\.\d+)?(?:余)?(?:%|％|‰|个|条|项|次|件|人|万元|亿元|元|名|篇|场|家|份|批)"
)
GAP = re.compile(r"〔待补：[^〕\n]*〕")
DATE = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日$")
MARKED = re.compile(f"{TOKEN.pattern}|{GAP.pattern}|{TYPED.pattern}")


class Level(Enum):
    """What a paragraph is in an official document (GB/T 9704-2012, 7.3)."""

    ADDRESSEE = "addressee"  # 主送机关
    SECTION = "section"  # 一、
    PART = "part"  # （一）
    ITEM = "item"  # 1.
    POINT = "point"  # （1）
    TEXT = "text"
    ATTACHMENT = "attachment"  # 附件：
    SIGNED = "signed"  # 发文机关署名
    DATED = "dated"  # 成文日期


class Mark(Enum):
    """What a stretch of text is beside its words."""

    PLAIN = "plain"
    FIGURE = "figure"  # counted by an indicator
    TYPED = "typed"  # a number somebody wrote
    GAP = "gap"  # still to be filled in


@dataclass(frozen=True)
class Run:
    text: str
    mark: Mark = Mark.PLAIN
    key: str = ""  # the indicator of a figure


@dataclass(frozen=True)
class Paragraph:
    """``heading`` is how many characters of a numbered paragraph are its heading: to the first 。"""

    level: Level
    runs: tuple[Run, ...]
    heading: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


NUMBERED = (
    (re.compile(f"^{NUMERAL}、"), Level.SECTION),
    (re.compile(f"^（{NUMERAL}）"), Level.PART),
    (re.compile(r"^\d{1,3}[.．](?!\d)"), Level.ITEM),
    (re.compile(r"^（\d{1,2}）"), Level.POINT),
)


def paragraphs(body: str) -> list[Paragraph]:
    """Return the paragraphs of a body, empty lines left out."""
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    return [_paragraph(line, _level(lines, place)) for place, line in enumerate(lines)]


def gaps(body: str) -> list[str]:
    """Return what is still lacking, as marked in the text."""
    return GAP.findall(body)


def _level(lines: list[str], place: int) -> Level:
    line, last = lines[place], len(lines) - 1
    if place == last and DATE.match(line):
        return Level.DATED
    if place == last - 1 and DATE.match(lines[last]) and not line.endswith(("。", "；", "：")):
        return Level.SIGNED
    if place == 0 and line.endswith(("：", ":")) and "。" not in line:
        return Level.ADDRESSEE
    if line.startswith("附件：") or (place and lines[place - 1].startswith("附件：") and line[:1].isdigit()):
        return Level.ATTACHMENT
    return next((level for pattern, level in NUMBERED if pattern.match(line)), Level.TEXT)


def _paragraph(line: str, level: Level) -> Paragraph:
    runs = tuple(_runs(line))
    return Paragraph(level, runs, _heading("".join(run.text for run in runs), level))


def _heading(text: str, level: Level) -> int:
    if level == Level.SECTION:
        return len(text)
    if level not in {Level.PART, Level.ITEM}:
        return 0
    end = text.find("。")
    return len(text) if end < 0 else end + 1


def _runs(line: str) -> Iterator[Run]:
    at = 0
    for found in MARKED.finditer(line):
        if found.start() > at:
            yield Run(line[at : found.start()])
        at = found.end()
        if found.group(2):
            yield Run(found.group(1), Mark.FIGURE, found.group(2))
        else:
            yield Run(found.group(0), Mark.GAP if found.group(0).startswith("〔") else Mark.TYPED)
    if at < len(line):
        yield Run(line[at:])

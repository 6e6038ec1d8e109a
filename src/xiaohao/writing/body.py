"""The body of a document as blocks: what each line is follows from its numbering and place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from xiaohao.ledger.indicators import INDICATORS
from xiaohao.lib.plain_text import without_controls
from xiaohao.writing import tables
from xiaohao.writing.figures import TOKEN
from xiaohao.writing.typed import IN_A_ROW, TYPED

NUMERAL = "[一二三四五六七八九十百]{1,5}"
GAP = re.compile(r"〔待补：[^〔〕\n]*〕")
# Stands for 成文日期, the day of the signature (党政机关公文处理工作条例, art. 9), until there is one.
SIGNED_ON = "〔签发日期〕"
DATE = re.compile(rf"^(?:\d{{4}}年\d{{1,2}}月\d{{1,2}}日|{SIGNED_ON})$")
NOTE = re.compile(r"^（[^（）]*）$")
ANNEX = re.compile(r"^附件\d{0,2}$")
LONGEST_BODY = 500_000  # characters
LIST = re.compile(r"^〔附表：([^〕\n]{1,40})〕$")
MARKED = re.compile(f"{TOKEN.pattern}|{GAP.pattern}|{TYPED.pattern}")


class Level(Enum):
    """What a paragraph is in an official document (GB/T 9704-2012, 7.3 and 7.4)."""

    ADDRESSEE = "addressee"  # 主送机关
    SECTION = "section"  # 一、
    PART = "part"  # （一）
    ITEM = "item"  # 1.
    POINT = "point"  # （1）
    TEXT = "text"
    ATTACHMENT = "attachment"  # 附件说明：附件：1.…
    SIGNED = "signed"  # 发文机关署名
    DATED = "dated"  # 成文日期
    NOTE = "note"  # 附注
    ANNEX = "annex"  # 附件1: what is attached begins here, on a new page
    ANNEX_TITLE = "annex_title"
    LIST = "list"  # 〔附表：问题清单〕: a list taken from the records
    ROW = "row"  # a line of a table


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

    @property
    def is_heading(self) -> bool:
        """Tell whether there is nothing but a heading."""
        return 0 < self.heading == len(self.text)

    @property
    def halves(self) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
        """Return the runs of the heading and those after it; a run that goes across is cut."""
        heading, rest, left = [], [], self.heading
        for run in self.runs:
            cut = max(0, min(left, len(run.text)))
            heading.append(Run(run.text[:cut], run.mark, run.key))
            rest.append(Run(run.text[cut:], run.mark, run.key))
            left -= len(run.text)
        return tuple(run for run in heading if run.text), tuple(run for run in rest if run.text)


Cell = tuple[Run, ...]


@dataclass(frozen=True)
class Table:
    """A table: relative widths, the cells of the head (none in a form) and of the rows.

    ``title`` names the list it was taken from; empty for a table written in the body.
    """

    widths: tuple[int, ...]
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


Block = Paragraph | Table
NUMBERED = (
    (re.compile(f"^{NUMERAL}、"), Level.SECTION),
    (re.compile(f"^（{NUMERAL}）"), Level.PART),
    (re.compile(r"^\d{1,3}[.．](?!\d)"), Level.ITEM),
    (re.compile(r"^（\d{1,2}）"), Level.POINT),
)


def paragraphs(body: str) -> list[Paragraph]:
    """Return the paragraphs of a body, empty lines left out; the rows of a table are paragraphs too."""
    lines = [line.strip() for line in without_controls(body).splitlines() if line.strip()]
    end, level = _end(lines), Level.TEXT
    found = []
    for place, line in enumerate(lines):
        level = _level(lines, place, end, level)
        found.append(_paragraph(line, level))
    return found


def blocks(body: str, lists: Mapping[str, Sequence[str]] | None = None) -> list[Block]:
    """Return paragraphs and tables; ``lists`` has the lines of each list the body may name."""
    found: list[Block] = []
    rows: list[str] = []
    for paragraph in paragraphs(body):
        if paragraph.level == Level.ROW:
            rows.append(_line(paragraph))
            continue
        found += _tables(rows)
        rows = []
        named = LIST.match(paragraph.text) if paragraph.level == Level.LIST else None
        lines = (lists or {}).get(named[1]) if named else None
        found += _tables(lines, named[1]) if named and lines is not None else [paragraph]
    return [*found, *_tables(rows)]


def gaps(body: str) -> list[str]:
    """Return what is still lacking, as marked in the text."""
    return GAP.findall(body)


def lists_named(body: str) -> list[str]:
    """Return the lists the body names, in their order."""
    named = (LIST.match(line.strip()) for line in body.splitlines())
    return [found[1] for found in named if found]


def with_lists(body: str, lists: Mapping[str, Sequence[str]]) -> str:
    """Return a body with the lines of each list it names in place of the name."""
    lines: list[str] = []
    for line in body.splitlines():
        named = LIST.match(line.strip())
        lines += lists[named[1]] if named and named[1] in lists else [line]
    return "\n".join(lines)


def _tables(lines: Sequence[str], title: str = "") -> list[Block]:
    return [
        Table(
            one.widths,
            tuple(_cell(text) for text in one.head),
            tuple(tuple(_cell(text) for text in row) for row in one.rows),
            title,
        )
        for one in tables.read(lines)
    ]


def _cell(text: str) -> Cell:
    return tuple(_runs(text.replace(tables.BREAK, "\n")))


def _line(row: Paragraph) -> str:
    """Return a row as it was written, its figures as tokens."""
    return "".join(f"[[{run.text}|{run.key}]]" if run.key else run.text for run in row.runs)


def _end(lines: Sequence[str]) -> int:
    """Return the place of the last line before what is attached."""
    first = next((place for place, line in enumerate(lines) if ANNEX.match(line)), len(lines))
    return first - 1


def _level(lines: Sequence[str], place: int, end: int, before: Level) -> Level:
    """Return what a line is; ``before`` is what the line before it is."""
    line = lines[place]
    if tables.is_row(line):
        return Level.ROW
    if LIST.match(line):
        return Level.LIST
    special = _attached(line, before) if place > end else _ending(lines, place, end)
    return special or _numbered(line, place, before)


def _attached(line: str, before: Level) -> Level | None:
    """Return what a line after the sign-off is, where it begins something attached."""
    if ANNEX.match(line):
        return Level.ANNEX
    return Level.ANNEX_TITLE if before == Level.ANNEX else None


def _numbered(line: str, place: int, before: Level) -> Level:
    if place == 0 and line.endswith(("：", ":")) and "。" not in line:
        return Level.ADDRESSEE
    if line.startswith("附件：") or (before == Level.ATTACHMENT and line[:1].isdigit()):
        return Level.ATTACHMENT
    return next((level for pattern, level in NUMBERED if pattern.match(line)), Level.TEXT)


def _ending(lines: Sequence[str], place: int, end: int) -> Level | None:
    """Return what a line of the sign-off is: organ, date, and a note in brackets below the date."""
    dated = end - 1 if end > 0 and NOTE.match(lines[end]) and DATE.match(lines[end - 1]) else end
    if dated < 0 or not DATE.match(lines[dated]):
        return None
    if place == dated:
        return Level.DATED
    if place == dated + 1:
        return Level.NOTE
    if place == dated - 1 and not lines[place].endswith(("。", "；", "：")):
        return Level.SIGNED
    return None


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
        if found.group().startswith(IN_A_ROW):
            continue
        if found.start() > at:
            yield Run(line[at : found.start()])
        at = found.end()
        key = found.group(2)
        if key:  # a figure of an indicator there is none of is what somebody typed
            yield Run(found.group(1), Mark.FIGURE if key in INDICATORS else Mark.TYPED, key)
        else:
            yield Run(found.group(0), Mark.GAP if found.group(0).startswith("〔") else Mark.TYPED)
    if at < len(line):
        yield Run(line[at:])

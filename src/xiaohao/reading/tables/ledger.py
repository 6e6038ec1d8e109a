"""Reading a ledger: find the header, then give one row per measure while the file is read."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from xiaohao.lib.messages import Message
from xiaohao.reading.files.document import Cell, Row, Table
from xiaohao.reading.files.spreadsheet import column_name
from xiaohao.reading.outline import NUMERALS, numeral
from xiaohao.reading.problems import Unreadable
from xiaohao.reading.tables.columns import ESSENTIAL, LEDGER_COLUMNS, is_header, mapping_of
from xiaohao.reading.tables.row import CellProblem, Deadline, LedgerRow, read_deadline, with_kind

HEADER_ROWS = 20  # title, organ and date stand above the header
SPLIT = re.compile(r"(?:^|\n)\s*(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[一二三四五六七八九十]是)\s*")
AREA = re.compile(r"^[一二三四五六七八九十]+、|^[（(][一二三四五六七八九十]+[）)]|方面$")
SEPARATOR = re.compile(r"([、，,；;\n]+)")
CODE = re.compile(r"\d+-\d+-\d+")
HEAD = re.compile(r"(填报单位|巡察名称)\s*[:：]\s*(.+)", re.DOTALL)


@dataclass
class Ledger:
    """A ledger file. ``rows`` may be read once; ``row_count`` is an upper bound for showing progress.

    ``head`` is what stands above the header as 填报单位：… and 巡察名称：….
    """

    columns: dict[str, tuple[str, str]]  # field → column letters and the header as written
    rows: Iterator[LedgerRow]
    row_count: int
    missing: tuple[str, ...] = field(default=())
    head: dict[str, str] = field(default_factory=dict)


def read_ledger(tables: Iterable[Table], known: Collection[str] = ()) -> Ledger:
    """Return the first table that has the header of a ledger. Raises ``Unreadable`` when none has.

    ``known`` are names of people and departments that stay whole though they hold a separator.
    """
    for table in tables:
        source = iter(table.rows)
        top = list(islice(source, HEADER_ROWS))
        header = _find_header(top)
        if header is None:
            continue
        position, mapping = header
        if "finding" not in mapping:
            mapping["finding"] = mapping["measure"]
        names = {
            one: (column_name(index), _header_text(top[: position + 1], index))
            for one, index in mapping.items()
        }
        reader = _Reader(mapping, known)
        rows = reader.read(chain(top[position + 1 :], source))
        absent = tuple(label for one, label in LEDGER_COLUMNS if one not in mapping)
        return Ledger(names, rows, table.row_count, absent, _head(top[:position]))
    needed = "、".join(label for one, label in LEDGER_COLUMNS if one in ESSENTIAL)
    raise Unreadable(
        "no-header",
        "没有找到台账的表头。表头一行里至少要有“%(needed)s”等三列，可以下载模板对照。",
        needed=needed,
    )


def _find_header(top: Sequence[Row]) -> tuple[int, dict[str, int]] | None:
    """Return the last row of the header and its columns; a header of two rows counts as one."""
    for position, row in enumerate(top):
        if not is_header(mapping_of([row])):
            continue
        below = top[position + 1] if position + 1 < len(top) else None
        if below is not None and len(mapping_of([row, below])) > len(mapping_of([row])):
            return position + 1, mapping_of([row, below])
        if below is not None and any(cell.merged for cell in below.cells) and len(mapping_of([below])) >= 3:
            return position + 1, mapping_of([row, below])
        return position, mapping_of([row])
    return None


def _head(rows: Sequence[Row]) -> dict[str, str]:
    texts = [cell.text for row in rows for cell in row.cells if not cell.merged]
    return {found[1]: found[2].strip() for text in texts if (found := HEAD.fullmatch(text))}


def _header_text(rows: Sequence[Row], index: int) -> str:
    texts = [row.cells[index].text for row in rows if index < len(row.cells) and row.cells[index].text]
    return texts[-1] if texts else ""


class _Reader:
    """Carries from row to row what a clerk writes once for several rows."""

    def __init__(self, mapping: dict[str, int], known: Collection[str]) -> None:
        self._mapping = mapping
        self._known = known
        self._area = ""
        self._carried: dict[str, str] = {}
        self._number = 0
        self._printed: dict[int, str] = {}  # number → title
        self._top = 0
        self._last_printed = ""
        self._organ = ""

    def read(self, rows: Iterable[Row]) -> Iterator[LedgerRow]:
        for row in rows:
            texts = [cell.text for cell in row.cells if cell.text]
            if not texts or self._is_header(row) or all(cell.merged for cell in row.cells if cell.text):
                continue  # the last: nothing but the lower part of cells that reach over several rows
            if self._is_area(row, texts):
                self._area = texts[0]
                self._carried.pop("area", None)
                continue
            yield from self._measures(row)

    def _is_header(self, row: Row) -> bool:
        """Tell whether the header is printed once more; a row with a number is a row, whatever it says."""
        return is_header(mapping_of([row])) and number_of(self._text(row, "number")) is None

    def _is_area(self, row: Row, texts: Sequence[str]) -> bool:
        """An area row holds one text over the full width, or only a numbered heading."""
        own = {cell.text for cell in row.cells if cell.text}
        return len(own) == 1 and (bool(AREA.search(texts[0])) or len(texts) == len(row.cells) > 2)

    def _cell(self, row: Row, name: str) -> Cell | None:
        index = self._mapping.get(name)
        return row.cells[index] if index is not None and index < len(row.cells) else None

    def _text(self, row: Row, name: str) -> str:
        cell = self._cell(row, name)
        return cell.text if cell else ""

    def _measures(self, row: Row) -> Iterator[LedgerRow]:
        problems = [CellProblem(cell.address, cell.problem) for cell in row.cells if cell.problem]
        self._next_finding(row, problems)
        self._check_organ(row, problems)
        code = self._text(row, "code")
        code = code if CODE.fullmatch(code) else ""
        text = self._text(row, "measure")
        texts = [text] if code else split_measures(text)  # a measure that has its code is one measure
        # In a row of ours an empty cell is empty: what is written once for several rows is merged there.
        carried = {} if code else self._carried
        lead, supporting = self._departments(row, carried.get("lead_department", ""))
        owner = self._owner(row, problems)
        for text, deadline in zip(texts, self._deadlines(row, len(texts), problems), strict=True):
            yield LedgerRow(
                row_number=row.number,
                area=self._carried.get("area") or self._area,
                finding_number=self._number,
                finding=self._carried.get("finding", ""),
                detail=self._carried.get("detail", ""),
                goal=self._text(row, "goal") or carried.get("goal", ""),
                code=code,
                measure=text,
                accountable_leader=self._text(row, "accountable_leader")
                or carried.get("accountable_leader", ""),
                lead_department=lead,
                owner=owner,
                supporting_departments=supporting,
                deadline=deadline,
                progress=self._text(row, "progress"),
                status=self._text(row, "status"),
                evidence=self._text(row, "evidence"),
                remark=self._text(row, "remark"),
                organ=self._organ,
                problems=tuple(problems),
            )
            problems = []

    def _departments(self, row: Row, carried: str) -> tuple[str, tuple[str, ...]]:
        """Return who leads and who supports; of several in a cell the first leads."""
        leading = names(self._text(row, "lead_department"), self._known)
        responsible = names(self._text(row, "responsible_departments"), self._known)
        both = leading + responsible or names(carried, self._known)
        if not leading and not responsible:
            both = both[:1]
        named = (*both, *names(self._text(row, "supporting_departments"), self._known))
        return (both[0] if both else ""), tuple(name for name in dict.fromkeys(named) if name not in both[:1])

    def _owner(self, row: Row, problems: list[CellProblem]) -> str:
        cell = self._cell(row, "owner")
        people = names(cell.text, self._known) if cell else ()
        if cell and len(people) > 1:
            message = Message(
                "%(address)s 写了%(count)s位责任人，只取第一位“%(name)s”。一条措施只能有一位责任人，请核对。",
                {"address": cell.address, "count": len(people), "name": people[0]},
            )
            problems.append(CellProblem(cell.address, message))
        return people[0] if people else ""

    def _deadlines(self, row: Row, count: int, problems: list[CellProblem]) -> list[Deadline]:
        """Return a deadline for each measure: line by line where the lines are as many, else one for all."""
        cell = self._cell(row, "deadline")
        text, address = (cell.text, cell.address) if cell else ("", "")
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        several = len(lines) == count > 1
        read = [read_deadline(line, address) for line in (lines if several else [text])]
        problems += [wrong for _deadline, wrong in read if wrong]
        kind = self._cell(row, "kind")
        if kind is not None:
            read = [with_kind(deadline, kind.text, kind.address) for deadline, _wrong in read]
            problems += [wrong for _deadline, wrong in read if wrong]
        deadlines = [deadline for deadline, _wrong in read]
        return deadlines if several else deadlines * count

    def _next_finding(self, row: Row, problems: list[CellProblem]) -> None:
        """Begin a finding where its text stands; a blank or merged cell goes on with the one above."""
        cell = self._cell(row, "finding")
        title = cell.text if cell else ""
        printed = self._cell(row, "number")
        begins = bool(title) and not (cell and cell.merged)
        number_text = printed.text if printed else ""
        if title == self._carried.get("finding") and number_text in {"", self._last_printed}:
            begins = False
        if not begins:
            self._update("goal", row)
            if not self._carried.get("finding") and cell is not None:
                message = Message(
                    "第 %(row)s 行没有写反馈问题，上面也没有。请补上后再导入。", {"row": row.number}
                )
                problems.append(CellProblem(cell.address, message))
            return
        self._last_printed = number_text
        self._carried = {"finding": title, "area": self._carried.get("area", "")}
        for name in ("area", "detail", "goal", "accountable_leader", "lead_department"):
            self._update(name, row)
        if not self._carried.get("lead_department"):
            self._carried["lead_department"] = self._text(row, "responsible_departments")
        self._number = self._take_number(printed, title, problems)

    def _update(self, name: str, row: Row) -> None:
        text = self._text(row, name)
        if text:
            self._carried[name] = text

    def _take_number(self, cell: Cell | None, title: str, problems: list[CellProblem]) -> int:
        written = cell.text if cell else ""
        number = number_of(written) or self._top + 1
        if cell and written and not number_of(written):
            message = Message(
                "%(address)s 的序号“%(text)s”不是整数，已按顺序编为 %(number)s，请核对。",
                {"address": cell.address, "text": written[:20], "number": number},
            )
            problems.append(CellProblem(cell.address, message))
        if number in self._printed and cell is not None:
            message = Message(
                "%(address)s 的序号 %(number)s 与前面“%(title)s”的序号重复。请改成不同的序号。",
                {"address": cell.address, "number": number, "title": self._printed[number][:20]},
            )
            problems.append(CellProblem(cell.address, message))
            number = self._top + 1
        self._printed[number] = title
        self._top = max(self._top, number)
        return number

    def _check_organ(self, row: Row, problems: list[CellProblem]) -> None:
        cell = self._cell(row, "organ")
        if cell is None or not cell.text:
            return
        if self._organ and cell.text != self._organ:
            message = Message(
                "%(address)s 的单位是“%(this)s”，前面是“%(other)s”。"
                "一份台账只能是一个单位的，请分成两个文件。",
                {"address": cell.address, "this": cell.text, "other": self._organ},
            )
            problems.append(CellProblem(cell.address, message))
            return
        self._organ = cell.text


def number_of(text: str) -> int | None:
    """Return the whole number written as 3, 3. （三） 十二 ③ or 问题3; None for 1.1, 1-2 and words."""
    digits = re.fullmatch(r"\D{0,3}?(\d{1,6})\D{0,2}", text)
    if digits and not re.search(r"[-.．]\d", text):
        return int(digits[1]) or None
    word = re.sub(r"[第（()）、.．\s]", "", text)
    if word and set(word) <= set(NUMERALS):
        return numeral(word) or None
    circled = unicodedata.numeric(word, 0.0) if len(word) == 1 and not word.isdecimal() else 0.0
    return int(circled) if circled.is_integer() and circled else None


def split_measures(text: str) -> list[str]:
    """Split a cell that lists measures as 1. 2. 3. or 一是 二是 by lines; else return it whole."""
    starts = [found.start() for found in SPLIT.finditer(text)]
    if len(starts) < 2 or text[: starts[0]].strip():
        return [SPLIT.sub("", text, count=1).strip() if len(starts) == 1 and starts[0] == 0 else text.strip()]
    ends = [*starts[1:], len(text)]
    return [SPLIT.sub("", text[start:end], count=1).strip() for start, end in zip(starts, ends, strict=True)]


def names(text: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """Split a cell of several names by the marks used between them; of a known name they are a part."""
    parts = SEPARATOR.split(text)
    found, first = [], 0
    while first < len(parts):
        ends = (end for end in range(len(parts), first, -2) if "".join(parts[first:end]).strip() in known)
        end = next(ends, first + 1)
        found.append("".join(parts[first:end]).strip())
        first = end + 1
    return tuple(name for name in found if name)

"""One row of a ledger as read."""

# ruff: noqa: E501 - sentences to the user stand in one piece

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace

from xiaohao.lib.messages import Message

STANDING = re.compile(r"长期|持续|常态")
AT_ONCE = re.compile(r"立行立改|即知即改|立即|马上")
FULL = re.compile(r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*日?")
# A month stands for its last day only where the month as a whole, or its end, is meant.
MONTH = re.compile(r"(\d{4})\s*[年/\-]\s*(\d{1,2})\s*月?(?:份)?\s*(?:底前|末前|底|末)?(?:完成)?")
RANGE = re.compile(r"[-—–~至到]")
VAGUE = re.compile(r"[上中下]旬|月前")
NO_YEAR = re.compile(r"\d{1,2}\s*月")
KINDS = ((AT_ONCE, "at_once"), (STANDING, "standing"), (re.compile(r"限期|按期"), "by_date"))


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with a cell and what to do, by the cell's address."""

    address: str
    message: Message


@dataclass(frozen=True)
class Deadline:
    """A deadline: the day, or None with the words that stand there. ``kind``: at_once, by_date or standing."""

    value: dt.date | None
    text: str
    kind: str


@dataclass(frozen=True)
class LedgerRow:
    """One measure of a finding. Texts as written; ``problems`` name the cells to correct.

    ``code`` is what this program called the measure when it wrote the ledger; empty in a row of somebody else.
    """

    row_number: int
    area: str
    finding_number: int
    finding: str
    detail: str
    goal: str
    code: str
    measure: str
    accountable_leader: str
    lead_department: str
    owner: str
    supporting_departments: tuple[str, ...]
    deadline: Deadline
    progress: str
    status: str
    evidence: str
    remark: str
    organ: str
    problems: tuple[CellProblem, ...]


def read_deadline(text: str, address: str) -> tuple[Deadline, CellProblem | None]:
    """Read a deadline; what is no date, or has no year, becomes a problem and never a guess."""
    if not text:
        return Deadline(None, "", "by_date"), None
    if VAGUE.search(text):
        return Deadline(None, text, "by_date"), _unclear(text, address)
    dated = list(FULL.finditer(text))
    if dated and (len(dated) == 1 or RANGE.search(text)):
        year, month, day = (int(part) for part in dated[-1].groups())
        return _dated(text, address, year, month, day)
    found = MONTH.fullmatch(text.strip())
    if found and 1 <= int(found[2]) <= 12:
        year, month = int(found[1]), int(found[2])
        return _dated(text, address, year, month, calendar.monthrange(year, month)[1])
    for words, kind in ((AT_ONCE, "at_once"), (STANDING, "standing")):
        if words.search(text):
            return Deadline(None, text, kind), None
    return Deadline(None, text, "by_date"), _unclear(text, address)


def with_kind(deadline: Deadline, text: str, address: str) -> tuple[Deadline, CellProblem | None]:
    """Return a deadline with the kind a column of its own names; where both speak and differ, that one counts."""
    if not text:
        return deadline, None
    kind = next((kind for words, kind in KINDS if words.search(text)), None)
    if kind is None:
        template = "%(address)s 的整改类型“%(text)s”认不出来。请写立行立改、限期整改或长期坚持。"
        return deadline, CellProblem(address, Message(template, {"address": address, "text": text[:20]}))
    said = (
        deadline.value is None and deadline.text and any(words.search(deadline.text) for words, _k in KINDS)
    )
    if not said or kind == deadline.kind:
        return replace(deadline, kind=kind), None
    template = "%(address)s 的整改类型是“%(text)s”，时限写的是“%(deadline)s”。已按类型读取，请核对。"
    values = {"address": address, "text": text[:20], "deadline": deadline.text[:20]}
    return replace(deadline, kind=kind), CellProblem(address, Message(template, values))


def _unclear(text: str, address: str) -> CellProblem:
    """Say what is wrong with a deadline that is no single day."""
    values = {"address": address, "text": text}
    if NO_YEAR.search(text) and not re.search(r"\d{4}", text):
        message = Message("%(address)s 的时限“%(text)s”没有年份。请写成 2025-06-30 这样的日期。", values)
    else:
        message = Message(
            "%(address)s 的时限“%(text)s”不是确定的一天。请写成 2025-06-30 这样的日期。", values
        )
    return CellProblem(address, message)


def _dated(text: str, address: str, year: int, month: int, day: int) -> tuple[Deadline, CellProblem | None]:
    kind = "standing" if STANDING.search(text) else "at_once" if AT_ONCE.search(text) else "by_date"
    try:
        return Deadline(dt.date(year, month, day), text, kind), None
    except ValueError:
        message = Message(
            "%(address)s 的时限“%(text)s”不是日历上的日期。请改正后再导入。",
            {"address": address, "text": text},
        )
        return Deadline(None, text, "by_date"), CellProblem(address, message)

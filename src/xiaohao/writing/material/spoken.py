"""How documents write days and sentences."""

import datetime as dt
import re

from xiaohao.ledger.indicators import Period
from xiaohao.rectification.models import Kind, State

STOPS = "。；;.!！?？ \n"
# What numbers the items of an agenda: 1. （1） 一、 （一）
NUMBER = r"(?:\d{1,2}[.．、](?!\d)|[（(][\d一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)\s*"
NUMBERED = re.compile(f"(?:^|(?<=[；;。])\\s*){NUMBER}", re.M)
STOPS_WITHIN = re.compile(r"[；;。]\s*")
ENDS = ("。", "；", "！", "？", "：", "，", "、")


# How far a finding has come, said in a sentence.
PROGRESS = {
    State.NOT_STARTED: "尚未启动",
    State.IN_PROGRESS: "正在整改",
    State.PHASED: "阶段性完成",
    State.COMPLETED: "已完成、待销号",
    State.CLOSED: "已销号",
    State.STANDING: "转入长期坚持",
}
PROGRESS_OF_MEASURE = {**PROGRESS, State.IN_PROGRESS: "正在推进"}


def day(value: dt.date | None) -> str:
    """Return a day as documents write it (GB/T 9704-2012, 7.3.5.4); empty for none."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def deadline_of(kind: str, deadline: dt.date | None) -> str:
    """Return by when a measure is due: a day, at once or always; empty where a day is lacking."""
    return day(deadline) or ("" if kind == Kind.BY_DATE else str(Kind(kind).label))


def short_span(period: Period) -> str:
    """Return a period for a title: 2026年11月23日至29日, what repeats left out."""
    first, last = period.first, period.last
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{day(first)}至{last.day}日"
    if first.year == last.year:
        return f"{day(first)}至{last.month}月{last.day}日"
    return f"{day(first)}至{day(last)}"


def open_ended(text: str) -> str:
    """Return a text without the stop at its end, so that a sentence may go on."""
    return text.strip().rstrip(STOPS)


def one_line(text: str) -> str:
    """Return a text of several lines as one: a paragraph of a document is a line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    joined = [line if line.endswith(ENDS) else f"{line}；" for line in lines[:-1]]
    return "".join([*joined, *lines[-1:]])


def sentence(text: str) -> str:
    """Return a text of the records as part of a sentence: one line, no stop at its end."""
    return open_ended(one_line(text))


def clause(text: str) -> str:
    """Return items of the records as parts of one sentence: their numbers and the stops between them gone."""
    return STOPS_WITHIN.sub("，", sentence(NUMBERED.sub("", text)))

"""How documents write days and sentences."""

import datetime as dt

from xiaohao.ledger.indicators import Period

STOPS = "。；;.!！ \n"
ENDS = ("。", "；", "！", "？", "：", "，", "、")


def day(value: dt.date | None) -> str:
    """Return a day as documents write it (GB/T 9704-2012, 7.3.5.4); empty for none."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


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

"""What a cell can keep of a text, and what it cannot."""

import re

LONGEST = 32_767  # characters of a cell, as UTF-16 counts them
# No part of XML, or none of a text: such a character makes the whole file unreadable, or shows as _x0001_.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
MARK = "内容过长，这里没有写全"
CUT = f"……（{MARK}，全文见系统）"
"""Ends a text that is longer than a cell; not translated, for it is recognised when the file comes back."""


def cell_text(text: str) -> str:
    """Return a text as a cell keeps it: line breaks of one kind, no control characters, within the limit."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = UNWRITABLE.sub("", text)
    if len(text) > LONGEST // 2 and units(text) > LONGEST:
        return shortened(text, LONGEST - len(CUT)) + CUT
    return text


def units(text: str) -> int:
    """Return the length of a text as Excel counts it: rare characters are two."""
    return len(text.encode("utf-16-le")) // 2


def shortened(text: str, most: int) -> str:
    """Return as much of a text as ``most`` says in Excel's count."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def same_in_cell(kept: str, read: str) -> bool:
    """Tell whether a text read from a cell says what is kept: what a cell cannot keep makes no difference.

    Readers take no blanks or line breaks around a text. One that did not fit is never taken for the whole.
    """
    return cell_text(kept).strip() == cell_text(read).strip() or MARK in read

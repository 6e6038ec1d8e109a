"""Simplified text that a web page has converted to traditional characters."""

import re
from functools import cache

import opencc

from xiaohao.reading.repair.offsets import Edit

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
# Running text in traditional characters has about one in three; quotations and names stay far below this.
_LEAST_SHARE = 0.1


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def to_simplified(text: str) -> str:
    """Convert with the Taiwan table, the only one that gives back 着 where converters write 著."""
    return str(_converter("tw2s").convert(text))


@cache
def traditional_forms(text: str) -> tuple[str, ...]:
    """Return the ways a converter may have written simplified ``text``."""
    return tuple(dict.fromkeys(str(_converter(name).convert(text)) for name in ("s2t", "s2tw")))


@cache
def is_traditional(character: str) -> bool:
    """Tell whether a single character changes when made simplified."""
    return to_simplified(character) != character


def find_traditional(text: str) -> list[Edit]:
    """Find the runs to write in simplified characters; none unless the text as a whole is traditional."""
    edits = _differences(text, "tw2s")
    changed = sum(len(edit.before) for edit in edits)
    if not changed or changed < _LEAST_SHARE * len(_HAN.findall(text)):
        return []
    simplified_only = sum(len(edit.before) for edit in _differences(text, "s2t"))
    return edits if changed >= simplified_only else []


def _differences(text: str, table: str) -> list[Edit]:
    converted = str(_converter(table).convert(text))
    if len(text) == len(converted):
        return _changed_runs(text, converted, 0)
    # A phrase of the table changed its length: go line by line, and keep such a line as one edit.
    edits: list[Edit] = []
    at = 0
    for line in text.splitlines(keepends=True):
        edits += _changed_runs(line, str(_converter(table).convert(line)), at)
        at += len(line)
    return edits


def _changed_runs(before: str, after: str, at: int) -> list[Edit]:
    if len(before) != len(after):
        return [Edit("traditional", at, before, after)]
    edits: list[Edit] = []
    start: int | None = None
    for place, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new and start is None:
            start = place
        elif old == new and start is not None:
            edits.append(Edit("traditional", at + start, before[start:place], after[start:place]))
            start = None
    if start is not None:
        edits.append(Edit("traditional", at + start, before[start:], after[start:]))
    return edits

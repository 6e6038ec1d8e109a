"""What changed between two texts: paragraph by paragraph, and within a paragraph letter by letter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from xiaohao.writing.figures import plain

AROUND = 1  # unchanged paragraphs shown beside a change
LONGEST = 3000  # characters of a paragraph that is compared letter by letter
ALIKE = 0.4  # from this share on two paragraphs count as one that was changed


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph: ``kind`` is same, old (taken out) or new (put in)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Compared:
    """A paragraph: ``kind`` is same, old, new, changed, or gap where unchanged ones are left out."""

    kind: str
    pieces: tuple[Piece, ...] = ()


def compare(old: str, new: str) -> list[Compared]:
    """Return the paragraphs of both, long stretches without a change left out; nothing where all is equal."""
    before, after = plain(old).splitlines(), plain(new).splitlines()
    found: list[Compared] = []
    for group in SequenceMatcher(None, before, after).get_grouped_opcodes(AROUND):
        if found:
            found.append(Compared("gap"))
        for kind, first, last, start, end in group:
            found += _stretch(kind, before[first:last], after[start:end])
    return found


def _stretch(kind: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Compared]:
    if kind == "equal":
        yield from (Compared("same", (Piece("same", line),)) for line in before)
        return
    for old, new in zip_longest(before, after):
        if old is not None and new is not None and _alike(old, new):
            yield Compared("changed", tuple(_pieces(old, new)))
            continue
        if old is not None:
            yield Compared("old", (Piece("old", old),))
        if new is not None:
            yield Compared("new", (Piece("new", new),))


def _alike(old: str, new: str) -> bool:
    if max(len(old), len(new)) > LONGEST:
        return False
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= ALIKE


def _pieces(old: str, new: str) -> Iterator[Piece]:
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", old[first:last])
            continue
        if last > first:
            yield Piece("old", old[first:last])
        if end > start:
            yield Piece("new", new[start:end])

"""What changed between two texts: paragraph by paragraph, and within a paragraph letter by letter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from xiaohao.lib.differences import STEPS, Purse, cuts
from xiaohao.writing.figures import plain

AROUND = 1  # unchanged paragraphs shown beside a change
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
    purse = Purse(STEPS)
    found: list[Compared] = []
    shown = 0
    for begin, end, new_begin, new_end in cuts(before, after, purse):
        kept = before[shown:begin]
        if found and len(kept) > 2 * AROUND:
            found += [*_lines("same", kept[:AROUND]), Compared("gap")]
            kept = kept[-AROUND:]
        found += _lines("same", kept if found else kept[-AROUND:])
        found += _stretch(before[begin:end], after[new_begin:new_end], purse)
        shown = end
    return [*found, *_lines("same", before[shown : shown + AROUND])] if found else []


def _lines(kind: str, lines: Sequence[str]) -> list[Compared]:
    return [Compared(kind, (Piece(kind, line),)) for line in lines]


def _stretch(before: Sequence[str], after: Sequence[str], purse: Purse) -> Iterator[Compared]:
    """Yield the paragraphs that stand for each other, side by side."""
    for old, new in zip_longest(before, after):
        pieces = [] if old is None or new is None else list(_pieces(old, new, purse))
        same = sum(len(piece.text) for piece in pieces if piece.kind == "same")
        if pieces and 2 * same >= ALIKE * (len(old) + len(new)):
            yield Compared("changed", tuple(pieces))
            continue
        yield from _lines("old", [] if old is None else [old])
        yield from _lines("new", [] if new is None else [new])


def _pieces(old: str, new: str, purse: Purse) -> Iterator[Piece]:
    at = 0
    for begin, end, new_begin, new_end in cuts(old, new, purse):
        pieces = ("same", old[at:begin]), ("old", old[begin:end]), ("new", new[new_begin:new_end])
        yield from (Piece(kind, text) for kind, text in pieces if text)
        at = end
    if old[at:]:
        yield Piece("same", old[at:])

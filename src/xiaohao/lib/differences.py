"""What differs between a text and a copy of it, at a cost that a hostile copy cannot drive up.

Paragraphs are matched first, then the characters of those that changed, both by Myers' greedy algorithm with
a number of steps for all together. When they are used up, what is left counts as changed in one piece.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

STEPS = 2_000_000  # a quarter of a second
CONTEXT = 12  # characters shown before and after a change
SHORT = 3  # what stayed the same for fewer characters between two changes is shown as changed


class Kind(Enum):
    SAME = "same"
    GONE = "gone"  # in the text, not in the copy
    NEW = "new"  # in the copy, not in the text


@dataclass(frozen=True)
class Stretch:
    kind: Kind
    text: str


Place = tuple[Stretch, ...]
Cut = tuple[int, int, int, int]  # what of the one and of the other stands in place of each other


class Spent(Exception):  # noqa: N818 - what happened
    """The steps are used up."""


@dataclass
class Purse:
    """How many steps may still be taken."""

    left: int

    def pay(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise Spent


def differences(ours: Sequence[str], theirs: Sequence[str], steps: int = STEPS) -> list[Place]:
    """Return the places where the paragraphs of two texts differ, in their order; empty when none does."""
    purse = Purse(steps)
    return [
        tuple(stretches)
        for cut in cuts(ours, theirs, purse)
        for stretches in _places("".join(ours[cut[0] : cut[1]]), "".join(theirs[cut[2] : cut[3]]), purse)
    ]


def _places(old: str, new: str, purse: Purse) -> Iterator[list[Stretch]]:
    """Yield the changes within a piece, each with the characters around it."""
    for begin, end, new_begin, new_end in _joined(cuts(old, new, purse)):
        place = [
            Stretch(Kind.SAME, old[max(0, begin - CONTEXT) : begin]),
            Stretch(Kind.GONE, old[begin:end]),
            Stretch(Kind.NEW, new[new_begin:new_end]),
            Stretch(Kind.SAME, old[end : end + CONTEXT]),
        ]
        yield [stretch for stretch in place if stretch.text]


def _joined(found: list[Cut]) -> list[Cut]:
    """Return the cuts with those joined that have hardly anything between them."""
    joined: list[Cut] = []
    for cut in found:
        if joined and cut[0] - joined[-1][1] < SHORT:
            begin, _end, new_begin, _new_end = joined.pop()
            joined.append((begin, cut[1], new_begin, cut[3]))
        else:
            joined.append(cut)
    return joined


def cuts(old: Sequence[str], new: Sequence[str], purse: Purse) -> list[Cut]:
    """Return which runs of two sequences stand for each other; all as one once the steps are spent."""
    begin = _common(old, new)
    end = _common(old[begin:][::-1], new[begin:][::-1])
    middle, other = old[begin : len(old) - end], new[begin : len(new) - end]
    if not middle and not other:
        return []
    whole = [(0, len(middle), 0, len(other))]
    try:
        found = whole if not middle or not other else _runs(_path(middle, other, purse))
    except Spent:
        found = whole
    return [(a + begin, b + begin, c + begin, d + begin) for a, b, c, d in found]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how long two sequences are the same from their beginning."""
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


def _path(old: Sequence[str], new: Sequence[str], purse: Purse) -> list[tuple[int, int]]:
    """Return the points of a shortest way from (0, 0) to the end, each step right, down or diagonal.

    Eugene Myers, An O(ND) Difference Algorithm and Its Variations, 1986. Raises ``Spent``.
    """
    furthest, history = {1: 0}, []
    for depth in range(len(old) + len(new) + 1):
        purse.pay(2 * depth + 1)  # for the copy kept of this depth, too
        history.append(dict(furthest))
        for diagonal in range(-depth, depth + 1, 2):
            down = diagonal == -depth or (
                diagonal != depth and furthest[diagonal - 1] < furthest[diagonal + 1]
            )
            x = furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1
            start, y = x, x - diagonal
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            purse.pay(1 + x - start)
            furthest[diagonal] = x
            if x >= len(old) and y >= len(new):
                return _back(history, x, y)
    raise AssertionError  # the way down and right along the edges has been found by then


def _back(history: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    """Return the points passed, from the first to the last."""
    points = [(x, y)]
    for depth in range(len(history) - 1, -1, -1):
        furthest, diagonal = history[depth], x - y
        down = diagonal == -depth or (diagonal != depth and furthest[diagonal - 1] < furthest[diagonal + 1])
        before = diagonal + 1 if down else diagonal - 1
        to_x = furthest[before]
        to_y = to_x - before
        while x > to_x and y > to_y:
            x, y = x - 1, y - 1
            points.append((x, y))
        if depth:
            x, y = to_x, to_y
            points.append((x, y))
    return points[::-1]


def _runs(points: list[tuple[int, int]]) -> list[Cut]:
    """Return the runs between the diagonals of a way."""
    runs: list[Cut] = []
    for (x, y), (next_x, next_y) in pairwise(points):
        if next_x > x and next_y > y:
            continue
        if runs and runs[-1][1] == x and runs[-1][3] == y:
            begin, _end, new_begin, _new_end = runs.pop()
            runs.append((begin, next_x, new_begin, next_y))
        else:
            runs.append((x, next_x, y, next_y))
    return runs

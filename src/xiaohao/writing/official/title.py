"""How a long title is broken into lines: by sense, as a trapezium or a diamond (GB/T 9704-2012, 7.3.1)."""

import re
from collections.abc import Collection, Iterator
from itertools import accumulate, combinations, pairwise

import rjieba

from xiaohao.writing.official.indents import width
from xiaohao.writing.official.measures import TITLE_CHARACTERS

NEVER_FIRST = re.compile(r"[的地得了和与及、，。；：》）”’]")
NEVER_LAST = re.compile(r"(?:[（《“‘和与及]|关于)$")
BEFORE = ("关于", "（")  # a line that begins here begins by sense
BRACKETS = re.compile(r"（[^）]*）|《[^》]*》")
MOST_LINES = 4


def title_lines(title: str, whole: Collection[str] = ()) -> list[str]:
    """Return the lines of a title: one where it fits, else a few, broken between words.

    The names in ``whole`` (of the organ) stay in one line.
    """
    if not TITLE_CHARACTERS < width(title) <= MOST_LINES * TITLE_CHARACTERS:
        return [title]
    places = list(_places(title, whole))
    fitting = [
        lines
        for breaks in range(1, MOST_LINES)
        for lines in (_cut(title, chosen) for chosen in combinations(places, breaks))
        if all(width(line) <= TITLE_CHARACTERS for line in lines)
    ]
    # Where nothing fits, something in it is too long for any line: left to the program that shows it.
    return min(fitting, key=_cost, default=[title])


def title_words(title: str, whole: Collection[str] = ()) -> list[str]:
    """Return the pieces of a title that stay in one line each, for a screen that breaks it as it needs."""
    return _cut(title, tuple(_places(title, whole)))


def _places(title: str, whole: Collection[str]) -> Iterator[int]:
    """Yield where a line may end: between words, outside brackets and names, beside no dangling character."""
    closed = [found.span() for found in BRACKETS.finditer(title)]
    closed += [found.span() for name in whole if name for found in re.finditer(re.escape(name), title)]
    for place in accumulate(len(word) for word in rjieba.cut(title)):
        if place == len(title) or any(start < place < end for start, end in closed):
            continue
        if not NEVER_FIRST.match(title, place) and not NEVER_LAST.search(title[:place]):
            yield place


def _cut(title: str, places: tuple[int, ...]) -> list[str]:
    ends = (0, *places, len(title))
    return [title[start:end] for start, end in pairwise(ends)]


def _cost(lines: list[str]) -> float:
    """Return how far the lines are from few even ones of the wanted shape; beginning by sense costs less."""
    widths = [width(line) for line in lines]
    mean = sum(widths) / len(widths)
    uneven = sum((one - mean) ** 2 for one in widths)
    by_sense = sum(25.0 for line in lines[1:] if line.startswith(BEFORE))
    return uneven - by_sense + 15.0 * len(lines) + _shape(widths)


def _shape(widths: list[float]) -> float:
    """Return what a shape costs: a trapezium or diamond nothing, a block a little, a waist much."""
    steps = [after - before for before, after in pairwise(widths)]
    longest = widths.index(max(widths))
    if any(step < 0 for step in steps[:longest]) or any(step > 0 for step in steps[longest:]):
        return 40.0
    return 15.0 if 0 in steps else 0.0

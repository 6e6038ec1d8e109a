"""Paragraphs whose first bytes were read one step off: ``?。ㄒ唬┚劢孤鋵…`` is ``（一）聚焦落實…``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from xiaohao.reading.repair.damages import gbk
from xiaohao.reading.repair.forwards import Run, State, restore
from xiaohao.reading.repair.offsets import Edit
from xiaohao.reading.repair.phrases import PHRASES, WORDS
from xiaohao.reading.repair.pinyin import without_readings
from xiaohao.reading.repair.traditional import to_simplified

# The last byte of the indent and the first of （ read as 。; the next sign then begins with byte A8 or A9.
_START = re.compile(r"^[ \t\u3000]*(?P<run>[?？]?。(?P<sign>[^\s\x00-\x7f]))", re.MULTILINE)
_HEADING = re.compile(
    r"^[ \t\u3000]*(?:[(（](?P<number>[一二三四五六七八九十]{1,3})[)）]|[一二三四五六七八九十]+、)", re.M
)
# 。, the sign of the numeral's first byte, and the one of its second byte with the bracket's first.
_SIGNS_WITH_NUMERAL = 3
# At most: 。 and a sign for each further byte pair of （二十一）.
_MARKER_SIGNS = 6
# A notice has a few dozen headings; a text made to keep the machine busy has no end of them.
_MOST_SEARCHES = 500
_LONGEST = 120
_FOLLOWING = 40

_DIGITS = "一二三四五六七八九"
NUMERALS: tuple[str, ...] = (
    *_DIGITS,
    "十",
    *(f"十{digit}" for digit in _DIGITS),
    "二十",
    *(f"二十{digit}" for digit in _DIGITS),
)


@dataclass
class Findings:
    """Edits to make, and the stretches of the text that stay unreadable."""

    edits: list[Edit] = field(default_factory=list)
    unreadable: list[tuple[int, int]] = field(default_factory=list)


def find_shifted(text: str) -> Findings:
    """Find paragraphs read one step off, and what can be restored of them."""
    findings = Findings()
    searches = _Searches()
    starts = [match for match in _START.finditer(text) if gbk(match["sign"])[:1] in (b"\xa8", b"\xa9")]
    if not starts:
        return findings
    known = _known_pairs(text)
    last = 0
    for match in _in_order(starts, text):
        if match.re is _HEADING:
            last = NUMERALS.index(match["number"]) + 1 if match["number"] in NUMERALS else 0
        else:
            last = _Paragraph(text, match.start("run"), known, last + 1, searches).read_into(findings)
    return findings


def _in_order(starts: list[re.Match[str]], text: str) -> Iterator[re.Match[str]]:
    return iter(sorted([*starts, *_HEADING.finditer(text)], key=lambda match: match.start()))


def _known_pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters that stock wording and the sound paragraphs use."""
    pairs = {wording[at : at + 2] for wording in PHRASES + WORDS for at in range(len(wording) - 1)}
    for line in without_readings(text).splitlines():
        if not _START.match(line):
            simple = to_simplified(line)
            pairs.update(map("".join, pairwise(simple)))
    return frozenset(pairs)


class _Searches:
    """The searches for stock wording within one text: each made once, and not without end."""

    def __init__(self) -> None:
        self._results: dict[tuple[Run, State], str | None] = {}

    def restore(self, run: Run, state: State) -> str | None:
        if (run, state) not in self._results:
            if len(self._results) >= _MOST_SEARCHES:
                return None
            self._results[run, state] = restore(run, state)
        return self._results[run, state]


class _Paragraph:
    def __init__(
        self, text: str, start: int, known: frozenset[str], expected: int, searches: _Searches
    ) -> None:
        self._searches = searches
        self._text = text
        self._start = start
        self._known = known
        self._expected = expected
        self._first = start + (text[start] != "。")  # behind the ? that may stand for the lost indent
        self._end = _end_of_run(text, self._first)
        following = without_readings(text[self._end - 1 : self._end + _FOLLOWING])[1:].partition("\n")[0]
        self._run = Run(text[self._first : self._end].replace("？", "?"), following)

    def read_into(self, findings: Findings) -> int:
        """Record what the paragraph said; return its number, 0 where it has none."""
        number, state = self._number(traced=True)
        marker = f"（{NUMERALS[number - 1]}）" if number else ""
        wording, kind = self._sound(state), "shifted-gbk"
        if wording is None:
            wording, kind = (
                self._searches.restore(self._run, state) if number else None,
                "shifted-gbk-restored",
            )
        if wording is None and not number:
            return self._read_untraced(findings)
        if wording is not None:
            self._edit(findings, kind, self._end, marker + wording)
            return number
        cut = min(self._first + state.at + 1, self._end)
        self._edit(findings, "shifted-gbk", cut, marker)
        self._leave(findings, cut)
        return number

    def _read_untraced(self, findings: Findings) -> int:
        """Restore a heading whose closing bracket left no trace; only stock wording can vouch for it."""
        number, state = self._number(traced=False)
        marker = f"（{NUMERALS[number - 1]}）" if number else ""
        wording = self._searches.restore(self._run, state) if number else None
        if wording is not None:
            self._edit(findings, "shifted-gbk-restored", self._end, marker + wording)
            return number
        cut = self._start
        if number and state.at >= _SIGNS_WITH_NUMERAL:
            cut = self._first + state.at
            self._edit(findings, "shifted-gbk", cut, marker)
        self._leave(findings, cut)
        return number or self._expected

    def _leave(self, findings: Findings, start: int) -> None:
        if start < self._end:
            findings.unreadable.append((start, self._end))

    def _edit(self, findings: Findings, kind: str, end: int, after: str) -> None:
        findings.edits.append(Edit(kind, self._start, self._text[self._start : end], after))

    def _number(self, *, traced: bool) -> tuple[int, State]:
        """Return the number that fits, the one next in order where several do, and the state behind it.

        ``traced`` asks for a trace of the closing bracket's last byte in the next sign.
        """
        start = State(0, 0xA1)
        fitting = {
            number: state
            for number, state in _numerals(self._run.signs[:_MARKER_SIGNS])
            if self._goes_on(state) or not traced
        }
        if self._expected in fitting:
            return self._expected, fitting[self._expected]
        if len(fitting) == 1:
            return next(iter(fitting.items()))
        return 0, start

    def _goes_on(self, state: State) -> bool:
        """Tell whether the bracket's last byte has its trace in the next sign."""
        return gbk(self._run.signs[state.at : state.at + 1])[:1] == bytes((state.pending or 0,))

    def _sound(self, state: State) -> str | None:
        """Read the bytes back one step later; None where pairs are missing or the result is no wording."""
        try:
            source = self._run.signs[state.at :].encode("gbk")
            wording = source[1:].decode("gbk")
        except UnicodeDecodeError:
            return None
        complete = source and source[0] == state.pending and not wording.endswith("?")
        return wording if complete and self._in_use(wording) else None

    def _in_use(self, wording: str) -> bool:
        """Tell whether every character stands in a pair that is in use: a lost byte pair makes others."""
        simple = to_simplified(wording + self._run.following[:1])
        return all(
            not character.isalpha()
            or simple[max(at - 1, 0) : at + 1] in self._known
            or simple[at : at + 2] in self._known
            for at, character in enumerate(simple[: len(wording)])
        )


@lru_cache(maxsize=4096)
def _numerals(signs: str) -> tuple[tuple[int, State], ...]:
    """Return the numbers whose bracketed numeral gives the first signs, and the state behind it."""
    run = Run(signs, "")
    return tuple(
        (number, state)
        for number, numeral in enumerate(NUMERALS, start=1)
        for state, taken in run.steps(State(0, 0xA1), f"（{numeral}）")
        if state.pending is not None and taken == len(numeral) + 2
    )


def _end_of_run(text: str, start: int) -> int:
    """Return where the text is in step again: behind the first ASCII letter or ``?``."""
    for at in range(start, min(start + _LONGEST, len(text))):
        character = text[at]
        if character in "?？" or "@" <= character <= "~":
            return at + 1
        if not gbk(character) or character < "\x80":
            return at
    return min(start + _LONGEST, len(text))

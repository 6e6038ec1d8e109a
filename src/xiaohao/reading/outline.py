"""Headings of a Chinese official text, found by their numbering and by where they stand.

The usual order of numbering is 一、 → （一） → 1. → （1） → ① → 一是. A text may leave levels out and may run
several headings together in one paragraph. The whole text is read in one pass, in linear time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

FOLDED = str.maketrans(
    "（），：；．！？０１２３４５６７８９％～－　\t\u00a0",
    "(),:;.!?0123456789%~-   ",
)
"""One character for one, so that offsets in the folded text are offsets in the text itself."""

NUMERALS = "一二三四五六七八九十"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
RANKS = {"section": 1, "area": 2, "problem": 3, "item": 4, "point": 5, "circle": 6, "ordinal": 7}
"""Kinds of numbering by depth: 一、 / （一） / 问题1: / 1. / （1） / ① / 一是."""

_MARKER = re.compile(
    rf"(?P<area>\((?P<area_number>[{NUMERALS}]{{1,3}})\)[、.]?|(?P<area_sign>[㈠-㈩]))"
    rf"|(?P<problem>(?:反馈|具体|存在)?(?:的)?问题(?P<problem_number>[{NUMERALS}]{{1,3}}|\d{{1,3}})[:、.])"
    rf"|(?P<point>\((?P<point_number>\d{{1,2}})\)[、.]?|(?P<point_sign>[⑴-⒇]))"
    rf"|(?P<circle>[{CIRCLED}])"
    rf"|(?P<item>(?<![\d.第至\-~])(?P<item_number>\d{{1,3}})(?:[.、]|(?=\)))\)?[ ]*(?!\d)(?![、.])"
    rf"|(?<![\d.第至\-~])(?P<item_year_number>\d{{1,3}})[.、][ ]*(?=20\d\d年))"
    rf"|(?P<ordinal>(?P<ordinal_number>[{NUMERALS}]{{1,3}})是|第(?P<nth_number>[{NUMERALS}]{{1,2}})(?:是|[,、])"
    rf"|(?P<first>首先|其次|再次|最后),|(?P<side>另?一方面)[,、:]?)"
    rf"|(?P<section>(?P<section_number>[{NUMERALS}]{{1,3}})(?:、|(?=[.])[.]))"
)
_SIGNS = {"area": "㈠", "point": "⑴"}
_BEFORE_INLINE = frozenset('。;:!?”")…》 ')
_BEFORE_ORDINAL = _BEFORE_INLINE | {","}
_LIST_WORDS = ("情况", "措施", "如下", "方面", "工作", "进展", "问题")
_WORD_NUMBERS = {"首先": 1, "其次": 2, "再次": 3, "最后": 0, "一方面": 1, "另一方面": 2}
_LABEL = re.compile(
    r"[ ]*(?:主要)?(?:问题)?(?:整改|巡察整改|巡视整改|落实)(?:落实|进展|完成|工作)?"
    r"(?:情况|措施|状态|进度|成效|结果|进展|类型|时限|目标)[:]"
)


def fold(text: str) -> str:
    """The text with full-width punctuation and digits made half-width, character for character."""
    return text.translate(FOLDED)


def numeral(text: str) -> int:
    """The value of a Chinese numeral up to 99, for example 二十三 is 23; 0 if it is none."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    value = NUMERALS.find(ones) + 1 if ones else 0
    if ten:
        value += 10 * (NUMERALS.find(tens) + 1 if tens else 1)
    return value


@dataclass(frozen=True)
class Heading:
    """One numbered heading.

    ``level`` is the depth in this text (1 is the outermost), ``kind`` the style of numbering (``RANKS``).
    ``title`` runs to the first full stop or the end of the line, ``body`` is the offset where the text
    below the title starts, and ``end`` where the next heading of the same or a higher level stands.
    """

    level: int
    kind: str
    marker: str
    number: int
    title: str
    start: int
    title_start: int
    body: int
    end: int
    children: tuple["Heading", ...] = ()

    def walk(self) -> Iterator["Heading"]:
        """This heading and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Outline:
    """The headings of a text; ``preamble_end`` is where the text before the first one ends."""

    headings: tuple[Heading, ...]
    preamble_end: int

    def walk(self) -> Iterator[Heading]:
        """All headings in the order of the text."""
        for heading in self.headings:
            yield from heading.walk()


@dataclass
class _Mark:
    """A marker that has been taken for a heading."""

    kind: str
    number: int
    start: int
    end: int
    line_end: int
    title_end: int = 0
    body: int = 0
    closes: int = 0
    level: int = 1
    children: list["_Mark"] = field(default_factory=list)


def outline(text: str) -> Outline:
    """Read the headings of a text as a tree."""
    folded = fold(text)
    marks = list(_marks(folded))
    limits = [mark.start for mark in marks[1:]] + [len(folded)]
    for mark, limit in zip(marks, limits, strict=False):
        _set_title(mark, folded, limit)
    roots = _nest(marks, len(text))
    headings = tuple(_freeze(mark, text) for mark in roots)
    return Outline(headings, headings[0].start if headings else len(text))


def _marks(folded: str) -> Iterator[_Mark]:
    """Markers that are headings by their place and their sequence."""
    last: dict[str, int] = {}
    start = 0
    for line in folded.splitlines(keepends=True):
        for mark in _line_marks(line, start, last):
            for kind, rank in RANKS.items():
                if rank > RANKS[mark.kind]:
                    last.pop(kind, None)
            last[mark.kind] = mark.number or last.get(mark.kind, 0) + 1
            last[f"{mark.kind} anywhere"] = last[mark.kind]
            yield mark
        start += len(line)


class _Line:
    """A line with what its markers ask for again and again, found once."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start
        self.length = len(text.rstrip())
        self.indent = len(text) - len(text.lstrip())
        self.inside = _quoted(text)
        self.seconds = {word: text.rfind(word) for word in ("另一方面", "其次", "再次", "第二")}

    def before(self, position: int) -> str:
        """The few characters before a position, without blanks at their end."""
        return self.text[max(0, position - 8) : position].rstrip(" ")


def _line_marks(text: str, start: int, last: dict[str, int]) -> Iterator[_Mark]:
    """The headings of one line, which begins at ``start``; ``last`` holds the last number of each kind."""
    line = _Line(text, start)
    before: _Mark | None = None
    for found in _MARKER.finditer(text):
        if line.inside[found.start()]:
            continue
        mark = _Mark(
            *_kind_and_number(found), start + found.start(), start + found.end(), start + line.length
        )
        if found.start() <= line.indent:
            taken = _stands_at_line_start(mark, line, found)
        else:
            taken = _stands_inline(mark, line, found, last) or (
                before is not None
                and mark.number in (1, last.get(f"{mark.kind} anywhere", 0) + 1)
                and _follows_title(before, mark, text, start)
            )
        if taken:
            yield mark
            before = mark


def _follows_title(before: _Mark, mark: _Mark, text: str, start: int) -> bool:
    """In run-on text the first heading of the next level stands right behind the title above it."""
    deeper = RANKS[before.kind] < RANKS[mark.kind] and mark.kind in ("area", "item")
    if not deeper or not 3 <= mark.start - before.end <= 80:
        return False
    between = text[before.end - start : mark.start - start]
    return not any(character in between for character in "。;,")


def _quoted(line: str) -> list[bool]:
    """For each character, whether it stands inside quotation marks that are closed in this line."""
    inside = [False] * (len(line) + 1)
    for opening, closing in ("“”", "《》", "「」"):
        begin = line.find(opening)
        while begin >= 0:
            end = line.find(closing, begin)
            if end < 0:
                break
            inside[begin + 1 : end] = [True] * (end - begin - 1)
            begin = line.find(opening, end)
    return inside


def _kind_and_number(found: re.Match[str]) -> tuple[str, int]:
    kind = next(kind for kind in RANKS if found[kind] is not None)
    if kind == "circle":
        return kind, CIRCLED.index(found["circle"]) + 1
    if kind == "item":
        return kind, int(found["item_number"] or found["item_year_number"])
    if kind == "ordinal":
        word = found["first"] or found["side"]
        return kind, _WORD_NUMBERS[word] if word else numeral(found["ordinal_number"] or found["nth_number"])
    if kind in _SIGNS and found[f"{kind}_sign"]:
        return kind, ord(found[f"{kind}_sign"]) - ord(_SIGNS[kind]) + 1
    return kind, numeral(found[f"{kind}_number"])


def _stands_at_line_start(mark: _Mark, line: _Line, found: re.Match[str]) -> bool:
    """A marker that opens a paragraph is a heading, unless it is a word such as 最后 or a bare number."""
    if mark.kind == "ordinal" and (found["first"] or found["side"]):
        return mark.number == 1 and _list_goes_on(line, found)
    return bool(mark.number) and (found.end() < line.length or mark.kind in ("section", "area"))


def _stands_inline(mark: _Mark, line: _Line, found: re.Match[str], last: dict[str, int]) -> bool:
    """Inside a paragraph a marker must follow a stop and continue, or open, a sequence."""
    if mark.kind == "problem":
        return False
    if mark.kind == "ordinal":
        return _ordinal_inline(mark, line, found, last)
    before = line.before(found.start())
    gap = line.text[found.start() - 1] == " "
    in_sequence = mark.number == last.get(mark.kind, 0) + 1
    return in_sequence and (before[-1:] in _BEFORE_INLINE or gap or before.endswith(_LIST_WORDS))


def _ordinal_inline(mark: _Mark, line: _Line, found: re.Match[str], last: dict[str, int]) -> bool:
    before = line.before(found.start())
    if before[-1:] not in _BEFORE_ORDINAL and not before.endswith(_LIST_WORDS):
        return False
    if found["first"] or found["side"]:
        opened = last.get("ordinal", 0)
        return _list_goes_on(line, found) if mark.number == 1 else opened >= 1
    if found["nth_number"] and mark.number == 1 and line.seconds["第二"] < found.end():
        return False
    return mark.number in (1, last.get("ordinal", 0) + 1)


def _list_goes_on(line: _Line, found: re.Match[str]) -> bool:
    """首先 and 一方面 open a list only where the paragraph has a second of the kind."""
    seconds = ("另一方面",) if found["side"] else ("其次", "再次")
    return found["side"] != "另一方面" and any(line.seconds[word] >= found.end() for word in seconds)


def _set_title(mark: _Mark, folded: str, following: int) -> None:
    """The title ends at the first full stop outside quotation marks, or with the line."""
    limit = min(mark.line_end, following)
    segment = folded[mark.end : limit]
    inside = _quoted(segment)
    length = len(segment)
    stops = "。;" if mark.kind == "ordinal" else "。"
    for position, character in enumerate(segment):
        if character in stops and not inside[position]:
            length = position
            break
    label = _LABEL.search(segment, 1, length + 1) if mark.kind != "ordinal" else None
    length = label.start() if label else _cut_at_gap(segment, length, mark.line_end - mark.end)
    mark.title_end = mark.end + len(segment[:length].rstrip(" :;。"))
    mark.body = min(mark.end + length + (segment[length : length + 1] in tuple(stops)), limit)


def _cut_at_gap(segment: str, length: int, line_length: int) -> int:
    """Where a line was joined from several, a gap parts the title from the text."""
    gap = segment.find(" ", 5, length)
    if (
        gap > 0
        and line_length > 60
        and not segment[gap - 1].isascii()
        and not segment[gap + 1 : gap + 2].isascii()
    ):
        return gap
    return length


def _nest(marks: list[_Mark], text_end: int) -> list[_Mark]:
    roots: list[_Mark] = []
    stack: list[_Mark] = []
    for mark in marks:
        while stack and RANKS[stack[-1].kind] >= RANKS[mark.kind]:
            stack.pop().closes = mark.start
        mark.level = len(stack) + 1
        (stack[-1].children if stack else roots).append(mark)
        stack.append(mark)
    for mark in stack:
        mark.closes = text_end
    return roots


def _freeze(mark: _Mark, text: str) -> Heading:
    printed = text[mark.end : mark.title_end]
    title_start = mark.end + len(printed) - len(printed.lstrip())
    return Heading(
        level=mark.level,
        kind=mark.kind,
        marker=text[mark.start : mark.end].strip(),
        number=mark.number,
        title=printed.strip(),
        start=mark.start,
        title_start=title_start,
        body=mark.body,
        end=mark.closes,
        children=tuple(_freeze(child, text) for child in mark.children),
    )

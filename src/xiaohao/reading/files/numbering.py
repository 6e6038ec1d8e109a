"""The numbers Word makes by itself: they stand in no paragraph's text, yet carry the outline."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from xiaohao.reading.files.numerals import written
from xiaohao.reading.files.wordxml import attribute, child, is_on, local, number

LEVELS = 9
LONGEST = 100  # characters of a label
SILENT = frozenset({"bullet", "none", ""})


@dataclass(frozen=True)
class _Level:
    form: str
    text: str
    start: int
    restart: int  # 0: never; n: when a level up to the n-th is used
    digits_only: bool
    gap: str
    style: str


@dataclass
class _List:
    """A list of the document; lists made from one pattern share its counts."""

    levels: dict[int, _Level]
    counts: dict[int, int]
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of one document in order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {attribute(one, "styleId"): one for one in _all(styles, "style")}
        patterns = {attribute(one, "abstractNumId"): one for one in _all(numbering, "abstractNum")}
        by_style = {attribute(child(one, "styleLink")): one for one in patterns.values()}
        counts: dict[str, dict[int, int]] = {key: {} for key in patterns}
        self._lists: dict[str, _List] = {}
        for one in _all(numbering, "num"):
            key = attribute(child(one, "abstractNumId"))
            if key in patterns:
                linked = attribute(child(patterns[key], "numStyleLink"))
                pattern = by_style.get(linked, patterns[key]) if linked else patterns[key]
                made = _List(_levels(pattern), counts[attribute(pattern, "abstractNumId")])
                _override(made, one)
                self._lists[attribute(one, "numId")] = made

    def label(self, paragraph: Element) -> str:
        """Return the number the paragraph shows, such as 一、 or （二）; empty where it has none."""
        key, at, style = self._reference(paragraph)
        numbered = self._lists.get(key)
        if numbered is None:
            return ""
        if at < 0:
            at = next((one for one, level in numbered.levels.items() if level.style == style), 0)
        level = numbered.levels.get(at)
        if level is None:
            return ""
        _count(numbered, at)
        return "" if level.form in SILENT else _label(numbered, at)

    def _reference(self, paragraph: Element) -> tuple[str, int, str]:
        """Return list, level (-1: by the style) and style, from the paragraph or else its styles."""
        own = child(paragraph, "pPr", "numPr")
        at = number(attribute(child(own, "ilvl")), -1)
        key = attribute(child(own, "numId"))
        if key:
            return key, max(at, 0), ""
        style = attribute(child(paragraph, "pPr", "pStyle"))
        for _ in range(LEVELS + 1):
            found = child(self._styles.get(style), "pPr", "numPr")
            key = attribute(child(found, "numId"))
            if key:
                return key, at if at >= 0 else number(attribute(child(found, "ilvl")), -1), style
            style = attribute(child(self._styles.get(style), "basedOn"))
        return "", 0, ""


def _all(parent: Element | None, name: str) -> list[Element]:
    return [] if parent is None else [one for one in parent if local(one) == name]


def _levels(pattern: Element) -> dict[int, _Level]:
    levels = {}
    for one in _all(pattern, "lvl"):
        at = number(attribute(one, "ilvl"), LEVELS)
        if at < LEVELS:
            levels[at] = _level(one, at)
    return levels


def _level(element: Element, at: int) -> _Level:
    return _Level(
        form=attribute(child(element, "numFmt")),
        text=attribute(child(element, "lvlText"))[:LONGEST],
        start=number(attribute(child(element, "start")), 1),
        restart=number(attribute(child(element, "lvlRestart")), at),
        digits_only=is_on(child(element, "isLgl")),
        gap="" if attribute(child(element, "suff")) == "nothing" else " ",
        style=attribute(child(element, "pStyle")),
    )


def _override(made: _List, element: Element) -> None:
    """Take over what one list changes of its pattern: levels written anew, and where it starts."""
    for one in _all(element, "lvlOverride"):
        at = number(attribute(one, "ilvl"), LEVELS)
        anew = child(one, "lvl")
        if anew is not None and at < LEVELS:
            made.levels[at] = _level(anew, at)
        start = number(attribute(child(one, "startOverride")), -1)
        if start >= 0:
            made.restarts[at] = start


def _count(numbered: _List, at: int) -> None:
    counts = numbered.counts
    if at in numbered.restarts:  # the first time that this list uses the level
        counts[at] = numbered.restarts.pop(at) - 1
    counts[at] = counts.get(at, numbered.levels[at].start - 1) + 1
    for deeper in [one for one in counts if one > at]:
        level = numbered.levels.get(deeper)
        if level is None or at < level.restart:
            del counts[deeper]


def _label(numbered: _List, at: int) -> str:
    level = numbered.levels[at]
    text = level.text
    for other in range(at + 1):
        above = numbered.levels.get(other)
        count = numbered.counts.get(other, above.start if above else 1)
        form = "decimal" if above is None or level.digits_only else above.form
        text = text.replace(f"%{other + 1}", written(count, form))
    # Where the label ends in a digit, 1 and 2025年 must not become 12025年.
    return text + level.gap if text[-1:].isascii() and text[-1:].isalnum() else text

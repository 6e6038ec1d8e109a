"""A notice as headings and paragraphs, as a screen reader goes through it: levels without gaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xiaohao.writing.body import Level, Paragraph, paragraphs

LONGEST_HEADING = 80  # characters; what is longer is a paragraph that begins with a number
NUMBERED = (Level.SECTION, Level.PART, Level.ITEM)
ENDINGS = (*NUMBERED, Level.ATTACHMENT, Level.SIGNED, Level.DATED)


@dataclass(frozen=True)
class Block:
    """An element of the page. ``kind`` is the level of the paragraph, for the style sheet."""

    tag: str
    kind: str
    text: str


def article(text: str) -> list[Block]:
    """Return the elements of a notice, below its title, which is the heading of the first level."""
    return list(_blocks(paragraphs(text)))


def _blocks(found: Sequence[Paragraph]) -> Iterator[Block]:
    under: dict[Level, int] = {}  # the headings we are under, with their levels
    for place, paragraph in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        if not _heads(paragraph, following):
            yield Block("p", paragraph.level.value, paragraph.text)
            continue
        under = {level: depth for level, depth in under.items() if _above(level, paragraph.level)}
        depth = max(under.values(), default=1) + 1
        under[paragraph.level] = depth
        yield Block(f"h{depth}", paragraph.level.value, paragraph.text[: paragraph.heading])
        rest = paragraph.text[paragraph.heading :].strip()
        if rest:
            yield Block("p", Level.TEXT.value, rest)


def _above(level: Level, other: Level) -> bool:
    return NUMBERED.index(level) < NUMBERED.index(other)


def _heads(paragraph: Paragraph, following: Paragraph | None) -> bool:
    """Tell whether a numbered paragraph begins with a heading; "1." does only where it heads something."""
    if paragraph.level not in NUMBERED or not 0 < paragraph.heading <= LONGEST_HEADING:
        return False
    if paragraph.level != Level.ITEM or paragraph.heading < len(paragraph.text):
        return True
    return following is not None and following.level not in ENDINGS

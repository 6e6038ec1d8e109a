"""A notice as headings, paragraphs and tables, as a screen reader goes through it: levels without gaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xiaohao.writing.body import Block, Level, Paragraph, Table, blocks

LONGEST_HEADING = 80  # characters; what is longer is a paragraph that begins with a number
NUMBERED = (Level.SECTION, Level.PART, Level.ITEM)
ENDINGS = (*NUMBERED, Level.ATTACHMENT, Level.SIGNED, Level.DATED)


@dataclass(frozen=True)
class Element:
    """An element of the page. ``kind`` is the level of the paragraph, for the style sheet."""

    tag: str
    kind: str
    text: str


@dataclass(frozen=True)
class Grid:
    """A table of the page: the words of its head, none in a form, and of its rows."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    tag: str = "table"


def article(text: str) -> list[Element | Grid]:
    """Return the elements of a notice, below its title, which is the heading of the first level."""
    return list(_elements(blocks(text)))


def _elements(found: Sequence[Block]) -> Iterator[Element | Grid]:
    under: dict[Level, int] = {}  # the headings we are under, with their levels
    for place, block in enumerate(found):
        if isinstance(block, Table):
            yield _grid(block)
            continue
        following = found[place + 1] if place + 1 < len(found) else None
        if not _heads(block, following):
            yield Element("p", block.level.value, block.text)
            continue
        under = {level: depth for level, depth in under.items() if _above(level, block.level)}
        depth = max(under.values(), default=1) + 1
        under[block.level] = depth
        yield Element(f"h{depth}", block.level.value, block.text[: block.heading])
        rest = block.text[block.heading :].strip()
        if rest:
            yield Element("p", Level.TEXT.value, rest)


def _grid(table: Table) -> Grid:
    rows = tuple(
        tuple("".join(run.text for run in cell) for cell in row) for row in (table.head, *table.rows)
    )
    return Grid(rows[0], rows[1:])


def _above(level: Level, other: Level) -> bool:
    return NUMBERED.index(level) < NUMBERED.index(other)


def _heads(paragraph: Paragraph, following: Block | None) -> bool:
    """Tell whether a numbered paragraph begins with a heading; "1." does only where it heads something."""
    if paragraph.level not in NUMBERED or not 0 < paragraph.heading <= LONGEST_HEADING:
        return False
    if paragraph.level != Level.ITEM or paragraph.heading < len(paragraph.text):
        return True
    return following is not None and not (isinstance(following, Paragraph) and following.level in ENDINGS)

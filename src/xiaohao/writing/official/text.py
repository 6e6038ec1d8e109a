"""A document ready to be set: title, blocks, sign-off, and where its parts begin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from xiaohao.lib.plain_text import without_controls
from xiaohao.writing.body import Block, Level, Paragraph, Table, blocks
from xiaohao.writing.official.indents import sign_off_indents
from xiaohao.writing.official.measures import HEIGHT, INSIDE, LANDSCAPE_SIDE, OUTSIDE, WIDTH
from xiaohao.writing.official.title import title_lines


@dataclass(frozen=True)
class Part:
    """Blocks under one page set-up: the document itself, or one thing attached to it."""

    blocks: Sequence[Block]
    landscape: bool = False

    @property
    def width(self) -> float:
        """Return the width of the text area in millimetres."""
        return HEIGHT - 2 * LANDSCAPE_SIDE if self.landscape else WIDTH - INSIDE - OUTSIDE

    @property
    def kept(self) -> list[tuple[Block, bool]]:
        """Return each block and whether it stays on one page with what follows it: headings, and what
        introduces a table."""
        return [(one, _is_kept(one, after)) for one, after in zip_longest(self.blocks, self.blocks[1:])]


@dataclass(frozen=True)
class OfficialText:
    """``sealed``: a seal will be put on organ and date. ``names``: words a title keeps in one line."""

    title: str
    blocks: Sequence[Block]
    sealed: bool = False
    names: tuple[str, ...] = ()

    @property
    def organ(self) -> str:
        return self._text(Level.SIGNED)

    @property
    def date(self) -> str:
        return self._text(Level.DATED)

    @property
    def title_lines(self) -> list[str]:
        return title_lines(self.title, (*self.names, self.organ))

    @property
    def parts(self) -> list[Part]:
        """Return the document and what is attached to it; an attachment with a list stands landscape."""
        found: list[list[Block]] = [[]]
        for block in self.blocks:
            if isinstance(block, Paragraph) and block.level == Level.ANNEX:
                found.append([])
            found[-1].append(block)
        return [Part(one, any(_is_list(block) for block in one)) for one in found]

    def indent(self, level: Level) -> float:
        """Return how many characters from the left organ or date begins."""
        organ, date = sign_off_indents(self.organ, self.date, sealed=self.sealed)
        return organ if level == Level.SIGNED else date

    def _text(self, level: Level) -> str:
        found = (one.text for one in self.blocks if isinstance(one, Paragraph) and one.level == level)
        return next(found, "")


def official_text(
    title: str,
    body: str,
    lists: Mapping[str, Sequence[str]] | None = None,
    *,
    sealed: bool = False,
    names: Sequence[str] = (),
) -> OfficialText:
    """Return a document from its title and body; ``lists`` as in ``body.blocks``."""
    return OfficialText(without_controls(title), blocks(body, lists), sealed, tuple(names))


def _is_kept(block: Block, after: Block | None) -> bool:
    return isinstance(block, Paragraph) and (block.is_heading or isinstance(after, Table))


def _is_list(block: Block) -> bool:
    return isinstance(block, Table) and bool(block.title)

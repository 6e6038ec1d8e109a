"""Web pages: the visible text by paragraphs, and the tables."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from xiaohao.reading.files.document import Document, Table
from xiaohao.reading.files.grid import Line, Spanning, grid_table
from xiaohao.reading.files.limits import MAXIMUM_DEPTH, MAXIMUM_ROWS, too_deep
from xiaohao.reading.files.plain import decode, tidy
from xiaohao.reading.files.tags import END, RAW, START, Token, tokens

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
HIDING = re.compile(r"display\s*:\s*none", re.IGNORECASE)
BLANKS = re.compile(r"[ \t\n\xa0]+")

CELLS = frozenset({"td", "th"})
PARTS = frozenset({"thead", "tbody", "tfoot"})
HIDDEN = RAW | {"noscript", "template", "title", "nav", "footer", "select", "object", "svg"}
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
ENDING_PARAGRAPHS = frozenset(
    (  # noqa: SIM905
        "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption"
        " figure footer h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table ul"
    ).split()
)
ROWS = frozenset({"tr", "caption"})
BLOCKS = ENDING_PARAGRAPHS | ROWS | {"br", "form", "option"}
# Only these count as nesting. Marks inside a line (font, span, b) are left open by the thousand on old pages,
# and hold nothing that is read by its depth.
NESTING = (ENDING_PARAGRAPHS | ROWS | CELLS | PARTS | HIDDEN) - VOID
# A start tag ends the open elements that cannot hold it: (which ones, and the elements not looked beyond).
OUTSIDE = CELLS | {"table", "caption", "template", "object"}
TABLE = frozenset({"table"})
LISTS = frozenset({"ul", "ol", "menu", "dir"})
IMPLIED_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys(ENDING_PARAGRAPHS, (frozenset({"p"}), OUTSIDE)),
    "li": (frozenset({"li", "p"}), OUTSIDE | LISTS),
    **dict.fromkeys(("dd", "dt"), (frozenset({"dd", "dt", "p"}), OUTSIDE | {"dl"})),
    **dict.fromkeys(CELLS, (CELLS | {"caption"}, TABLE)),
    "tr": (CELLS | ROWS, TABLE),
    **dict.fromkeys(PARTS, (CELLS | ROWS | PARTS, TABLE)),
}


def load(data: bytes, name: str) -> Document:
    """Return the page's text and tables. Raises ``Unreadable``, also for nesting over the limit."""
    declared = CHARSET.search(data[:8192])
    page = _Page()
    for token in tokens(tidy(decode(data, declared.group(1).decode("ascii") if declared else ""))):
        page.take(token)
    return Document("html", name, paragraphs(page.parts), page.tables())


def paragraphs(parts: Iterable[str]) -> str:
    """Return the lines that are not empty."""
    lines = (line.strip(" \t\u3000") for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


@dataclass
class _Open:
    """An element not yet closed; ``same`` counts the open elements of its name inside a hidden one."""

    tag: str
    hidden: bool
    same: int = 0


@dataclass
class _OpenCell:
    columns: int
    rows: int
    parts: list[str] = field(default_factory=list)


@dataclass
class _OpenTable:
    lines: list[tuple[int, list[_OpenCell]]] = field(default_factory=list)
    part: int = 0
    cell: _OpenCell | None = None

    def begin_row(self) -> None:
        self.lines.append((self.part, []))

    def begin_cell(self, attributes: str) -> None:
        if not self.lines:
            self.begin_row()
        self.cell = _OpenCell(
            columns=max(1, _span(attributes, "colspan")),
            rows=_span(attributes, "rowspan"),
        )
        self.lines[-1][1].append(self.cell)

    def read(self, name: str) -> Table:
        lines = [
            Line([Spanning(paragraphs(cell.parts), cell.columns, cell.rows) for cell in cells], part)
            for part, cells in self.lines
        ]
        return grid_table(name, lines)


def _span(attributes: str, name: str) -> int:
    """Return a span, at most the rows a table may have; 1 where it is no number."""
    found = re.search(rf"\b{name}\s*=\s*[\"']?\s*(\d+)", attributes, re.IGNORECASE)
    if found is None:
        return 1
    return MAXIMUM_ROWS if len(found[1]) > 6 else min(int(found[1]), MAXIMUM_ROWS)


class _Page:
    """Takes the marks and texts of a page in order."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._open: list[_Open] = []
        self._hidden = 0
        self._verbatim = 0
        self._tables: list[_OpenTable] = []
        self._open_tables: list[_OpenTable] = []

    def take(self, token: Token) -> None:
        if token.kind == START:
            self._start(token.text, token.attributes)
        elif token.kind == END:
            self._end(token.text)
        elif not self._hidden:
            self._write(token.text if self._verbatim else BLANKS.sub(" ", token.text))

    def tables(self) -> list[Table]:
        """Return the tables in the order in which they begin."""
        return [table.read(f"表{number}") for number, table in enumerate(self._tables, start=1)]

    def _write(self, text: str) -> None:
        self.parts.append(text)
        if self._open_tables and self._open_tables[-1].cell is not None:
            self._open_tables[-1].cell.parts.append(text)

    def _start(self, tag: str, attributes: str) -> None:
        if tag == "body":
            self._close_down_to(0)
        closes, limits = IMPLIED_ENDS.get(tag, (frozenset(), frozenset()))
        if closes:
            self._close_down_to(self._lowest(closes, limits))
        if tag in BLOCKS:
            self._write("\n")
        if not self._hidden:
            self._start_in_table(tag, attributes)
        if tag in VOID:
            return
        hidden = tag in HIDDEN or bool(HIDING.search(attributes))
        if tag in NESTING or hidden:
            self._push(_Open(tag, hidden))
        elif self._open and self._open[-1].hidden and self._open[-1].tag == tag:
            self._open[-1].same += 1

    def _start_in_table(self, tag: str, attributes: str) -> None:
        if tag == "table":
            table = _OpenTable()
            self._tables.append(table)
            self._open_tables.append(table)
        elif self._open_tables:
            table = self._open_tables[-1]
            if tag in PARTS:
                table.part += 1
            elif tag == "tr":
                table.begin_row()
            elif tag in CELLS:
                self._write("\t")
                table.begin_cell(attributes)

    def _end(self, tag: str) -> None:
        if tag in BLOCKS:
            self._write("\n")
        innermost = self._open[-1] if self._open else None
        if innermost and innermost.tag == tag and innermost.same:
            innermost.same -= 1
            return
        limits = TABLE if tag in CELLS | ROWS | PARTS else OUTSIDE
        self._close_down_to(self._lowest(frozenset({tag}), limits - {tag}, first=True))

    def _lowest(self, wanted: frozenset[str], limits: frozenset[str], *, first: bool = False) -> int:
        """Return the place of the outermost (or ``first`` met) wanted element within the limits."""
        place = len(self._open)
        for position in range(len(self._open) - 1, -1, -1):
            tag = self._open[position].tag
            if tag in wanted:
                place = position
                if first:
                    break
            elif tag in limits:
                break
        return place

    def _push(self, element: _Open) -> None:
        self._open.append(element)
        self._hidden += element.hidden
        self._verbatim += element.tag == "pre"
        if len(self._open) > MAXIMUM_DEPTH:
            raise too_deep()

    def _close_down_to(self, place: int) -> None:
        while len(self._open) > place:
            closed = self._open.pop()
            self._verbatim -= closed.tag == "pre"
            if self._hidden == 0:
                if closed.tag == "table":
                    self._open_tables.pop()
                elif closed.tag in CELLS and self._open_tables:
                    self._open_tables[-1].cell = None
            self._hidden -= closed.hidden

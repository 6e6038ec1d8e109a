"""Web pages: the visible text by paragraphs, and the tables."""

import re
from html.parser import HTMLParser

from xiaohao.reading.files.document import Cell, Document, Row, Table
from xiaohao.reading.files.limits import MAXIMUM_DEPTH
from xiaohao.reading.files.plain import decode, tidy
from xiaohao.reading.problems import Unreadable

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
HIDDEN = {"script", "style", "noscript", "template", "title", "nav", "footer"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
BLOCKS = {
    "p", "div", "br", "tr", "li", "ul", "ol", "table", "section", "article", "header",
    "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dd", "dt", "hr",
}  # fmt: skip
OPTIONAL_END = {"p", "li", "td", "th", "tr", "dd", "dt", "option", "tbody", "thead", "tfoot"}


def load(data: bytes, name: str) -> Document:
    """Return the page's text. Raises ``Unreadable`` for nesting over the limit."""
    declared = CHARSET.search(data[:2048])
    parser = _PageParser()
    parser.feed(tidy(decode(data, declared.group(1).decode("ascii") if declared else "")))
    parser.close()
    return Document("html", name, parser.text(), parser.tables())


class _PageParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._hidden = 0
        self._parts: list[str] = []
        self._rows: list[list[list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in BLOCKS:
            self._parts.append("\n")
        if tag == "table":
            self._rows.append([])
        elif tag == "tr" and self._rows:
            self._rows[-1].append([])
        elif tag in {"td", "th"} and self._rows and self._rows[-1]:
            self._rows[-1][-1].append("")
            self._parts.append("\t")
        if tag in VOID:
            return
        if tag in OPTIONAL_END and self._open and self._open[-1] == tag:
            self._open.pop()
        self._open.append(tag)
        self._hidden += tag in HIDDEN
        if len(self._open) > MAXIMUM_DEPTH:
            raise Unreadable("too-deep", "文件内部嵌套超过 %(limit)s 层，没有读取。", limit=MAXIMUM_DEPTH)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._parts.append("\n")
        if tag not in self._open:
            return
        while self._open:
            closed = self._open.pop()
            self._hidden -= closed in HIDDEN
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        folded = re.sub(r"[ \t\n\xa0]+", " ", data)
        self._parts.append(folded)
        if self._rows and self._rows[-1] and self._rows[-1][-1]:
            self._rows[-1][-1][-1] += folded

    def text(self) -> str:
        """Return the paragraphs, one a line, without empty lines."""
        lines = (line.strip(" \t\u3000") for line in "".join(self._parts).split("\n"))
        return "\n".join(line for line in lines if line)

    def tables(self) -> list[Table]:
        return [_table(number, rows) for number, rows in enumerate(self._rows, start=1)]


def _table(number: int, rows: list[list[str]]) -> Table:
    made = [
        Row(
            row_number,
            [Cell(f"{row_number}-{column}", text.strip()) for column, text in enumerate(row, start=1)],
        )
        for row_number, row in enumerate(rows, start=1)
    ]
    return Table(f"表{number}", made, len(made))

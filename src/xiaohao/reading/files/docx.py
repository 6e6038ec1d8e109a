"""Word files: paragraphs with the numbers Word makes by itself, and tables.

The parts are read directly: a library for writing Word files refuses those in which a picture is missing.
"""

import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from xiaohao.reading.files.document import Cell, Document, Row, Table
from xiaohao.reading.files.limits import (
    MAXIMUM_COLUMNS,
    check_table,
    open_archive,
    reading_archive,
)
from xiaohao.reading.files.numbering import Numbering
from xiaohao.reading.files.parts import check_parts
from xiaohao.reading.files.wordxml import (
    ParagraphText,
    attribute,
    blocks,
    child,
    local,
    number,
    text_of,
    unwrapped,
)

PARTS = ("document", "numbering", "styles")


def load(data: bytes, name: str) -> Document:
    """Return text and tables of a Word file. Raises ``Unreadable``."""
    with open_archive(data) as archive:
        check_parts(archive)
        with reading_archive():
            document, numbering, styles = (_part(archive, part) for part in PARTS)
            reader = _Reader(Numbering(numbering, styles))
            body = child(document, "body")
            lines = list(reader.lines(body)) if body is not None else []
    return Document("docx", name, "\n".join(line for line in lines if line), reader.tables)


def _part(archive: zipfile.ZipFile, name: str) -> Element | None:
    """Return a part of the file; some programs put a number behind its name."""
    found = sorted(one for one in archive.namelist() if re.fullmatch(rf"word/{name}\d*\.xml", one))
    if not found:
        return None
    root: Element = fromstring(archive.read(found[0]), forbid_dtd=True)
    return root


class _Reader:
    """Reads blocks in the order of the file, because numbers count in this order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._inside_table = 0
        self.tables: list[Table] = []

    def lines(self, parent: Element) -> Iterator[str]:
        """Yield the lines of paragraphs, tables (a line a row) and text boxes."""
        unfinished: list[str] = []
        for block in blocks(parent):
            if local(block) == "tbl":
                yield from self._table_lines(block)
                continue
            read = text_of(block)
            if child(block, "pPr", "rPr", "del") is not None:
                unfinished += read.parts  # the end of the paragraph is deleted: it goes on in the next
            else:
                read.parts[:0] = unfinished
                unfinished = []
                yield from self._paragraph(block, read)
            for box in read.boxes:
                yield from self.lines(box)
        yield from _split(unfinished)

    def _paragraph(self, paragraph: Element, read: ParagraphText) -> Iterator[str]:
        lines = _split(read.parts)
        label = self._numbering.label(paragraph)
        yield from [label + "".join(lines[:1]), *lines[1:]]

    def _table_lines(self, table: Element) -> list[str]:
        name = f"表{len(self.tables) + 1}"
        self._inside_table += 1
        rows = self._rows(table, name)
        self._inside_table -= 1
        check_table(name, len(rows), 0)
        if not self._inside_table:
            self.tables.append(Table(name, rows, len(rows)))
        return ["\t".join(cell.text for cell in row.cells if not cell.merged).strip() for row in rows]

    def _rows(self, table: Element, name: str) -> list[Row]:
        rows: list[Row] = []
        above: list[str] = []
        for row in unwrapped(table, "tr"):
            if child(row, "trPr", "del") is not None:
                continue
            cells = self._cells(row, above, f"{name}第{len(rows) + 1}行")
            above = [cell.text for cell in cells]
            rows.append(Row(len(rows) + 1, cells))
        return rows

    def _cells(self, row: Element, above: list[str], place: str) -> list[Cell]:
        cells: list[Cell] = []

        def add(text: str, *, merged: bool) -> None:
            cells.append(Cell(f"{place}第{len(cells) + 1}列", text, merged=merged))

        for _ in range(min(_count(row, "trPr", "gridBefore", default=0), MAXIMUM_COLUMNS)):
            add("", merged=False)
        elements = list(unwrapped(row, "tc"))
        check_table(place, 1, len(elements) + len(cells))
        for position, element in enumerate(elements):
            text = "\n".join(line for line in self.lines(element) if line).strip()
            merge = child(element, "tcPr", "vMerge")
            goes_on = merge is not None and attribute(merge) != "restart" and len(cells) < len(above)
            if goes_on:
                text = above[len(cells)]
            room = MAXIMUM_COLUMNS - len(cells) - (len(elements) - position - 1)
            add(text, merged=goes_on)
            for _ in range(min(_count(element, "tcPr", "gridSpan", default=1), room) - 1):
                add(text, merged=True)
        return cells


def _count(element: Element, *path: str, default: int) -> int:
    return number(attribute(child(element, *path)), default)


def _split(parts: list[str]) -> list[str]:
    return [line.strip(" ") for line in "".join(parts).split("\n")]

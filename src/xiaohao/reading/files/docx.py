"""Word files: paragraphs with the numbers Word makes by itself, and tables."""

import io

import docx as python_docx
from docx.document import Document as WordDocument
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from xiaohao.reading.files.document import Cell, Document, Row, Table
from xiaohao.reading.files.limits import check_xml, open_archive, reading_archive
from xiaohao.reading.files.numbering import Numbering


def load(data: bytes, name: str) -> Document:
    """Return text and tables of a Word file. Raises ``Unreadable``."""
    with open_archive(data) as archive:
        check_xml(archive)
    with reading_archive():
        word = python_docx.Document(io.BytesIO(data))
        numbering = Numbering(word)
        lines: list[str] = []
        tables: list[Table] = []
        for block in word.iter_inner_content():
            if isinstance(block, Paragraph):
                lines.append(numbering.label(block) + block.text.replace("\n", " "))
            else:
                tables.append(_table(len(tables) + 1, block))
                lines.extend(_lines(block))
    return Document("docx", name, "\n".join(line for line in lines if line.strip()), tables)


def _table(number: int, table: WordTable) -> Table:
    """Read a table; python-docx gives a merged cell once for every place it covers."""
    rows, above = [], set()
    for row_number, row in enumerate(table.rows, start=1):
        cells, seen = [], set()
        for column, cell in enumerate(row.cells, start=1):
            merged = cell._tc in seen or cell._tc in above
            seen.add(cell._tc)
            address = f"表{number}第{row_number}行第{column}列"
            cells.append(Cell(address, cell.text.strip(), merged=merged))
        above = seen
        rows.append(Row(row_number, cells))
    return Table(f"表{number}", rows, len(rows))


def _lines(table: WordTable) -> list[str]:
    """Return the table as text, a line a row, for a notice laid out in a table."""
    lines = []
    for row in table.rows:
        texts: list[str] = []
        for cell in row.cells:
            if not texts or texts[-1] != cell.text.strip():
                texts.append(cell.text.strip())
        lines.append("\t".join(texts))
    return lines


__all__ = ["WordDocument", "load"]

"""Files in: bytes become text and tables. The kind follows from the content, never from the name."""

from collections.abc import Callable

from xiaohao.reading.files import docx, html, legacy, pdf, plain, spreadsheet
from xiaohao.reading.files.document import Cell, Document, Row, Table
from xiaohao.reading.files.kinds import kind_of
from xiaohao.reading.files.limits import check_size
from xiaohao.reading.problems import Unreadable

__all__ = ["Cell", "Document", "Row", "Table", "Unreadable", "load"]

READERS: dict[str, Callable[[bytes, str], Document]] = {
    "txt": plain.load,
    "html": html.load,
    "docx": docx.load,
    "xlsx": spreadsheet.load,
    "xls": spreadsheet.load,
    "pdf": pdf.load,
    "doc": legacy.load,
}


def load(data: bytes, name: str) -> Document:
    """Return the text and tables of a file. Raises ``Unreadable``."""
    check_size(data)
    return READERS[kind_of(data, name)](data, name)

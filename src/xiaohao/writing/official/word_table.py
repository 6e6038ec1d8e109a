"""Tables of a Word document: fixed columns, the head again on every page, no row torn."""

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from xiaohao.writing.body import Cell, Mark, Table
from xiaohao.writing.official.measures import CELL_SIDE
from xiaohao.writing.official.table_fit import fitted
from xiaohao.writing.official.word_styles import BLACK, TABLE, TABLE_HEAD, set_face

ABOVE = 0.9  # mm between the letters of a cell and its upper and lower border


def add_table(document: Any, table: Table, width: float, mark_gap: Any) -> None:
    """Add a table ``width`` millimetres wide; ``mark_gap`` colours a run that is still lacking."""
    fit, columns = fitted(table, width), len(table.widths)
    widths = [Mm(one) for one in fit.widths]
    written = document.add_table(rows=0, cols=columns)
    written.style, written.autofit = "Table Grid", False
    written.alignment = WD_TABLE_ALIGNMENT.CENTER
    _room(written)
    for column, one in zip(written.columns, widths, strict=True):
        column.width = one  # LibreOffice and WPS follow the columns, Word the cells: both are told
    if fit.head:
        _fill(written.add_row(), fit.head, widths, fit.size, [True] * columns, mark_gap)
        _repeat(written.rows[0])
        _keep_with_next(written.rows[0])
    heads = [not fit.head, *[False] * (columns - 1)]  # in a form the first column says what the rest is
    for row in fit.rows:
        _fill(written.add_row(), row, widths, fit.size, heads, mark_gap)
    if fit.whole:
        for written_row in written.rows[:-1]:
            _keep_with_next(written_row)


def _fill(
    row: Any, cells: Sequence[Cell], widths: Any, size: float, heads: list[bool], mark_gap: Any
) -> None:
    _never_torn(row)
    for cell, runs, width, head in zip(row.cells, cells, widths, heads, strict=True):
        cell.width, cell.vertical_alignment = width, WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.style = TABLE_HEAD if head else TABLE
        for run in runs:
            written = paragraph.add_run(run.text)
            written.font.size = Pt(size)
            if head:
                set_face(written, BLACK)
            if run.mark == Mark.GAP:
                mark_gap(written)


def _room(table: Any) -> None:
    """Keep the letters off the borders; the schema wants this before the look of the table."""
    sides = (("top", ABOVE), ("left", CELL_SIDE), ("bottom", ABOVE), ("right", CELL_SIDE))
    parts = "".join(f'<w:{side} w:w="{round(room * 1440 / 25.4)}" w:type="dxa"/>' for side, room in sides)
    margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{parts}</w:tblCellMar>")
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)


def _repeat(row: Any) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _keep_with_next(row: Any) -> None:
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _never_torn(row: Any) -> None:
    split = OxmlElement("w:cantSplit")
    split.set(qn("w:val"), "1")
    row._tr.get_or_add_trPr().append(split)

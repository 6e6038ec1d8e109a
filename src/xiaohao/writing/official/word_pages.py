"""Pages of a Word document: paper, margins, and page numbers in 4号 宋体 between dashes (7.5)."""

from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from xiaohao.writing.official.measures import (
    BOTTOM,
    HEIGHT,
    INSIDE,
    LANDSCAPE_BOTTOM,
    LANDSCAPE_SIDE,
    LANDSCAPE_TOP,
    NUMBER_AT,
    NUMBER_SIZE,
    OUTSIDE,
    TOP,
    WIDTH,
)
from xiaohao.writing.official.word_shell import page_field
from xiaohao.writing.official.word_styles import PAGE_NUMBER, SEPARATOR, SONG, set_face

TWIPS_PER_MM = 1440 / 25.4
POINTS_PER_MM = 72 / 25.4
TURNED_LENGTH = 30  # mm a turned page number has room for
CELL = 9  # mm across


def portrait(document: Any, *, first: bool) -> Any:
    """Return a section of upright pages; the first one is there already."""
    section = document.sections[0] if first else _next_section(document)
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(WIDTH), Mm(HEIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(INSIDE), Mm(OUTSIDE)
    section.header_distance = Mm(15)
    section.footer_distance = Mm(NUMBER_AT) - Pt(NUMBER_SIZE / 2)
    _clear(section)
    _upright_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _upright_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    return section


def landscape(document: Any) -> Any:
    """Return a section of turned pages; the page number stays where it is on others, and is turned too."""
    section = _next_section(document)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(HEIGHT), Mm(WIDTH)
    section.top_margin, section.bottom_margin = Mm(LANDSCAPE_TOP), Mm(LANDSCAPE_BOTTOM)
    section.left_margin = section.right_margin = Mm(LANDSCAPE_SIDE)
    section.header_distance = section.footer_distance = Mm(10)
    _clear(section)
    # The right edge of the upright page is the lower edge of the turned one.
    inward = OUTSIDE + NUMBER_SIZE / POINTS_PER_MM
    _turned_number(section.header, WIDTH - inward - TURNED_LENGTH, "right")
    _turned_number(section.even_page_header, inward, "left")
    return section


def _next_section(document: Any) -> Any:
    """Return a new section; the paragraph that ends the one before takes no room, or it made a blank page."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    document.paragraphs[-1].style = SEPARATOR
    return section


def _clear(section: Any) -> None:
    """Give the section headers and footers of its own."""
    for part in (section.header, section.even_page_header, section.footer, section.even_page_footer):
        part.is_linked_to_previous = False
        part.paragraphs[0].style = PAGE_NUMBER


def _upright_number(paragraph: Any, side: Any) -> None:
    """Write the number at the outer side, one character in."""
    layout = _number(paragraph).paragraph_format
    layout.alignment = side
    if side == WD_ALIGN_PARAGRAPH.RIGHT:
        layout.right_indent = Pt(NUMBER_SIZE)
    else:
        layout.left_indent = Pt(NUMBER_SIZE)


def _number(paragraph: Any) -> Any:
    paragraph.style = PAGE_NUMBER
    pieces = [paragraph.add_run("— ")]
    for element in page_field():
        paragraph._p.append(element)
    pieces += [run for run in paragraph.runs if run not in pieces]
    paragraph.add_run(" —")
    for run in paragraph.runs:
        run.font.size = Pt(NUMBER_SIZE)
        set_face(run, SONG)
    return paragraph


def _turned_number(header: Any, from_top: float, side: str) -> None:
    """Write the number turned by a quarter, in a table that stands fixed at the left edge of the page."""
    width, length = round(CELL * TWIPS_PER_MM), round(TURNED_LENGTH * TWIPS_PER_MM)
    left = round((NUMBER_AT - CELL / 2) * TWIPS_PER_MM)
    table = parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblpPr w:vertAnchor="page" w:horzAnchor="page" w:tblpX="{left}"'
        f' w:tblpY="{round(from_top * TWIPS_PER_MM)}"/>'
        f'<w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>'
        f'<w:tr><w:trPr><w:trHeight w:val="{length}" w:hRule="exact"/></w:trPr><w:tc><w:tcPr>'
        f'<w:tcW w:w="{width}" w:type="dxa"/><w:textDirection w:val="tbRl"/>'
        '<w:vAlign w:val="center"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    )
    header._element.insert(0, table)
    alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
    _number(header.tables[0].cell(0, 0).paragraphs[0]).alignment = alignment

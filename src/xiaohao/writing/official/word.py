"""A document as Word by GB/T 9704-2012: named styles, so that it stays editable and needs no retouching."""

import io
from typing import Any

from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Pt

from xiaohao.writing.body import Level, Mark, Paragraph, Run, Table
from xiaohao.writing.official.indents import attachment_indents
from xiaohao.writing.official.measures import ABOVE_TABLE
from xiaohao.writing.official.text import OfficialText, Part
from xiaohao.writing.official.word_lines import first_line, sign_off
from xiaohao.writing.official.word_pages import landscape, portrait
from xiaohao.writing.official.word_shell import empty_document
from xiaohao.writing.official.word_styles import (
    BODY_FACE,
    SEPARATOR,
    SIGN_OFF,
    TITLE,
    add_styles,
    set_face,
    style_name,
)
from xiaohao.writing.official.word_table import add_table

BEGINS_AFTER_BLANK = (Level.ATTACHMENT, Level.SIGNED)


def as_word(text: OfficialText) -> bytes:
    """Return the document; figures as plain numbers, what is lacking in yellow."""
    document = empty_document()
    add_styles(document)
    portrait(document, first=True)
    _title(document, text.title_lines)
    upright = True
    for number, part in enumerate(text.parts):
        if number:
            upright = _begin(document, part, upright=upright)
        _write_part(document, part, text)
    _hold_together(document)
    document.core_properties.title = text.title
    document.core_properties.author = text.organ
    document.core_properties.comments = ""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _title(document: Any, lines: list[str]) -> None:
    paragraph = document.add_paragraph(style=TITLE)
    for number, line in enumerate(lines):
        run = paragraph.add_run(line)
        if number < len(lines) - 1:
            run.add_break()
    document.add_paragraph(style=style_name(Level.TEXT))


def _begin(document: Any, part: Part, *, upright: bool) -> bool:
    """Begin the pages of an attachment; tell whether they are upright."""
    if part.landscape:
        landscape(document)
        return False
    if not upright:
        portrait(document, first=False)
    return True


def _write_part(document: Any, part: Part, text: OfficialText) -> None:
    previous: Level | None = None
    for block, kept in part.kept:
        if isinstance(block, Table):
            document.paragraphs[-1].paragraph_format.space_after = Pt(ABOVE_TABLE)
            add_table(document, block, part.width, _mark_gap)
            document.add_paragraph(style=SEPARATOR)
            previous = None
            continue
        if block.level in BEGINS_AFTER_BLANK and previous != block.level:
            document.add_paragraph(style=style_name(Level.TEXT))
        written = _write(document, block, text)
        layout = written.paragraph_format
        layout.page_break_before = True if block.level == Level.ANNEX and not part.landscape else None
        layout.keep_with_next = True if kept else None
        if block.level == Level.ANNEX or (block.level == Level.ANNEX_TITLE and not part.landscape):
            document.add_paragraph(style=style_name(Level.TEXT))
        previous = block.level


def _write(document: Any, paragraph: Paragraph, text: OfficialText) -> Any:
    written = document.add_paragraph(style=style_name(paragraph.level))
    layout = written.paragraph_format
    if paragraph.level in SIGN_OFF:
        sign_off(layout, text.indent(paragraph.level), centred=text.sealed)
    if paragraph.level == Level.ATTACHMENT:
        first_line(layout, *attachment_indents(paragraph.text))
    heading, rest = paragraph.halves
    for run in heading:
        _add(written, run)
    for run in rest:
        added = _add(written, run)
        if paragraph.level == Level.PART:
            set_face(added, BODY_FACE)
    return written


def _add(written: Any, run: Run) -> Any:
    added = written.add_run(run.text)
    if run.mark == Mark.GAP:
        _mark_gap(added)
    return added


def _mark_gap(run: Any) -> None:
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _hold_together(document: Any) -> None:
    """Let the sign-off stay on one page with the last lines of the text (7.3.5: it never stands alone)."""
    written = document.paragraphs
    names = [style_name(level) for level in (Level.SIGNED, Level.DATED)]
    places = [place for place, one in enumerate(written) if one.style.name in names]
    if places:
        for paragraph in written[max(places[0] - 2, 0) : places[-1]]:  # last text, empty line, organ
            paragraph.paragraph_format.keep_with_next = True

"""A document as Word by GB/T 9704-2012: named styles, so that it stays editable and needs no retouching.

A4; 37 mm above, 28 mm at the binding edge, text area 156 × 225 mm; 22 lines of 28 characters at a fixed
28.95 points (29 points would give 21 lines); 3号 is 16 points, 2号 22, 4号 14 (domain rules §13).
"""

import io
from typing import Any

from xiaohao.writing.body import Level, Mark, Paragraph, paragraphs
from xiaohao.writing.figures import plain

LINE, SIZE, TITLE_SIZE, PAGE_SIZE = 28.95, 16, 22, 14  # points
TITLE_FACE, BODY_FACE, BLACK, KAI, SONG = (
    "方正小标宋简体",
    "仿宋_GB2312",
    "黑体",
    "楷体_GB2312",
    "宋体",
)
STYLES: dict[Level, tuple[str, str]] = {
    Level.ADDRESSEE: ("公文主送机关", BODY_FACE),
    Level.SECTION: ("公文一级标题", BLACK),
    Level.PART: ("公文二级标题", KAI),
    Level.ITEM: ("公文三级标题", BODY_FACE),
    Level.POINT: ("公文四级标题", BODY_FACE),
    Level.TEXT: ("公文正文", BODY_FACE),
    Level.ATTACHMENT: ("公文附件说明", BODY_FACE),
    Level.SIGNED: ("公文署名", BODY_FACE),
    Level.DATED: ("公文成文日期", BODY_FACE),
}
FLUSH = {Level.ADDRESSEE}
RIGHT = {Level.SIGNED, Level.DATED}


def as_word(title: str, body: str) -> bytes:
    """Return the document; figures as plain numbers, what is lacking in yellow."""
    from docx import Document

    document = Document()
    _page(document)
    _styles(document)
    _grid(document)
    _footers(document)
    document.add_paragraph(title, style="公文标题")
    document.add_paragraph("", style="公文正文")
    previous: Level | None = None
    found = paragraphs(body)
    signed = {one.level: plain(one.text) for one in found if one.level in RIGHT}
    for paragraph in found:
        if paragraph.level in (Level.SIGNED, Level.ATTACHMENT) and previous != paragraph.level:
            document.add_paragraph("", style="公文正文")
        _write(document, paragraph, signed)
        previous = paragraph.level
    _hold_together(document)
    document.core_properties.title = title
    document.core_properties.author = signed.get(Level.SIGNED, "")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _hold_together(document: Any) -> None:
    """Let the sign-off stay on one page with the last lines of the text (7.3.5: it never stands alone)."""
    written = document.paragraphs
    names = [STYLES[level][0] for level in RIGHT]
    first = next((place for place, one in enumerate(written) if one.style.name in names), len(written))
    for paragraph in written[max(first - 2, 0) : -1]:  # last text, empty line, organ; the date ends it
        paragraph.paragraph_format.keep_with_next = True


def _page(document: Any) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    # The page number stands 7 mm below the text area: its line begins there.
    section.footer_distance = Mm(35 - 7 - 5)
    section.header_distance = Mm(15)
    document.settings.odd_and_even_pages_header_footer = True


def _grid(document: Any) -> None:
    """Tell Word the grid: 22 lines a page, 28 characters a line."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = document.sections[0]._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(LINE * 20)))
    properties.append(grid)


def _styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt

    _set_face(document.styles["Normal"], BODY_FACE)
    document.styles["Normal"].font.size = Pt(SIZE)
    wanted = [("公文标题", TITLE_FACE, TITLE_SIZE), *((name, face, SIZE) for name, face in STYLES.values())]
    for name, face, size in wanted:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.quick_style = True
        style.font.size = Pt(size)
        _set_face(style, face)
        layout = style.paragraph_format
        layout.space_before = layout.space_after = Pt(0)
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
        layout.widow_control = False  # a page has its 22 lines whatever paragraph ends there
        _no_automatic_spaces(style)
        if size == SIZE:
            _closer(style)
    document.styles["公文标题"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for level, (name, _face) in STYLES.items():
        layout = document.styles[name].paragraph_format
        if level not in FLUSH | RIGHT:
            _first_line(document.styles[name], 2)
        if level not in RIGHT:
            layout.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for level, outline in ((Level.SECTION, 0), (Level.PART, 1), (Level.ITEM, 2)):
        _outline(document.styles[STYLES[level][0]], outline)


def _set_face(styled: Any, name: str) -> None:
    """Set Latin and Chinese face alike; Word keeps them apart."""
    from docx.oxml.ns import qn

    styled.font.name = name
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), name)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def _no_automatic_spaces(style: Any) -> None:
    """Switch off the space Word puts between Chinese and digits: a line has 28 characters then."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for name in ("w:autoSpaceDE", "w:autoSpaceDN", "w:snapToGrid"):
        switch = OxmlElement(name)
        switch.set(qn("w:val"), "0")
        properties.append(switch)
    # The schema wants them before spacing and indents.
    for name in ("w:spacing", "w:ind", "w:jc", "w:outlineLvl"):
        for child in properties.findall(qn(name)):
            properties.remove(child)
            properties.append(child)


def _closer(style: Any) -> None:
    """Set characters a quarter of a point closer: 28 of 16 points are wider than 156 mm."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "-5")  # twentieths of a point
    properties = style.element.get_or_add_rPr()
    size = properties.find(qn("w:sz"))
    size.addprevious(spacing)


def _first_line(style: Any, characters: int) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.paragraph_format.first_line_indent = Pt(SIZE * characters)
    style.element.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), str(100 * characters))


def _outline(style: Any, level: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level))
    style.element.get_or_add_pPr().append(outline)


def _write(document: Any, paragraph: Paragraph, signed: dict[Level, str]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
    from docx.shared import Pt

    name, _face = STYLES[paragraph.level]
    written = document.add_paragraph(style=name)
    if paragraph.level in RIGHT:
        written.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        written.paragraph_format.right_indent = Pt(SIZE * right_indent(paragraph.level, signed))
    at = 0
    for run in paragraph.runs:
        for text, in_heading in _parts(run.text, paragraph.heading - at):
            piece = written.add_run(text)
            if paragraph.level == Level.PART and not in_heading:
                _set_face(piece, BODY_FACE)
            if run.mark == Mark.GAP:
                piece.font.highlight_color = WD_COLOR_INDEX.YELLOW
        at += len(run.text)


def _parts(text: str, heading: int) -> list[tuple[str, bool]]:
    """Cut a run where the heading of its paragraph ends."""
    cut = max(0, min(heading, len(text)))
    return [(part, place == 0) for place, part in enumerate((text[:cut], text[cut:])) if part]


def right_indent(level: Level, signed: dict[Level, str]) -> float:
    """Return how many characters the sign-off stands in from the right, without a seal (7.3.5.2).

    The longer of both lines stands two in; the other is set two characters from its end.
    """
    organ, date = width(signed.get(Level.SIGNED, "")), width(signed.get(Level.DATED, ""))
    if date >= organ:
        # The organ begins two characters left of the date's first character.
        return 2.0 if level == Level.DATED else max(0.0, 2 + date + 2 - organ)
    # The date begins two characters right of the organ's first character.
    return 2.0 if level == Level.SIGNED else max(0.0, 2 + organ - 2 - date)


def width(text: str) -> float:
    """Return the width in characters: digits and Latin letters take half of one."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _footers(document: Any) -> None:
    """Page number in 4号 宋体 between dashes: at the right on odd pages, at the left on even ones (7.5)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    section = document.sections[0]
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        _page_number(paragraph, side == WD_ALIGN_PARAGRAPH.RIGHT)


def _page_number(paragraph: Any, at_right: bool) -> None:  # noqa: FBT001
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    if at_right:
        paragraph.paragraph_format.right_indent = Pt(PAGE_SIZE)
    else:
        paragraph.paragraph_format.left_indent = Pt(PAGE_SIZE)
    for text, field in (("— ", ""), ("", "PAGE"), (" —", "")):
        run = paragraph.add_run(text)
        run.font.size = Pt(PAGE_SIZE)
        _set_face(run, SONG)
        if not field:
            continue
        for kind in ("begin", "instr", "end"):
            if kind == "instr":
                part = OxmlElement("w:instrText")
                part.text = field
            else:
                part = OxmlElement("w:fldChar")
                part.set(qn("w:fldCharType"), kind)
            run._r.append(part)

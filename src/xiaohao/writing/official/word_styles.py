"""The named styles of an official document in Word; a clerk changes a style once, not every paragraph."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from xiaohao.writing.body import Level
from xiaohao.writing.official.measures import CLOSER, LINE, NUMBER_SIZE, SIZE, TITLE_SIZE
from xiaohao.writing.official.word_lines import first_line

TITLE_FACE, BODY_FACE, BLACK, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
TITLE, TABLE, TABLE_HEAD, PAGE_NUMBER = "公文标题", "公文表格", "公文表头", "公文页码"
SEPARATOR = "公文分隔"  # between tables and at the end of a section, where Word wants a paragraph
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
    Level.NOTE: ("公文附注", BODY_FACE),
    Level.ANNEX: ("公文附件序号", BLACK),
    Level.ANNEX_TITLE: ("公文附件标题", TITLE_FACE),
}
FLUSH = {Level.ADDRESSEE, Level.ANNEX}
SIGN_OFF = {Level.SIGNED, Level.DATED}
CENTRED = {Level.ANNEX_TITLE}
OUTLINE = {Level.SECTION: 0, Level.PART: 1, Level.ITEM: 2, Level.ANNEX_TITLE: 0}


def style_name(level: Level) -> str:
    """Return the style of a level; what has none of its own is text."""
    return STYLES.get(level, STYLES[Level.TEXT])[0]


def add_styles(document: Any) -> None:
    """Add the styles to a new document."""
    normal = document.styles["Normal"]
    set_face(normal, BODY_FACE)
    normal.font.size = Pt(SIZE)
    _style(document, TITLE, TITLE_FACE, TITLE_SIZE, WD_ALIGN_PARAGRAPH.CENTER)
    for level, (name, face) in STYLES.items():
        large = level == Level.ANNEX_TITLE
        style = _style(document, name, face, TITLE_SIZE if large else SIZE, _alignment(level))
        if level not in FLUSH | SIGN_OFF | CENTRED:
            first_line(style.paragraph_format, 2)
        if level in OUTLINE:
            _outline(style, OUTLINE[level])
    for name, face, alignment in (
        (TABLE, BODY_FACE, WD_ALIGN_PARAGRAPH.LEFT),
        (TABLE_HEAD, BLACK, WD_ALIGN_PARAGRAPH.CENTER),
    ):
        layout = _style(document, name, face, SIZE, alignment).paragraph_format
        layout.line_spacing_rule = WD_LINE_SPACING.SINGLE
    # As high as its letters, so that its middle is where the page set-up puts it.
    number = _style(document, PAGE_NUMBER, SONG, NUMBER_SIZE, WD_ALIGN_PARAGRAPH.LEFT)
    number.paragraph_format.line_spacing = Pt(NUMBER_SIZE)
    separator = _style(document, SEPARATOR, BODY_FACE, 1, WD_ALIGN_PARAGRAPH.LEFT)
    separator.paragraph_format.line_spacing = Pt(1)
    separator.quick_style = False


def _alignment(level: Level) -> Any:
    if level in CENTRED:
        return WD_ALIGN_PARAGRAPH.CENTER
    return WD_ALIGN_PARAGRAPH.LEFT if level in SIGN_OFF else WD_ALIGN_PARAGRAPH.JUSTIFY


def _style(document: Any, name: str, face: str, size: float, alignment: Any) -> Any:
    """Add a paragraph style with a fixed line, so that a page has its 22 lines."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.font.size = Pt(size)
    set_face(style, face)
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    layout.widow_control = False  # a page has its 22 lines whatever paragraph ends there
    layout.alignment = alignment
    _no_automatic_spaces(style)
    if size == SIZE:
        _closer(style)
    return style


def set_face(styled: Any, name: str) -> None:
    """Set Latin and Chinese face alike; Word keeps them apart."""
    styled.font.name = name
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), name)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def _no_automatic_spaces(style: Any) -> None:
    """Switch off the space Word puts between Chinese and digits: a line has 28 characters then."""
    properties = style.element.get_or_add_pPr()
    spacing = properties.find(qn("w:spacing"))
    for name in ("w:autoSpaceDE", "w:autoSpaceDN", "w:snapToGrid"):
        switch = OxmlElement(name)
        switch.set(qn("w:val"), "0")
        spacing.addprevious(switch)  # the schema has a fixed order


def _closer(style: Any) -> None:
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(round(-CLOSER * 20)))  # twentieths of a point
    style.element.get_or_add_rPr().find(qn("w:sz")).addprevious(spacing)


def _outline(style: Any, level: int) -> None:
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level))
    style.element.get_or_add_pPr().append(outline)

"""An empty Word document for Chinese official text: nothing in it that the text does not use."""

from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from xiaohao.writing.official.word_styles import BLACK, BODY_FACE, KAI, SONG, TITLE_FACE

KEPT_STYLES = frozenset(
    {"Normal", "Default Paragraph Font", "Table Normal", "Normal Table", "No List", "Table Grid"}
)
# Face, other names of the same face (taken where the first is not installed), family.
FACES = (
    (TITLE_FACE, "FZXiaoBiaoSong-B05S,方正小标宋_GBK", "auto"),
    (BODY_FACE, "仿宋,FangSong,FZFangSong-Z02S", "modern"),
    (KAI, "楷体,KaiTi,FZKai-Z03S", "modern"),
    (BLACK, "SimHei,FZHei-B01S", "modern"),
    (SONG, "SimSun", "auto"),
)


def empty_document() -> Any:
    """Return the document: Chinese, printed on both sides, in no compatibility mode."""
    document = Document()
    _drop_parts(document)
    for style in list(document.styles):
        if style.name not in KEPT_STYLES:
            style.element.getparent().remove(style.element)
    _speak_chinese(document)
    _settings(document)
    return document


def _drop_parts(document: Any) -> None:
    """Leave out what the library's template carries: a picture of it, empty data, an older style sheet."""
    package = document.part.package
    for holder, kinds in ((package, ("thumbnail",)), (document.part, ("customXml", "stylesWithEffects"))):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in kinds:
                del holder.rels[key]
    for relation in document.part.rels.values():
        if relation.reltype == RELATION.FONT_TABLE:
            relation.target_part._blob = _font_table()


def _font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="default"/></w:font>'
        for name, others, family in FACES
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


def _speak_chinese(document: Any) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
    for name in ("w:spacing", "w:rFonts"):  # paragraphs have no space after them, faces no theme
        for element in list(defaults.iter(qn(name))):
            element.getparent().remove(element)


def _settings(document: Any) -> None:
    settings = document.settings.element
    mirror = OxmlElement("w:mirrorMargins")
    settings.find(qn("w:zoom")).addnext(mirror)  # the schema has a fixed order
    document.settings.odd_and_even_pages_header_footer = True
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    zoom = settings.find(qn("w:zoom"))
    zoom.set(qn("w:percent"), "100")
    zoom.attrib.pop(qn("w:val"), None)


def page_field() -> list[Any]:
    """Return the elements of a field that shows the number of the page."""
    return [
        parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="begin"/></w:r>'),
        parse_xml(f'<w:r {nsdecls("w")}><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'),
        parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="separate"/></w:r>'),
        parse_xml(f"<w:r {nsdecls('w')}><w:t>1</w:t></w:r>"),
        parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="end"/></w:r>'),
    ]

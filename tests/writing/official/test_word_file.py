"""The Word file itself: named styles, nothing an office program would stumble over, and fully editable."""

import io
import re
import zipfile
from xml.etree.ElementTree import Element

import docx
import pytest
from defusedxml.ElementTree import fromstring
from docx.oxml.ns import qn
from tests.writing.official.test_layout import text

from xiaohao.writing.official.text import official_text
from xiaohao.writing.official.word import as_word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The order of the schema (ECMA-376): Word calls a file with another order damaged, or drops what is late.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr "
    "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
    "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
    "vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
    "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
    "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime mirrorMargins "
    "alignBordersAndEdges hideSpellingErrors hideGrammaticalErrors proofState attachedTemplate "
    "trackRevisions documentProtection defaultTabStop evenAndOddHeaders characterSpacingControl "
    "savePreviewPicture footnotePr endnotePr compat docVars rsids mathPr themeFontLang clrSchemeMapping "
    "doNotAutoCompressPictures shapeDefaults decimalSymbol listSeparator docId defaultImageDpi",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed "
    "qFormat locked personal rsid pPr rPr tblPr trPr tcPr tblStylePr",
}


@pytest.fixture(scope="module")
def word() -> bytes:
    return as_word(text(sealed=True))


def local(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def test_every_part_keeps_to_the_order_of_the_schema(word) -> None:
    late = []
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        for name in parts.namelist():
            if not re.fullmatch(r"word/\w+\.xml", name):
                continue
            for element in fromstring(parts.read(name)).iter():
                order = ORDER.get(local(element), "").split()
                places = [order.index(local(child)) for child in element] if order else []
                if places != sorted(places):
                    late.append((name, local(element), [local(child) for child in element]))
    assert late == []


def test_it_holds_nothing_its_text_does_not_use(word) -> None:
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        names = parts.namelist()
        assert not [name for name in names if "thumbnail" in name or "customXml" in name]
        relations = "".join(parts.read(name).decode() for name in names if name.endswith(".rels"))
        assert "http://" not in re.sub(
            r"http://schemas\.\S+", "", relations
        )  # nothing is loaded from elsewhere
        assert not [name for name in names if "vba" in name.lower()]
    document = docx.Document(io.BytesIO(word))
    own = [style.name for style in document.styles if style.name.startswith("公文")]
    others = {style.name for style in document.styles} - set(own)
    assert others == {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Table Grid"}


def test_every_paragraph_has_a_named_style_in_its_official_face(word) -> None:
    document = docx.Document(io.BytesIO(word))
    assert {paragraph.style.name[:2] for paragraph in document.paragraphs} == {"公文"}
    faces = {
        style.name: style.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))
        for style in document.styles
        if style.name.startswith("公文")
    }
    assert faces["公文标题"] == faces["公文附件标题"] == "方正小标宋简体"
    assert faces["公文一级标题"] == faces["公文附件序号"] == faces["公文表头"] == "黑体"
    assert faces["公文二级标题"] == "楷体_GB2312"
    assert faces["公文正文"] == faces["公文三级标题"] == faces["公文四级标题"] == "仿宋_GB2312"
    assert faces["公文页码"] == "宋体"


def test_headings_make_the_outline_of_the_document(word) -> None:
    document = docx.Document(io.BytesIO(word))
    levels = {
        style.name: style.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val"))
        for style in document.styles
        if style.name.startswith("公文") and style.element.pPr.find(qn("w:outlineLvl")) is not None
    }
    assert levels == {"公文一级标题": "0", "公文二级标题": "1", "公文三级标题": "2", "公文附件标题": "0"}


def test_it_opens_in_no_compatibility_mode_and_prints_on_both_sides(word) -> None:
    settings = docx.Document(io.BytesIO(word)).settings
    modes = [one.get(qn("w:val")) for one in settings.element.iter(qn("w:compatSetting"))]
    assert "15" in modes
    assert settings.odd_and_even_pages_header_footer
    assert settings.element.find(qn("w:mirrorMargins")) is not None


def test_automatic_spaces_beside_digits_are_off(word) -> None:
    document = docx.Document(io.BytesIO(word))
    for style in document.styles:
        if style.name.startswith("公文"):
            for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
                assert style.element.pPr.find(qn(name)).get(qn("w:val")) == "0"


def test_the_sign_off_keeps_with_the_text_before_it() -> None:
    body = "正文。\n青山区政协办公室\n2025年12月31日\n（联系人：林清越）"
    written = docx.Document(io.BytesIO(as_word(official_text("标题", body)))).paragraphs
    kept = [(one.text[:2], one.paragraph_format.keep_with_next) for one in written[-5:]]
    assert kept == [("正文", True), ("", True), ("青山", True), ("20", None), ("（联", None)]


def test_what_is_lacking_is_marked_in_yellow() -> None:
    written = docx.Document(io.BytesIO(as_word(official_text("标题", "共〔待补：问题数〕个。"))))
    runs = [(run.text, run.font.highlight_color) for run in written.paragraphs[-1].runs]
    assert [(said, bool(colour)) for said, colour in runs] == [
        ("共", False),
        ("〔待补：问题数〕", True),
        ("个。", False),
    ]


def test_text_of_the_records_is_text_whatever_it_says() -> None:
    hostile = "<w:p/>&amp; {{ 单位 }} \x07 =1+1"
    written = docx.Document(io.BytesIO(as_word(official_text("标题 <b>", f"{hostile}\n｜{hostile}｜"))))
    assert written.paragraphs[0].text == "标题 <b>"
    assert "{{ 单位 }}" in written.paragraphs[2].text

"""Word files as offices send them: tracked changes, forms, text boxes, automatic numbers."""

# ruff: noqa: E501 - XML stands best in one piece

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from xiaohao.reading.files import load

BREAKS = "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:cr/><w:t>丁</w:t></w:r>"
BOX = "<w:txbxContent><w:p><w:r><w:t>盒中</w:t></w:r></w:p></w:txbxContent>"
TEXT_BOX = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    f'<mc:Choice Requires="wps"><w:drawing>{BOX}</w:drawing></mc:Choice>'
    f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent><w:t>正文</w:t></w:r>"
)


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(*inner: str) -> str:
    return f"<w:p>{''.join(inner)}</w:p>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def made(*blocks: str, numbering: str = "") -> bytes:
    """Make a Word file of the blocks, given as XML."""
    document = docx.Document()
    body = document.element.body
    for number, block in enumerate(blocks):
        element = parse_xml(block.replace(">", f" {nsdecls('w')}>", 1))
        body.insert(number, element)
    if numbering:
        part = document.part.numbering_part
        part._element = parse_xml(f"<w:numbering {nsdecls('w')}>{numbering}</w:numbering>")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def text_of(*blocks: str, numbering: str = "") -> str:
    return load(made(*blocks, numbering=numbering), "通报.docx").text


def test_insertions_are_kept_and_deletions_dropped() -> None:
    changed = paragraph(
        run("整改"),
        f'<w:ins w:id="1" w:author="甲">{run("全部")}</w:ins>',
        '<w:del w:id="2" w:author="甲"><w:r><w:delText>基本</w:delText></w:r></w:del>',
        f'<w:moveFrom w:id="3">{run("移走")}</w:moveFrom><w:moveTo w:id="4">{run("移来")}</w:moveTo>',
        run("完成"),
    )
    assert text_of(changed) == "整改全部移来完成"


def test_a_deleted_end_of_paragraph_joins_what_it_parted() -> None:
    first = "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>" + run("前半") + "</w:p>"
    assert text_of(first, paragraph(run("后半")), paragraph(run("另段"))) == "前半后半\n另段"


def test_content_controls_keep_their_text_in_order() -> None:
    inline = paragraph(run("由"), f"<w:sdt><w:sdtContent>{run('财务科')}</w:sdtContent></w:sdt>", run("负责"))
    block = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run('一、整改'))}</w:sdtContent></w:sdt>"
    assert text_of(block, inline, paragraph(run("完"))) == "一、整改\n由财务科负责\n完"


def test_a_table_of_contents_is_left_out() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    contents = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{paragraph(run('一、整改 1'))}</w:sdtContent></w:sdt>"
    assert text_of(contents, paragraph(run("一、整改"))) == "一、整改"


def test_line_breaks_are_lines_and_tabs_are_blanks() -> None:
    assert text_of(paragraph(BREAKS)) == "甲\n乙 丙\n丁"


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    assert text_of(paragraph(TEXT_BOX)) == "正文\n盒中"


def test_links_and_fields_keep_what_they_show() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("三")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    simple = f'<w:fldSimple w:instr="DATE">{run("五月")}</w:fldSimple>'
    link = f'<w:hyperlink w:anchor="a">{run("附件")}</w:hyperlink>'
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    assert text_of(paragraph(link, field, simple, note, run("。"))) == "附件三五月。"


def test_hidden_text_is_left_out_and_phonetics_too() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r>'
    ruby = f"<w:r><w:ruby><w:rt>{run('yù')}</w:rt><w:rubyBase>{run('域')}</w:rubyBase></w:ruby></w:r>"
    assert text_of(paragraph(hidden, shown, ruby)) == "显域"


def test_tables_have_merged_cells_and_inserted_rows() -> None:
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    wide = '<w:gridSpan w:val="2"/>'
    table = (
        "<w:tbl>"
        + row(cell("方面", wide), cell("时限"))
        + row(cell("甲", restart), cell("乙"), cell("丙"))
        + f"<w:sdt><w:sdtContent>{row(cell('', go_on), cell('丁'), cell('戊'))}</w:sdtContent></w:sdt>"
        + row("<w:trPr><w:del w:id='1'/></w:trPr>", cell("删"), cell("删"), cell("删"))
        + "</w:tbl>"
    )
    document = load(made(table, paragraph(run("完"))), "台账.docx")
    assert [[("*" * c.merged + c.text) for c in r.cells] for r in document.tables[0].rows] == [
        ["方面", "*方面", "时限"],
        ["甲", "乙", "丙"],
        ["*甲", "丁", "戊"],
    ]
    assert document.text == "方面\t时限\n甲\t乙\t丙\n丁\t戊\n完"


@pytest.mark.parametrize("span", ["1000000000", "x", "-5"])
def test_an_absurd_span_is_bounded(span: str) -> None:
    wide = f'<w:gridSpan w:val="{span}"/>'
    table = f"<w:tbl>{row(cell('甲', wide), cell('乙'))}</w:tbl>"
    (first,) = load(made(table), "台账.docx").tables[0].rows
    assert len(first.cells) <= 200
    assert [one.text for one in first.cells if not one.merged] == ["甲", "乙"]


def test_a_picture_that_is_missing_does_not_matter() -> None:
    data = made(paragraph(run("一、整改")))
    assert b"word/document.xml" in data
    assert (
        load(data.replace(b"docProps/thumbnail.jpeg", b"docProps/thumbnail.jpgx"), "a.docx").text
        == "一、整改"
    )


def level(number: int, form: str, text: str, extra: str = "") -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'


OUTLINE = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + "</w:abstractNum>"
)
NUMBERS = OUTLINE + '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'


def numbered(text: str, at: int, number: int = 3) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def test_automatic_numbers_of_three_levels() -> None:
    blocks = [
        *(numbered("甲", 0), numbered("乙", 1), numbered("丙", 2), numbered("丁", 2), numbered("戊", 1)),
        *(numbered("己", 2), numbered("庚", 0), numbered("辛", 1), numbered("无", 1, number=0)),
    ]
    assert text_of(*blocks, numbering=NUMBERS).split("\n") == [
        *("一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊"),
        *("1.己", "二、庚", "（一）辛", "无"),
    ]


def test_another_list_on_the_same_levels_goes_on_unless_it_restarts() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbers = (
        NUMBERS
        + '<w:num w:numId="4"><w:abstractNumId w:val="7"/></w:num>'
        + f'<w:num w:numId="5"><w:abstractNumId w:val="7"/>{restart}</w:num>'
    )
    blocks = [numbered("甲", 0), numbered("乙", 0, 4), numbered("丙", 0, 5), numbered("丁", 0, 5)]
    assert text_of(*blocks, numbering=numbers) == "一、甲\n二、乙\n一、丙\n二、丁"


def test_a_level_that_never_restarts_counts_through() -> None:
    through = (
        '<w:abstractNum w:abstractNumId="7">'
        + level(0, "chineseCounting", "%1、")
        + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
        + '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    blocks = [numbered("甲", 0), numbered("乙", 1), numbered("丙", 0), numbered("丁", 1)]
    assert text_of(*blocks, numbering=through) == "一、甲\n1.乙\n二、丙\n2.丁"


@pytest.mark.parametrize(
    ("form", "text", "label"),
    [
        ("decimalEnclosedCircle", "%1", "⑫"),
        ("decimalEnclosedCircleChinese", "%1", "⑫"),
        ("chineseLegalSimplified", "%1、", "壹拾贰、"),
        ("decimalFullWidth", "%1．", "１２．"),
        ("decimalZero", "%1、", "12、"),
        ("upperRoman", "%1.", "XII."),
        ("lowerLetter", "%1)", "l)"),
        ("japaneseCounting", "第%1条 ", "第十二条 "),
        ("ideographTraditional", "%1、", "12、"),
        ("decimal", "%1", "12 "),
        ("bullet", "●", ""),
        ("none", "", ""),
    ],
)
def test_the_forms_of_numbers(form: str, text: str, label: str) -> None:
    numbers = (
        f'<w:abstractNum w:abstractNumId="7">{level(0, form, text)}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    blocks = [numbered("甲", 0) for _ in range(12)]
    assert text_of(*blocks, numbering=numbers).split("\n")[-1] == f"{label}甲"


def test_numbers_by_a_style_and_numbers_in_a_table() -> None:
    document = docx.Document()
    style = document.styles["Heading 2"]
    style.element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="3"/></w:numPr>')
    )
    document.part.numbering_part._element = parse_xml(
        f"<w:numbering {nsdecls('w')}>"
        + NUMBERS.replace(
            '<w:numFmt w:val="chineseCounting"/>',
            '<w:numFmt w:val="chineseCounting"/><w:pStyle w:val="Heading2"/>',
        )
        + "</w:numbering>"
    )
    document.add_paragraph("甲", style="Heading 2")
    table = document.add_table(1, 1)
    table.cell(0, 0)._tc.append(parse_xml(numbered("乙", 1).replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))
    stream = io.BytesIO()
    document.save(stream)
    assert load(stream.getvalue(), "a.docx").text == "（一）甲\n（二）乙"

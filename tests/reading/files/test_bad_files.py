"""What a person might upload by mistake or malice: a clear sentence, and nothing else."""

import io
import zipfile

import docx
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaohao.reading.files import Unreadable, load


def archive(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def word(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def workbook(fill) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    fill(book.add_worksheet("台账"))
    book.close()
    return stream.getvalue()


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        members = {member: old.read(member) for member in old.namelist()}
    return archive(**{**members, name: content})


ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
NESTED = b"<a>" * 300 + b"</a>" * 300
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600

BAD = {
    "empty": ("empty", b""),
    "blank": ("empty", b" \n\t "),
    "picture": ("unknown-kind", b"\x89PNG\r\n\x1a\n" + b"\x00" * 200),
    "rich text": ("unknown-kind", b"{\\rtf1\\ansi \\u19968?}"),
    "Excel 2003 XML": (
        "unknown-kind",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    ),
    "program": ("unknown-kind", b"\x7fELF" + bytes(range(256)) * 8),
    "some archive": ("unknown-kind", archive(**{"a.txt": b"a"})),
    "cut archive": ("damaged", word("一")[:900]),
    "macro": ("macro", archive(**{"xl/workbook.xml": b"<a/>", "xl/vbaProject.bin": b"x"})),
    "bomb": ("zip-bomb", archive(**{"word/document.xml": b"0" * 30_000_000})),
    "entity": ("xml-entity", archive(**{"word/document.xml": ENTITY})),
    "nesting": ("too-deep", archive(**{"word/document.xml": NESTED})),
    "nesting in a page": ("too-deep", b"<html>" + b"<div>" * 300),
    "password": ("encrypted", OLE + "EncryptedPackage".encode("utf-16-le")),
    "old macro": ("macro", OLE + "_VBA_PROJECT".encode("utf-16-le")),
    "broken PDF": ("damaged", b"%PDF-1.7\nnonsense"),
}


@pytest.mark.parametrize(("code", "data"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused_with_its_reason(code: str, data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        load(data, "整改通报.docx")
    assert refused.value.code == code
    assert str(refused.value).endswith("。")


def test_a_text_of_100_megabytes_is_refused_without_reading_it() -> None:
    with pytest.raises(Unreadable, match="50 MB") as refused:
        load("整改".encode() * 17_500_000, "大.txt")
    assert refused.value.code == "too-large"


def test_a_formula_without_result_is_named_by_its_cell() -> None:
    made = workbook(lambda sheet: sheet.write_formula("C4", "=1+1", None, ""))
    with zipfile.ZipFile(io.BytesIO(made)) as old:
        sheet = old.read("xl/worksheets/sheet1.xml").replace(b"<v></v>", b"").replace(b"<v>0</v>", b"")
    with pytest.raises(Unreadable, match="C4"):
        load(replaced(made, "xl/worksheets/sheet1.xml", sheet), "台账.xlsx")


def test_a_long_number_typed_as_a_number_is_a_problem_of_its_cell() -> None:
    table = load(workbook(lambda sheet: sheet.write_number("B2", 440101199001011234)), "台账.xlsx").tables[0]
    problems = [cell.problem for row in table.rows for cell in row.cells if cell.problem]
    assert [str(problem).split()[1] for problem in problems] == ["B2"]


def test_the_content_decides_and_not_the_name() -> None:
    assert load(word("一、整改情况"), "通报.txt").text == "一、整改情况"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_encodings(encoding: str) -> None:
    assert load("一、整改情况\r\n二、打算".encode(encoding), "a.txt").text == "一、整改情况\n二、打算"


def test_a_web_page_gives_its_visible_text() -> None:
    page = (
        "<html><head><meta charset=gb2312><script>x()</script></head><body><p>一、整改<b>情况</b><p>（一）甲"
    )
    assert load(page.encode("gbk"), "a.html").text == "一、整改情况\n（一）甲"


def test_merged_cells_take_over_their_first_cell() -> None:
    def fill(sheet) -> None:
        sheet.merge_range("B2:B4", "提案办理超期")
        sheet.write("C2", "甲")
        sheet.write("C4", 30217)

    rows = list(load(workbook(fill), "台账.xlsx").tables[0].rows)
    assert [[cell.text for cell in row.cells] for row in rows][1:] == [
        ["", "提案办理超期", "甲"],
        ["", "提案办理超期", ""],
        ["", "提案办理超期", "30217"],
    ]
    assert [cell.address for cell in rows[3].cells] == ["A4", "B4", "C4"]


def test_a_merge_over_the_whole_sheet_takes_no_memory() -> None:
    def fill(sheet) -> None:
        sheet.merge_range("A1:B2", "问题")
        sheet.write("C2", "措施")

    made = workbook(fill)
    with zipfile.ZipFile(io.BytesIO(made)) as old:
        sheet = old.read("xl/worksheets/sheet1.xml").replace(b'"A1:B2"', b'"A1:GR1048576"')
    table = load(replaced(made, "xl/worksheets/sheet1.xml", sheet), "台账.xlsx").tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["问题", "问题", "问题"],
        ["问题", "问题", "问题"],
    ]


def test_a_sheet_of_one_row_is_read() -> None:
    tables = load(workbook(lambda sheet: sheet.write("A1", "甲")), "台账.xlsx").tables
    assert [table.row_count for table in tables] == [1]


def test_a_page_whose_head_is_not_closed_has_text() -> None:
    assert load("<html><head><title>通报</title><body><p>一、整改".encode(), "a.html").text == "一、整改"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail))
def test_no_bytes_make_anything_but_a_document_or_a_reason(data: bytes) -> None:
    try:
        document = load(data, "x")
    except Unreadable as refused:
        assert str(refused)  # noqa: PT017 - either outcome is right, silence is not
    else:
        assert isinstance(document.text, str)


WORD = word("一、整改情况", "（一）甲")
BOOK = workbook(lambda sheet: sheet.write("A1", "反馈问题"))


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([WORD, BOOK]), st.integers(0, 6000), st.integers(0, 255))
def test_a_damaged_file_is_refused_or_read(data: bytes, place: int, byte: int) -> None:
    changed = bytearray(data)
    changed[place % len(data)] = byte
    try:
        document = load(bytes(changed), "x")
        for table in document.tables:
            list(table.rows)
    except Unreadable as refused:
        assert str(refused)  # noqa: PT017 - either outcome is right, silence is not

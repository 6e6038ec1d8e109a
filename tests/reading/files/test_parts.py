"""Hostile archives: what harms is found in any part, of any size, name and encoding."""

import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaohao.reading import Unreadable
from xiaohao.reading.files import load

SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows: int = 3) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    for row in range(rows):
        sheet.write_row(row, 0, [f"问题{row}", "措施", row])
    book.close()
    return stream.getvalue()


def with_part(data: bytes, name: str, content: bytes, how: int = zipfile.ZIP_STORED) -> bytes:
    """Return the archive with one part replaced or added."""
    old, stream = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content, how)
    return stream.getvalue()


ENTITY = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
DEEP = "<a>" * 300 + "</a>" * 300


@pytest.mark.parametrize(
    ("code", "name", "content"),
    [
        ("xml-entity", "xl/comments.xml", ENTITY.encode()),
        ("xml-entity", "xl/comments.xml", ENTITY.encode("utf-16")),
        ("xml-entity", "xl/without-a-known-name", ENTITY.encode()),
        ("xml-entity", "xl/long.xml", b"<!--" + b" " * 2_000_000 + b"-->" + ENTITY.encode()),
        ("too-deep", "xl/deep.bin", DEEP.encode()),
        ("too-deep", SHEET, b"<a>" + b"<b/>" * 300_000 + DEEP.encode() + b"</a>"),
        ("damaged", SHEET, b"<worksheet><sheetData>"),
    ],
)
def test_a_harmful_part_is_refused_with_its_reason(code: str, name: str, content: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        load(with_part(workbook(), name, content), "台账.xlsx")
    assert refused.value.code == code


def test_a_picture_in_the_archive_does_no_harm() -> None:
    data = with_part(workbook(), "xl/media/image1.png", b"\x89PNG\r\n\x1a\n" + bytes(99))
    assert load(data, "台账.xlsx").kind == "xlsx"


def test_a_drawing_that_is_no_proper_xml_does_no_harm() -> None:
    data = with_part(workbook(), "xl/drawings/vmlDrawing1.vml", b"<xml><br><v:shape></xml>")
    assert load(data, "台账.xlsx").kind == "xlsx"


def test_a_part_that_unpacks_to_more_than_the_archive_says_is_refused() -> None:
    data = workbook()
    content = b"<a>" + b" " * 420_000_000 + b"</a>"
    bomb = bytearray(with_part(data, "xl/a.xml", content, zipfile.ZIP_DEFLATED))
    honest, lie = len(content).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert honest in bomb
    with pytest.raises(Unreadable) as refused:
        load(bytes(bomb.replace(honest, lie)), "台账.xlsx")
    assert refused.value.code == "zip-bomb"


VALID = workbook(20)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_bytes_flipped_in_a_workbook_give_a_document_or_a_reason(flips: list[tuple[int, int]]) -> None:
    data = bytearray(VALID)
    for place, byte in flips:
        data[place] = byte
    try:
        document = load(bytes(data), "台账.xlsx")
        for table in document.tables:
            list(table.rows)
    except Unreadable:
        pass

"""Tables of any length, read a line at a time: memory does not grow with the file."""

import csv
import itertools
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from xiaohao.reading.files import spreadsheet
from xiaohao.reading.files.limits import MEBIBYTE, zip_bomb
from xiaohao.reading.problems import Unreadable

MOST_BYTES = 300 * MEBIBYTE
MOST_UNPACKED = 2000 * MEBIBYTE
MOST_RATIO = 200
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
ESCAPED = re.compile("_x005F_|_x000D_")  # an underscore that began no escape; half of a line break
LONGEST_CELL = 32_767  # characters, the most a cell of a spreadsheet holds
SAMPLE = 65_536

Lines = Iterator[tuple[int, list[str]]]


@contextmanager
def open_lines(path: Path) -> Iterator[Lines]:
    """Open an Excel or CSV file and give its lines as (number from 1, texts). Raises ``Unreadable``.

    Of a workbook the first visible sheet is read. The kind follows from the content.
    """
    size = path.stat().st_size
    if not size:
        raise Unreadable("empty", "文件是空的。请检查是否选错了文件，或重新导出后再试。")
    if size > MOST_BYTES:
        raise Unreadable(
            "too-large",
            "文件有 %(size)s MB，超过 %(limit)s MB 的上限。请拆分后分别导入。",
            size=size // MEBIBYTE,
            limit=MOST_BYTES // MEBIBYTE,
        )
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(b"PK"):
        with _workbook(path) as lines:
            yield lines
    elif start.startswith(b"\xd0\xcf\x11\xe0"):
        yield _old_workbook(path)
    elif b"\x00" in start and not start.startswith(UTF_16):
        raise Unreadable("unknown-kind", "这种文件认不出来。请用 Excel（xlsx、xls）或 CSV 文件。")
    else:
        with _text(path) as lines:
            yield lines


@contextmanager
def _workbook(path: Path) -> Iterator[Lines]:
    from openpyxl import load_workbook

    _check_archive(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        raise Unreadable("damaged", "Excel 文件已损坏，打不开。请重新保存后再试。") from error
    try:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        yield _sheet_lines(sheets[0]) if sheets else iter(())
    finally:
        book.close()


def _check_archive(path: Path) -> None:
    """Refuse an archive that unpacks to far more than a workbook does, and one that is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable("damaged", "文件已损坏，打不开。请用原来的软件重新保存后再试。") from error
    unpacked = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    if unpacked > MOST_UNPACKED or (unpacked > 50 * MEBIBYTE and unpacked > MOST_RATIO * packed):
        raise zip_bomb()


def _sheet_lines(sheet: Any) -> Lines:
    try:
        sheet.reset_dimensions()  # what the file says of its own size is not believed
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield number, [_cut(_unescaped(value)) for value in values]
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable("damaged", "Excel 文件已损坏，打不开。请重新保存后再试。") from error


def _unescaped(value: Any) -> str:
    """Return what a cell shows; the library leaves the format's own escapes in texts as they are."""
    if isinstance(value, str) and "_x0" in value:
        value = ESCAPED.sub(lambda found: "_" if found[0] == "_x005F_" else "", value)
    return "" if value is None else spreadsheet.shown(value)


def _old_workbook(path: Path) -> Lines:
    """Yield the lines of an .xls file, which holds 65,536 rows at most."""
    document = spreadsheet.load(path.read_bytes(), path.name)
    for row in document.tables[0].rows if document.tables else ():
        yield row.number, [_cut(cell.text) for cell in row.cells]


@contextmanager
def _text(path: Path) -> Iterator[Lines]:
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE)
    encoding = _encoding(path, sample)
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        yield _text_lines(stream, _separator(sample.decode(encoding, errors="replace")))


def _encoding(path: Path, sample: bytes) -> str:
    """Return the encoding by mark, else UTF-8 where the whole file is, else GB 18030."""
    if sample.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if sample.startswith(UTF_16):
        return "utf-16"
    try:
        with path.open(encoding="utf-8") as stream:
            while stream.read(MEBIBYTE):
                pass
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _separator(sample: str) -> str:
    """Return what stands between the cells of the first line most often."""
    first = sample.split("\n", 1)[0]
    return max(",\t;，", key=first.count)


def _text_lines(stream: IO[str], separator: str) -> Lines:
    try:
        for number, cells in enumerate(csv.reader(_clean(stream), delimiter=separator), start=1):
            yield number, [_cut(cell.strip()) for cell in cells]
    except csv.Error as error:
        raise Unreadable("damaged", "CSV 文件的格式有误（引号不成对或一格过长），读不下去。") from error


def _clean(stream: IO[str]) -> Iterator[str]:
    for line in stream:
        yield line.replace("\x00", "")


def _cut(text: str) -> str:
    return text[:LONGEST_CELL]


def first_lines(path: Path, count: int) -> list[tuple[int, list[str]]]:
    """Return the first lines of a file."""
    with open_lines(path) as lines:
        return list(itertools.islice(lines, count))

"""Limits that keep a hostile or broken file from filling the machine."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from xiaohao.reading.problems import Unreadable

MEBIBYTE = 1024 * 1024
MAXIMUM_FILE = 50 * MEBIBYTE
MAXIMUM_UNPACKED = 400 * MEBIBYTE
MAXIMUM_RATIO = 200  # office files shrink 5 to 20 times; a bomb 1000 times
MAXIMUM_MEMBERS = 5000
MAXIMUM_DEPTH = 200
MAXIMUM_ROWS = 200_000
MAXIMUM_COLUMNS = 200
SMALL_MEMBER = MEBIBYTE  # below this the ratio says nothing


def check_size(data: bytes) -> None:
    """Refuse an empty file and one over the limit."""
    if not data.strip():
        raise Unreadable("empty", "文件是空的。请检查是否选错了文件，或重新导出后再试。")
    if len(data) > MAXIMUM_FILE:
        raise Unreadable(
            "too-large",
            "文件有 %(size)s MB，超过 %(limit)s MB 的上限。请拆分后分别导入。",
            size=len(data) // MEBIBYTE,
            limit=MAXIMUM_FILE // MEBIBYTE,
        )


def check_table(name: str, rows: int, columns: int) -> None:
    """Refuse a table over the limits."""
    if rows > MAXIMUM_ROWS or columns > MAXIMUM_COLUMNS:
        raise Unreadable(
            "too-large",
            "工作表“%(sheet)s”有 %(rows)s 行 %(columns)s 列，超过上限（%(most)s 行）。请拆分后再试。",
            sheet=name,
            rows=rows,
            columns=columns,
            most=MAXIMUM_ROWS,
        )


def too_deep() -> Unreadable:
    """Return the refusal of a file nested over the limit."""
    return Unreadable("too-deep", "文件内部嵌套超过 %(limit)s 层，没有读取。", limit=MAXIMUM_DEPTH)


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open a zip after looking at what its directory promises. Raises ``Unreadable``."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable("damaged", "文件已损坏，打不开。请用原来的软件重新保存后再试。") from error
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    bomb = any(
        member.file_size > SMALL_MEMBER and member.file_size > MAXIMUM_RATIO * max(member.compress_size, 1)
        for member in members
    )
    if bomb or unpacked > MAXIMUM_UNPACKED or len(members) > MAXIMUM_MEMBERS:
        raise zip_bomb()
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("encrypted", "文件有密码保护。请用原来的软件去掉密码后再试。")
    return archive


def zip_bomb() -> Unreadable:
    """Return the refusal of an archive that unpacks to far more than an office file does."""
    return Unreadable("zip-bomb", "文件解压后异常庞大，可能有害，没有读取。")


@contextmanager
def reading_archive() -> Iterator[None]:
    """Turn every way a damaged archive fails into one sentence."""
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable("damaged", "文件已损坏，打不开。请用原来的软件重新保存后再试。") from error

"""The parts of an office file, checked while they stream past: nothing harmful reaches a reader."""

import copy
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from xiaohao.reading.files.limits import (
    MAXIMUM_DEPTH,
    MAXIMUM_UNPACKED,
    reading_archive,
    too_deep,
    zip_bomb,
)
from xiaohao.reading.problems import Unreadable

CHUNK = 1 << 16
UNLIMITED = 1 << 62
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
SHEETS = "xl/worksheets/"


def check_parts(archive: zipfile.ZipFile) -> None:
    """Refuse entities, document types, deep nesting and formulas without result, in XML of any name.

    What a part really unpacks to is counted: what the directory of the archive says may be a lie.
    """
    budget = MAXIMUM_UNPACKED
    for member in archive.infolist():
        for chunk, first in _chunks(archive, member):
            if first:
                guard = _guard(member.filename) if _is_xml(chunk) else None
            budget -= len(chunk)
            if budget < 0:
                raise zip_bomb()
            if guard:
                guard.feed(chunk)
        if member.file_size and guard:
            guard.feed(b"", last=True)


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[bytes, bool]]:
    whole = copy.copy(member)
    whole.file_size = UNLIMITED
    first = True
    with reading_archive(), archive.open(whole) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk, first
            first = False


def _is_xml(start: bytes) -> bool:
    """Tell whether a part is XML by its first character, whatever its name and encoding."""
    for mark in MARKS:
        start = start.removeprefix(mark)
    return start.lstrip(b" \t\r\n\x00").startswith(b"<")


class _Guard:
    """Counts the depth of elements and refuses document types."""

    def __init__(self, part: str) -> None:
        self._part = part
        self._broken = False
        self.depth = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        if self._broken:
            return
        try:
            self.parser.Parse(chunk, last)
        except expat.ExpatError as error:
            # What no reader opens as XML may be as loose as the drawings that Excel itself writes.
            self._broken = not self._part.endswith((".xml", ".rels"))
            if self._broken:
                return
            raise Unreadable(
                "damaged", "文件内部的“%(part)s”已损坏，打不开。请重新保存后再试。", part=self._part
            ) from error

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - the parser's interface
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            raise too_deep()

    def end(self, name: str) -> None:  # noqa: ARG002 - the parser's interface
        self.depth -= 1

    def _refuse(self, *_arguments: object) -> None:
        raise Unreadable("xml-entity", "文件内部含有不允许的实体定义，可能有害，没有读取。")


class _SheetGuard(_Guard):
    """Also names the cell of a formula that holds no result: its value would silently be empty."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self._address = ""
        self._formula = self._value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        local = name.rpartition(":")[2]
        if local == "c":
            self._address, self._formula, self._value = attributes.get("r", ""), False, False
        elif local == "f":
            self._formula = True
        elif local in {"v", "is"}:
            self._value = True

    def end(self, name: str) -> None:
        super().end(name)
        if self._formula and not self._value and name.rpartition(":")[2] == "c":
            raise Unreadable(
                "formula",
                "单元格 %(address)s 是没有计算结果的公式。"
                "请在 Excel 中打开并保存一次，或把公式粘贴为数值后再试。",
                address=self._address,
            )


def _guard(part: str) -> _Guard:
    return _SheetGuard(part) if part.startswith(SHEETS) else _Guard(part)

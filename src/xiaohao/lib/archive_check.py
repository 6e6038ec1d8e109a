"""Checks an archive as anybody hands it in: whole, damaged, or made to deceive or to exhaust the machine.

Nothing is read that ``file_archive.Writer`` would not have written: members are stored as they are, each
once, one behind the other, and nothing else is in the file.
"""

import hashlib
import io
import json
import lzma
import re
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from xiaohao.lib.archive_layout import is_gapless, is_plain, is_stored
from xiaohao.lib.file_archive import LOG, MANIFEST, blocks_of
from xiaohao.lib.hash_chain import first_break

# What the zip library raises for parts that were altered: a broken name is a ValueError, a version no zip
# ever had a RuntimeError, a place no file reaches an OverflowError.
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(OSError, EOFError, RuntimeError, ValueError, OverflowError),
)
LARGEST_MANIFEST = LONGEST_LINE = 64 * 1024**2  # bytes; a line of the log holds a document before and after
DIGEST = re.compile("[0-9a-f]{64}")
LINE = re.compile("([0-9a-f]{64}) (0|[1-9][0-9]{0,15}) (.+)")
HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # characters that would rewrite what stands on the screen
Expected = dict[str, tuple[str, int]]


class NotAnArchive(Exception):  # noqa: N818 - what it is called in the sentence to the user
    """The file cannot be opened as a zip at all."""


def verify(path: Path) -> tuple[str, list[str]]:
    """Return the SM3 of the manifest and what is wrong, a sentence each; nothing where all is whole.

    Raises ``OSError`` where there is no file to be read, ``NotAnArchive`` for what is no zip.
    """
    with path.open("rb") as stream:
        try:
            opened = zipfile.ZipFile(stream)
        except UNREADABLE as error:
            raise NotAnArchive from error
        with opened as archive:
            foreign = _foreign(stream, archive, path.stat().st_size)
            return ("", foreign) if foreign else _compared(archive)


def shown(text: str) -> str:
    """Return a name from elsewhere as it can be printed without touching what is printed around it."""
    return "".join("�" if unicodedata.category(one) in HIDDEN else one for one in text)


def _foreign(stream: IO[bytes], archive: zipfile.ZipFile, length: int) -> list[str]:
    """Return why the members are not to be read at all."""
    members = archive.infolist()
    counts = Counter(one.filename for one in members)
    wrong = [f"文件重复：{shown(name)}" for name, count in counts.items() if count > 1]
    if MANIFEST not in counts:
        wrong.append(f"缺少{MANIFEST}，不是归档文件。")
    packed = [one.filename for one in members if not is_stored(one)]
    dressed = [one.filename for one in members if not is_plain(one)]
    if packed:
        wrong.append(f"有{len(packed)}个文件压缩或者加密过，不是归档文件的写法，如：{shown(packed[0])}")
    elif sum(one.file_size for one in members) > length:
        wrong.append("各个文件加起来比压缩包还大，不是归档文件的写法。")
    elif dressed:
        wrong.append(f"有{len(dressed)}个文件的日期、属性改过，不是归档文件的写法，如：{shown(dressed[0])}")
    elif not is_gapless(stream, archive, length):
        wrong.append("压缩包的开头、末尾或者文件之间有别的内容，或者文件的说明前后不一，不是归档文件的写法。")
    if any(one.filename == MANIFEST and one.file_size > LARGEST_MANIFEST for one in members):
        wrong.append(f"{MANIFEST}太大。")
    return sorted(wrong)


def _compared(archive: zipfile.ZipFile) -> tuple[str, list[str]]:
    """Compare the members with the manifest; return its SM3 and what differs."""
    try:
        manifest = archive.read(MANIFEST)
    except UNREADABLE:
        return "", [f"{MANIFEST}读不出来。"]
    digest = hashlib.new("sm3", manifest).hexdigest()
    expected, wrong = _expected(manifest)
    return digest, wrong or sorted([*_differences(archive, expected), *_broken_log(archive, expected)])


def _expected(manifest: bytes) -> tuple[Expected, list[str]]:
    """Return digest and size of each file by its name, and what is wrong with the manifest itself."""
    # A name that is no UTF-8 stays different from every name a zip can hold.
    *lines, rest = manifest.decode("utf-8", "surrogateescape").split("\n")
    if not lines or rest:
        return {}, [f"{MANIFEST}是空的，或者不完整。"]
    expected: Expected = {}
    for number, line in enumerate(lines, start=1):
        found = LINE.fullmatch(line)
        if not found or found[3] in expected:
            return {}, [f"{MANIFEST}第{number}行格式不对，或者与前面的重复。"]
        expected[found[3]] = (found[1], int(found[2]))
    return expected, []


def _differences(archive: zipfile.ZipFile, expected: Expected) -> Iterator[str]:
    names = set(archive.namelist()) - {MANIFEST}
    for name in expected.keys() - names:
        yield f"清单里有、文件里没有：{shown(name)}"
    for name in names - expected.keys():
        yield f"清单里没有的文件：{shown(name)}"
    for name in expected.keys() & names:
        if _summed(archive, name) != expected[name]:
            yield f"内容与清单不符：{shown(name)}"


def _summed(archive: zipfile.ZipFile, name: str) -> tuple[str, int] | None:
    """Return SM3 and size; None for what cannot be read."""
    summed, size = hashlib.new("sm3"), 0
    try:
        with archive.open(name) as stream:
            for block in blocks_of(stream):
                size += len(block)
                summed.update(block)
    except UNREADABLE:
        return None
    return summed.hexdigest(), size


def _broken_log(archive: zipfile.ZipFile, expected: Expected) -> list[str]:
    """Check the chain of the log from its first entry on, and each entry that is told."""
    if LOG not in expected:
        return [f"缺少{LOG}。"]
    if LOG not in archive.namelist():
        return []  # said already
    told: list[int] = []
    try:
        with archive.open(LOG) as stream:
            place = first_break(_links(stream, told))
    except (*UNREADABLE, KeyError, TypeError, AttributeError):
        return [f"{LOG}读不出来。"]
    if place is not None:
        return [f"{LOG}第{place + 1}行起不可信。"]
    # The inspection itself stands in the log: an extract that tells nothing of it proves nothing.
    return [] if told else [f"{LOG}里没有可以核对的内容。"]


def _links(stream: IO[bytes], told: list[int]) -> Iterator[tuple[str, str, str | None]]:
    """Yield the links of the log and note which are told; one that is no entry fits behind nothing."""
    for number, line in enumerate(_lines(stream), start=1):
        entry = json.loads(line)
        if "payload" in entry:
            told.append(number)
        fits = _is_entry(entry, number) and line.endswith(b"\n")
        yield entry["previous"] if fits else "", entry["hash"], entry.get("payload")


def _is_entry(entry: Mapping[str, Any], number: int) -> bool:
    numbered = entry["sequence"] == number and DIGEST.fullmatch(entry["hash"]) is not None
    return numbered and isinstance(entry.get("payload", ""), str)


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    # A zip's own reader takes a line of any length into memory.
    reader = io.BufferedReader(stream)  # type: ignore[type-var]
    while line := reader.readline(LONGEST_LINE):
        yield line


def end_of_log(path: Path) -> str:
    """Return the hash of the last entry of the log in an archive that was found whole."""
    last = b"{}"
    with zipfile.ZipFile(path) as archive, archive.open(LOG) as stream:
        for line in stream:
            last = line
    return str(json.loads(last).get("hash", ""))

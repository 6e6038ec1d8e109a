"""A zip of files with a manifest of SM3 sums, which any machine can check without the program's database.

``清单.txt`` has a line a file: SM3 (64 hexadecimal digits), size in bytes, path, separated by a blank each.
Only a line feed ends a line of it: a name may hold what else is taken for the end of one (U+2028, U+0085).
``审计日志.jsonl`` has a line an entry of the log, from the first on: ``sequence``, ``previous``, ``hash``,
and ``payload`` where the entry belongs to what the archive is about. An entry with its payload is proven by
its own hash; one without holds its place in the chain, so that none can be left out.
"""

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from xiaohao.lib.hash_chain import first_break

MANIFEST, LOG = "清单.txt", "审计日志.jsonl"
BLOCK = 1024 * 1024
# What the zip library raises for parts that were altered; a broken name is a ValueError, a version no zip
# ever had a RuntimeError.
UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, RuntimeError, ValueError)
LARGEST = 4 * 1024**3  # bytes of one file
Moment = tuple[int, int, int, int, int, int]


class NotAnArchive(Exception):  # noqa: N818 - what it is called in the sentence to the user
    """The file cannot be opened as a zip at all."""


class Writer:
    """Adds files to a zip while they are read, and sums them up for the manifest."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED)
        self._lines: list[str] = []

    def add(self, path: str, blocks: Iterable[bytes], at: Moment) -> None:
        """Add one file; ``at`` is its date and time. Raises ``ValueError`` for a path with a line break."""
        if "\n" in path:
            raise ValueError("A path with a line break would forge a line of the manifest.")
        summed, size = hashlib.new("sm3"), 0
        with self._zip.open(zipfile.ZipInfo(path, at), "w", force_zip64=True) as target:
            for block in blocks:
                summed.update(block)
                size += len(block)
                target.write(block)
        self._lines.append(f"{summed.hexdigest()} {size} {path}")

    def close(self, at: Moment) -> str:
        """Write the manifest; return its own SM3, by which the archive is known."""
        manifest = ("\n".join(self._lines) + "\n").encode()
        self._zip.writestr(zipfile.ZipInfo(MANIFEST, at), manifest)
        self._zip.close()
        return hashlib.new("sm3", manifest).hexdigest()


def blocks_of(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the contents of an open file."""
    while block := stream.read(BLOCK):
        yield block


def verify(path: Path) -> tuple[str, list[str]]:
    """Return the SM3 of the manifest and what is wrong, a sentence each; nothing where all is whole.

    Raises ``NotAnArchive`` for what cannot be opened.
    """
    try:
        opened = zipfile.ZipFile(path)
    except UNREADABLE as error:
        raise NotAnArchive from error
    with opened as archive:
        names = archive.namelist()
        if MANIFEST not in names:
            return "", [f"缺少{MANIFEST}，不是归档文件。"]
        try:
            manifest = archive.read(MANIFEST)
        except UNREADABLE:
            return "", [f"{MANIFEST}读不出来。"]
        expected = dict(_manifest_lines(manifest))
        wrong = [f"清单里有、文件里没有：{name}" for name in expected.keys() - set(names)]
        wrong += [f"清单里没有的文件：{name}" for name in set(names) - expected.keys() - {MANIFEST}]
        wrong += [f"文件重复：{name}" for name in {name for name in names if names.count(name) > 1}]
        for name in expected.keys() & set(names):
            if _summed(archive, name) != expected[name]:
                wrong.append(f"内容与清单不符：{name}")
        if LOG in names and LOG in expected:
            wrong += _broken_log(archive)
    return hashlib.new("sm3", manifest).hexdigest(), sorted(wrong)


def _manifest_lines(manifest: bytes) -> Iterator[tuple[str, tuple[str, int]]]:
    for line in manifest.decode("utf-8", "replace").split("\n"):
        digest, _blank, rest = line.partition(" ")
        size, _blank, name = rest.partition(" ")
        if name:
            yield name, (digest, int(size) if size.isdigit() else -1)


def _summed(archive: zipfile.ZipFile, name: str) -> tuple[str, int]:
    """Return SM3 and size; reading stops where a file is larger than any archive holds."""
    summed, size = hashlib.new("sm3"), 0
    try:
        with archive.open(name) as stream:
            for block in blocks_of(stream):
                size += len(block)
                summed.update(block)
                if size > LARGEST:
                    break
    except UNREADABLE:
        return "", -1
    return summed.hexdigest(), size


def _broken_log(archive: zipfile.ZipFile) -> list[str]:
    """Check the chain of the log, and each entry that is there with its payload."""

    def links() -> Iterator[tuple[str, str, str | None]]:
        with archive.open(LOG) as stream:
            for line in stream:
                entry = json.loads(line)
                yield entry["previous"], entry["hash"], entry.get("payload")

    try:
        place = first_break(links())
    except (*UNREADABLE, KeyError, TypeError, AttributeError):
        return [f"{LOG}读不出来。"]
    return [] if place is None else [f"{LOG}第{place + 1}行起不可信。"]


def end_of_log(path: Path) -> str:
    """Return the hash of the last entry of the log in an archive; empty where there is none."""
    last = ""
    with zipfile.ZipFile(path) as archive:
        if LOG in archive.namelist():
            with archive.open(LOG) as stream:
                for line in stream:
                    last = json.loads(line)["hash"]
    return last

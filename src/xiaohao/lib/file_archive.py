"""A zip of files with a manifest of SM3 sums, which any machine can check without the program's database.

Nothing in the file is left to chance: every member is stored as it is, one behind the other from the first
byte on, with one date for all and no attributes; behind them their contents, and nothing else. What date a
file had, the log says. So whatever is altered is noticed (``archive_layout``), not only what is summed up.

``校验清单.txt`` has a line a file: SM3 (64 hexadecimal digits), bytes, path, separated by a blank each.
Only a line feed ends a line of it: a name may hold what else is taken for the end of one (U+2028, U+0085).
``审计日志.jsonl`` has a line an entry of the log, from the first on: ``sequence``, ``previous``, ``hash``,
and ``payload`` where the entry belongs to what the archive is about. An entry with its payload is proven by
its own hash; one without holds its place in the chain, so that none can be left out. ``archive_check`` reads
both back.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO

MANIFEST, LOG = "校验清单.txt", "审计日志.jsonl"
BLOCK = 1024 * 1024
DATE = (1980, 1, 1, 0, 0, 0)  # of every member: the first a zip can hold


def member(path: str) -> zipfile.ZipInfo:
    """Return a member as the writer writes it, whatever the system it runs on."""
    one = zipfile.ZipInfo(path, DATE)
    one.create_system, one.external_attr = 3, 0o600 << 16  # a file of Unix, its owner's
    one.create_version = one.extract_version = zipfile.ZIP64_VERSION
    return one


class Writer:
    """Adds files to a zip while they are read, and sums them up for the manifest."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED)
        self._lines: list[str] = []

    def add(self, path: str, blocks: Iterable[bytes]) -> None:
        """Add one file. Raises ``ValueError`` for a path with a line break."""
        if "\n" in path:
            raise ValueError("A path with a line break would forge a line of the manifest.")
        summed, size = hashlib.new("sm3"), 0
        with self._zip.open(member(path), "w", force_zip64=True) as target:
            for block in blocks:
                summed.update(block)
                size += len(block)
                target.write(block)
        self._lines.append(f"{summed.hexdigest()} {size} {path}")

    def close(self) -> str:
        """Write the manifest; return its own SM3, by which the archive is known."""
        manifest = ("\n".join(self._lines) + "\n").encode()
        self._zip.writestr(member(MANIFEST), manifest)
        self._zip.close()
        return hashlib.new("sm3", manifest).hexdigest()


def blocks_of(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the contents of an open file."""
    while block := stream.read(BLOCK):
        yield block

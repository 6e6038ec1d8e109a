"""Archives for tests: regular ones, and ones put together by hand as no program of ours would."""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

from xiaohao.lib.file_archive import LOG, MANIFEST, Writer, member
from xiaohao.lib.hash_chain import GENESIS, link


def entries(*payloads: str | None) -> list[dict[str, Any]]:
    """Return a log; an entry without words holds its place in the chain."""
    found, previous = [], GENESIS
    for number, payload in enumerate(payloads, start=1):
        entry = {"sequence": number, "previous": previous, "hash": link(previous, payload or "别的事项")}
        found.append(entry if payload is None else {**entry, "payload": payload})
        previous = str(entry["hash"])
    return found


def as_lines(log: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in log).encode()


REGULAR = as_lines(entries("登记问题", None, "提交销号"))


def written(path: Path, files: dict[str, bytes], log: bytes | None = REGULAR) -> Path:
    """Write an archive as the program does."""
    with path.open("wb") as stream:
        writer = Writer(stream)
        for name, content in files.items():
            writer.add(name, [content])
        if log is not None:
            writer.add(LOG, [log])
        writer.close()
    return path


def manifest_of(files: dict[str, bytes]) -> bytes:
    lines = (f"{hashlib.new('sm3', data).hexdigest()} {len(data)} {name}\n" for name, data in files.items())
    return "".join(lines).encode()


def zipped(
    path: Path, files: dict[str, bytes], manifest: bytes | None = None, packing: int = zipfile.ZIP_STORED
) -> Path:
    """Zip files with a manifest that may be any, packed in any way."""
    with zipfile.ZipFile(path, "w") as target:
        for name, data in files.items():
            target.writestr(member(name), data, packing)
        target.writestr(member(MANIFEST), manifest_of(files) if manifest is None else manifest, packing)
    return path


def with_fields(path: Path, files: dict[str, bytes], name: str, **fields: Any) -> Path:
    """Zip files, and say of one of them in the contents at the end what is not so."""
    with zipfile.ZipFile(zipped(path, files), "a") as target:
        for field, value in fields.items():
            setattr(target.getinfo(name), field, value)
        target.comment = b""  # or nothing is written anew
    return path

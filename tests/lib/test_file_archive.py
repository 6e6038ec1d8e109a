"""A file's name can neither break nor forge the manifest."""

import io
import json
from pathlib import Path

import pytest

from xiaohao.lib.file_archive import LOG, Writer, verify
from xiaohao.lib.hash_chain import GENESIS, link

AT = (2026, 1, 1, 0, 0, 0)
# What Python takes for the end of a line, besides the one that ends a line of the manifest.
LINE_ENDS = "\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029"


def log_line(sequence: int = 1, previous: str = GENESIS, payload: str = "登记问题") -> dict[str, object]:
    linked = link(previous, payload)
    return {"sequence": sequence, "previous": previous, "hash": linked, "payload": payload}


def as_lines(*entries: dict[str, object]) -> bytes:
    return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries).encode()


def written(path: Path, **files: bytes) -> Path:
    """Write an archive with these files and a log of one entry."""
    with path.open("wb") as stream:
        writer = Writer(stream)
        for name, content in files.items():
            writer.add(name, [content], AT)
        writer.add(LOG, [as_lines(log_line())], AT)
        writer.close(AT)
    return path


@pytest.mark.parametrize("character", LINE_ENDS)
def test_a_name_is_read_back_whole_whatever_python_takes_for_the_end_of_a_line(tmp_path, character) -> None:
    path = written(tmp_path / "a.zip", **{f"甲{character}{'0' * 64} 1 乙.txt": b"x"})
    assert verify(path)[1] == []


def test_a_name_with_a_line_of_its_own_for_the_manifest_is_not_written() -> None:
    with pytest.raises(ValueError, match="line"):
        Writer(io.BytesIO()).add(f"甲\n{'0' * 64} 1 乙.txt", [b"x"], AT)

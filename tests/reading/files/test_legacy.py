"""Old Word and WPS files go through a converter of the machine."""

import os
import time
from pathlib import Path

import pytest

from xiaohao.reading import Unreadable
from xiaohao.reading.files import legacy, load

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "WordDocument".encode("utf-16-le") + bytes(512)


@pytest.fixture
def converter(tmp_path: Path, monkeypatch):
    """Put a converter of our own, a shell script, in the place of those of the machine."""

    def install(name: str, script: str) -> None:
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)

    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin{os.pathsep}/usr/bin")
    monkeypatch.setattr(legacy.shutil, "which", lambda name: found(tmp_path / name))
    return install


def found(program: Path) -> str | None:
    return str(program) if program.exists() else None


def test_the_text_the_converter_gives_is_read(converter) -> None:
    converter("catdoc", "echo '一、整改情况'")
    assert load(OLD, "通报.doc").text.strip() == "一、整改情况"


def test_without_a_converter_the_clerk_is_told_what_to_do(converter) -> None:
    with pytest.raises(Unreadable, match="用 Word 或 WPS 另存为 docx") as refused:
        load(OLD, "通报.wps")
    assert refused.value.code == "no-converter"


def test_a_converter_that_fails_is_a_damaged_file(converter) -> None:
    converter("antiword", "exit 3")
    with pytest.raises(Unreadable) as refused:
        load(OLD, "通报.doc")
    assert refused.value.code == "damaged"


def test_a_converter_that_hangs_ends_with_its_children(converter, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(legacy, "SECONDS", 0.5)
    converter("catdoc", f"(sleep 3; touch {tmp_path}/alive) & sleep 30")
    with pytest.raises(Unreadable):
        load(OLD, "通报.doc")
    time.sleep(3)
    assert not (tmp_path / "alive").exists()

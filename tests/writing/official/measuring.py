"""Rendered pages, measured: what stands where, in millimetres from the top left, and in which font."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

MILLIMETRE = 72 / 25.4  # points
REQUIRED = os.environ.get("XIAOHAO_REQUIRE_LIBREOFFICE") == "1"
needs_libreoffice = pytest.mark.skipif(
    not shutil.which("soffice") and not REQUIRED, reason="no LibreOffice on this machine"
)
# So that a rendered page tells which face was asked for: each official face is drawn with another font file.
STAND_INS = {
    "仿宋_GB2312": ("Noto Serif CJK SC", "regular"),
    "宋体": ("Noto Serif CJK SC", "regular"),
    "方正小标宋简体": ("Noto Serif CJK SC", "bold"),
    "黑体": ("Noto Sans CJK SC", "regular"),
    "楷体_GB2312": ("Noto Sans CJK SC", "bold"),
}
SAME_LINE = 4  # points between the middles of letters of one line


@dataclass(frozen=True)
class Letter:
    """A letter: the edges of its ink, the middle of its place, and the font it is drawn with."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    middle: float
    font: str


@dataclass(frozen=True)
class Line:
    """A line of a page: its text, its edges, its middle, and the font of its first letter."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    middle: float
    font: str


def size_of(document: bytes, page: int) -> tuple[int, int]:
    """Return width and height of a page, counted from 0."""
    width, height = pypdfium2.PdfDocument(document)[page].get_size()
    return round(width / MILLIMETRE), round(height / MILLIMETRE)


def letters_of(page: "pypdfium2.PdfPage") -> list[Letter]:
    """Return the letters of a page; blanks have no ink and are left out."""
    text, height = page.get_textpage(), page.get_height()
    found = []
    for place in range(text.count_chars()):
        _left, bottom, _right, top = text.get_charbox(place, loose=True)
        left, low, right, high = text.get_charbox(place)
        said = text.get_text_range(place, 1)
        if right <= left or not said.strip():
            continue
        edges = (left, right, height - high, height - low, height - (top + bottom) / 2)
        found.append(Letter(said, *(edge / MILLIMETRE for edge in edges), font_of(text, place)))
    return found


def pages_of(document: bytes) -> list[list[Line]]:
    """Return the lines of each page from top to bottom."""
    return [lines_of(letters_of(page)) for page in pypdfium2.PdfDocument(document)]


def lines_of(letters: Sequence[Letter]) -> list[Line]:
    """Return letters as lines: those whose middles are at nearly the same height."""
    rows: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda one: one.middle):
        if rows and letter.middle - rows[-1][0].middle < SAME_LINE / MILLIMETRE:
            rows[-1].append(letter)
        else:
            rows.append([letter])
    return [_line(sorted(row, key=lambda one: one.left)) for row in rows]


def _line(row: Sequence[Letter]) -> Line:
    return Line(
        "".join(letter.text for letter in row),
        row[0].left,
        max(letter.right for letter in row),
        min(letter.top for letter in row),
        max(letter.bottom for letter in row),
        sum(letter.middle for letter in row) / len(row),
        row[0].font,
    )


def font_of(text: "pypdfium2.PdfTextPage", place: int) -> str:
    """Return the name of the font of a letter, without the mark of a subset."""
    buffer, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, place, buffer, 200, flags)
    return buffer.value.decode(errors="replace").split("+")[-1]


def printed(word: bytes, folder: Path) -> bytes:
    """Return a Word file as LibreOffice prints it, each official face drawn with its stand-in."""
    source = folder / "document.docx"
    source.write_bytes(word)
    matches = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{family}</string></edit>'
        f'<edit name="weight" mode="assign" binding="strong"><const>{weight}</const></edit></match>'
        for name, (family, weight) in STAND_INS.items()
    )
    fonts = folder / "fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{matches}</fontconfig>',
        encoding="utf-8",
    )
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=environment)
    return source.with_suffix(".pdf").read_bytes()

"""Where printed documents find their letters, and which official faces are missing.

Order: the organ's own folder (setting ``FONTS_FOLDER``, licensed faces such as 方正小标宋), the fonts of the
system, the Noto faces that come with Xiaohao. A later family draws the characters an earlier one lacks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst
from django.conf import settings
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

SYSTEM_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "C:/Windows/Fonts")
SERIF = ("Noto Serif CJK SC", "Noto Serif SC", "Noto Sans CJK SC", "Noto Sans SC")
SANS = ("Noto Sans CJK SC", "Noto Sans SC", "Noto Serif CJK SC", "Noto Serif SC")


@dataclass(frozen=True)
class Face:
    """An official face: names its font files carry, free faces of the same kind, and what draws the rest."""

    label: str
    families: tuple[str, ...]
    alike: tuple[str, ...] = ()
    fallback: tuple[str, ...] = SERIF

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.families, *self.alike, *self.fallback)


TITLE = Face(
    "方正小标宋",
    ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK"),
)
BODY = Face(
    "仿宋_GB2312",
    ("FangSong_GB2312", "仿宋_GB2312"),
    ("FangSong", "仿宋", "FZFangSong-Z02S", "FZFangSong-Z02", "STFangsong", "FandolFang R", "FandolFang"),
)
BLACK = Face("黑体", ("SimHei", "黑体"), ("FZHei-B01S", "FZHei-B01", "STHeiti", "FandolHei"), SANS)
KAI = Face(
    "楷体_GB2312",
    ("KaiTi_GB2312", "楷体_GB2312"),
    ("KaiTi", "楷体", "FZKai-Z03S", "FZKai-Z03", "STKaiti", "LXGW WenKai", "AR PL UKai CN", "FandolKai"),
)
SONG = Face("宋体", ("SimSun", "宋体"), ("FZShuSong-Z01S", "STSong", "FandolSong"))
# Small print of charts and forms: an official face where there is one, else what is legible at 9 points.
SMALL = Face(BODY.label, BODY.families, BODY.alike, SANS)
FACES = (TITLE, BODY, BLACK, KAI, SONG)


@dataclass(frozen=True)
class FontFile:
    """A font in a file; ``index`` tells it from others in a collection."""

    family: str
    path: Path
    index: int


@dataclass(frozen=True)
class Faces:
    """The fonts there are for the faces of documents."""

    files: tuple[FontFile, ...]

    @property
    def folders(self) -> list[Path]:
        """Return the folders to look in, the organ's own first; not those of fonts no document uses."""
        return list(dict.fromkeys(file.path.parent for file in self.files))

    def of(self, face: Face) -> list[str]:
        """Return the names of the families to draw a face with, in order."""
        there = {file.family.lower() for file in self.files}
        return [name for name in face.names if name.lower() in there]

    def missing(self, *faces: Face) -> list[str]:
        """Return the labels of the official faces that are not there."""
        there = {file.family.lower() for file in self.files}
        return [face.label for face in faces if not there & {name.lower() for name in face.families}]

    def lacking(self, text: str) -> set[str]:
        """Return the characters of a text that no font has: they would come out empty."""
        wanted = {character for character in text if character.isprintable() and not character.isspace()}
        for file in self.files:
            if not wanted:
                break
            wanted -= {character for character in wanted if ord(character) in _characters(file)}
        return wanted


def faces() -> Faces:
    """Return the faces of this installation; new fonts are seen after a restart."""
    own = [Path(settings.FONTS_FOLDER)] if settings.FONTS_FOLDER else []
    bundled = finders.find("vendor/fonts/NotoSansSC-Regular.ttf")
    shipped = [Path(str(bundled)).parent] if bundled else []
    folders = [*own, *(Path(name) for name in SYSTEM_FOLDERS), *shipped]
    return faces_in(tuple(folder for folder in folders if folder.is_dir()))


@lru_cache(maxsize=8)
def faces_in(folders: tuple[Path, ...]) -> Faces:
    """Return the fonts in folders, and in the folders within, that documents are drawn with."""
    wanted = {name.lower() for face in FACES for name in face.names}
    return Faces(tuple(_wanted(_fonts(folders), wanted)))


def _fonts(folders: Iterable[Path]) -> Iterable[FontFile]:
    found = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )
    return (FontFile(font.family, Path(font.path), font.index) for font in found.fonts() if font.path)


def _wanted(fonts: Iterable[FontFile], names: set[str]) -> Iterable[FontFile]:
    return (font for font in fonts if font.family.lower() in names)


@lru_cache(maxsize=64)
def _characters(file: FontFile) -> frozenset[int]:
    """Return the characters a font has, by number."""
    with TTFont(file.path, fontNumber=file.index, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())

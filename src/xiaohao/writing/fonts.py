"""Where printed documents find their letters, and which official faces are missing.

Order: the organ's own folder (setting ``FONTS_FOLDER``, licensed faces such as 方正小标宋), Noto CJK of the
system, the Noto Sans SC that comes with Xiaohao. A later family draws the characters an earlier one lacks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst
from django.conf import settings
from django.contrib.staticfiles import finders

SYSTEM_FOLDERS = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-cjk",
)
FALLBACK = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Sans SC")
SANS_FALLBACK = ("Noto Sans CJK SC", "Noto Sans SC", "Noto Serif CJK SC")


@dataclass(frozen=True)
class Face:
    """An official face under the names its font files carry, most usual first."""

    label: str
    families: tuple[str, ...]
    fallback: tuple[str, ...] = FALLBACK


TITLE = Face("方正小标宋", ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK"))
BODY = Face("仿宋_GB2312", ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋"), SANS_FALLBACK)

BLACK = Face("黑体", ("SimHei", "黑体", "FZHei-B01S"), SANS_FALLBACK)
KAI = Face(
    "楷体_GB2312",
    ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "LXGW WenKai", "AR PL UKai CN"),
    FALLBACK,
)
PAGE_NUMBER = Face("宋体", ("SimSun", "宋体"))


@dataclass(frozen=True)
class Faces:
    """What there is: families to draw a face with, in order, and the folders to look in."""

    folders: tuple[Path, ...]
    families: frozenset[str]

    def of(self, face: Face) -> list[str]:
        """Return the families to draw the face with: its own if there, then the fallbacks that are there."""
        return [name for name in (*face.families, *face.fallback) if name.lower() in self.families]

    def missing(self, *faces: Face) -> list[str]:
        """Return the labels of the official faces that are not there."""
        return [
            face.label for face in faces if not any(name.lower() in self.families for name in face.families)
        ]


def faces() -> Faces:
    """Return the faces of this installation."""
    folders = tuple(folder for folder in _folders() if folder.is_dir())
    return Faces(folders, _families(folders))


def _folders() -> Sequence[Path]:
    own = [Path(settings.FONTS_FOLDER)] if settings.FONTS_FOLDER else []
    bundled = finders.find("vendor/fonts/NotoSansSC-Regular.ttf")
    return [*own, *(Path(name) for name in SYSTEM_FOLDERS), *([Path(str(bundled)).parent] if bundled else [])]


@lru_cache(maxsize=8)
def _families(folders: tuple[Path, ...]) -> frozenset[str]:
    """Read the family names once per set of folders; new fonts are seen after a restart."""
    found = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )
    return frozenset(name.lower() for name in found.families())

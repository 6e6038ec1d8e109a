"""What somebody wrote, how it came, and what came of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaohao.public.models import Receipt

if TYPE_CHECKING:
    from xiaohao.public.services.files import Upload


@dataclass(frozen=True)
class Said:
    """What somebody wrote. Only the words are asked for."""

    text: str
    name: str = ""
    contact: str = ""
    file: "Upload | None" = None


@dataclass(frozen=True)
class Came:
    """How it came: under which receipt, from which source (``limits.source_of``), whether in a flood."""

    receipt: str
    source: str
    flood: bool


@dataclass(frozen=True)
class Taken:
    """What came of it. ``again``: the same was sent before and nothing was added."""

    receipt: Receipt
    again: bool = False

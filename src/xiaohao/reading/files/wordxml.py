"""The XML of Word files: names without their namespaces, and the text a paragraph shows.

The namespaces differ between the two editions of the standard; the names do not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
SHOWN = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Removed text, what stands in the margin, and what only says how the text looks.
SKIPPED = frozenset(
    "del moveFrom delText instrText delInstrText pPr rPr sdtPr rt Fallback tblPr".split()  # noqa: SIM905
)


def local(element: Element) -> str:
    """Return the element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child of a name, and so on along the path; None where one is missing."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def attribute(element: Element | None, name: str = "val") -> str:
    """Return an attribute by its name without namespace; empty where it is missing."""
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def number(text: str, default: int) -> int:
    """Return a whole number of a few digits, or the default for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def is_on(element: Element | None) -> bool:
    """Tell whether a switch stands and is not turned off."""
    return element is not None and attribute(element) not in {"0", "false", "off"}


def blocks(parent: Element) -> Iterator[Element]:
    """Yield paragraphs and tables in order, those in content controls and insertions included."""
    for one in parent:
        name = local(one)
        if name in {"p", "tbl"}:
            yield one
        elif name in WRAPPERS and not _is_table_of_contents(one):
            yield from blocks(one)


def unwrapped(parent: Element, name: str) -> Iterator[Element]:
    """Yield the children of a name, those in content controls included."""
    for one in parent:
        if local(one) == name:
            yield one
        elif local(one) in WRAPPERS:
            yield from unwrapped(one, name)


def _is_table_of_contents(control: Element) -> bool:
    gallery = child(control, "sdtPr", "docPartObj", "docPartGallery")
    return attribute(gallery) == "Table of Contents"


@dataclass
class ParagraphText:
    """What a paragraph shows, and the text boxes that hang on it."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


def text_of(paragraph: Element) -> ParagraphText:
    """Read a paragraph; of two forms of a drawing (new and old Word) only the first is taken."""
    read = ParagraphText()
    _collect(paragraph, read)
    return read


def _collect(element: Element, read: ParagraphText) -> None:
    for one in element:
        name = local(one)
        if name == "t":
            read.parts.append(one.text or "")
        elif name in SHOWN:
            read.parts.append(SHOWN[name])
        elif name == "txbxContent":
            read.boxes.append(one)
        elif name not in SKIPPED and not (name == "r" and is_on(child(one, "rPr", "vanish"))):
            _collect(one, read)

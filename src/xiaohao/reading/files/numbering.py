"""The numbers Word makes by itself: they stand in no paragraph's text, yet carry the outline."""

from collections import defaultdict
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

DIGITS = "零一二三四五六七八九"
CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "ideographDigital",
    "japaneseCounting",
}


class Numbering:
    """Counts the numbered paragraphs of one document in order."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        part = _part(document)
        if part is None:
            return
        for number in part.findall(qn("w:num")):
            reference = number.find(qn("w:abstractNumId"))
            self._abstract[number.get(qn("w:numId"))] = reference.get(qn("w:val"))
        for abstract in part.findall(qn("w:abstractNum")):
            for level in abstract.findall(qn("w:lvl")):
                key = (abstract.get(qn("w:abstractNumId")), int(level.get(qn("w:ilvl"))))
                self._levels[key] = (
                    _value(level, "w:numFmt"),
                    _value(level, "w:lvlText"),
                    int(_value(level, "w:start") or 1),
                )

    def label(self, paragraph: Paragraph) -> str:
        """Return the number the paragraph shows, such as 一、 or （二）; empty where it has none."""
        number, level = _reference(paragraph)
        abstract = self._abstract.get(number or "")
        if abstract is None or (abstract, level) not in self._levels:
            return ""
        counts = self._counts[abstract]
        start = self._levels[abstract, level][2]
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        text = self._levels[abstract, level][1]
        for other in range(level + 1):
            form, _text, first = self._levels.get((abstract, other), ("decimal", "", 1))
            text = text.replace(f"%{other + 1}", _written(counts.get(other, first), form))
        return text if form_shows(self._levels[abstract, level][0]) else ""


def form_shows(form: str) -> bool:
    return form not in {"bullet", "none", ""}


def _part(document: Document) -> Any:
    try:
        return document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return None


def _value(level: Any, tag: str) -> str:
    found = level.find(qn(tag))
    return "" if found is None else str(found.get(qn("w:val")) or "")


def _reference(paragraph: Paragraph) -> tuple[str | None, int]:
    """Return the numbering the paragraph, or else its style, refers to."""
    sources: list[Any] = [paragraph._p.pPr]
    if paragraph.style is not None:
        sources.append(paragraph.style.element.pPr)
    for properties in sources:
        numbering = None if properties is None else properties.numPr
        if numbering is not None and numbering.numId is not None:
            level = 0 if numbering.ilvl is None else numbering.ilvl.val
            return str(numbering.numId.val), int(level)
    return None, 0


def _written(number: int, form: str) -> str:
    if form in CHINESE:
        return chinese(number)
    return str(number)


def chinese(number: int) -> str:
    """Return 1 to 99 as 一 to 九十九; larger numbers as digits."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    if tens == 0:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")

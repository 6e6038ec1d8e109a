"""A document as PDF by GB/T 9704-2012, set by typst from the same blocks as the Word file."""

from typing import Any

from django.utils.translation import gettext as _

from xiaohao.writing.body import Block, Cell, Level, Mark, Paragraph, Table
from xiaohao.writing.fonts import BLACK, BODY, KAI, SONG, TITLE, Faces
from xiaohao.writing.official.indents import attachment_indents
from xiaohao.writing.official.table_fit import fitted
from xiaohao.writing.official.text import OfficialText, Part
from xiaohao.writing.official.word_styles import SIGN_OFF
from xiaohao.writing.typesetting import pdf_of


def as_pdf(text: OfficialText, faces: Faces) -> bytes:
    """Return the document; where an official face is replaced, a line at the foot of page 1 says so.

    A character no font has is written as its number, 〔U+2A700〕: nothing ever comes out empty.
    """
    lacking = {character: f"〔U+{ord(character):04X}〕" for character in faces.lacking(_all_text(text))}
    spoken = str.maketrans(lacking)
    return pdf_of(
        "document.typ",
        {
            "fonts": {
                "title": faces.of(TITLE),
                "body": faces.of(BODY),
                "section": faces.of(BLACK),
                "part": faces.of(KAI),
                "number": faces.of(SONG),
            },
            "title": [line.translate(spoken) for line in text.title_lines],
            "note": note(faces, sorted(lacking)),
            "parts": [_part(part, text, spoken) for part in text.parts],
        },
        faces,
    )


def note(faces: Faces, lacking: list[str]) -> str:
    """Return which official faces were replaced and which characters no font has; empty for none."""
    missing = faces.missing(TITLE, BODY, BLACK, KAI)
    said = []
    if missing:
        said.append(_("本机没有%(names)s，已用相近字体代替") % {"names": "、".join(missing)})
    if lacking:
        numbers = "、".join(f"U+{ord(character):04X}" for character in lacking)
        said.append(_("本机的字体没有编码为%(numbers)s的字") % {"numbers": numbers})
    return f"（{'；'.join(said)}）" if said else ""


def _all_text(text: OfficialText) -> str:
    cells = [
        run.text
        for block in text.blocks
        if isinstance(block, Table)
        for cells in (block.head, *block.rows)
        for cell in cells
        for run in cell
    ]
    return text.title + "".join([*(one.text for one in text.blocks if isinstance(one, Paragraph)), *cells])


def _part(part: Part, text: OfficialText, spoken: dict[int, str]) -> dict[str, Any]:
    blocks = [{**_block(block, text, part, spoken), "kept": kept} for block, kept in part.kept]
    return {"landscape": part.landscape, "blocks": blocks}


def _block(block: Block, text: OfficialText, part: Part, spoken: dict[int, str]) -> dict[str, Any]:
    if isinstance(block, Table):
        fit = fitted(block, part.width)
        return {
            "level": "table",
            "widths": fit.widths,
            "head": [_runs(cell, spoken) for cell in fit.head],
            "rows": [[_runs(cell, spoken) for cell in row] for row in fit.rows],
            "size": fit.size,
            "whole": fit.whole,
        }
    heading, rest = block.halves
    return {
        "level": block.level.value,
        "heading": _runs(heading, spoken),
        "runs": _runs(rest, spoken),
        "indent": text.indent(block.level) if block.level in SIGN_OFF else 0,
        "centred": text.sealed,
        "hang": attachment_indents(block.text) if block.level == Level.ATTACHMENT else (2, 0),
    }


def _runs(runs: Cell, spoken: dict[int, str]) -> list[dict[str, Any]]:
    return [{"text": run.text.translate(spoken), "gap": run.mark == Mark.GAP} for run in runs]

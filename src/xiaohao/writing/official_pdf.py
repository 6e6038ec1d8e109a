"""A document as PDF by GB/T 9704-2012, set by typst from the same paragraphs as the Word file."""

from typing import Any

from django.utils.translation import gettext as _

from xiaohao.writing.body import Level, Mark, paragraphs
from xiaohao.writing.fonts import BLACK, BODY, KAI, PAGE_NUMBER, TITLE, Faces
from xiaohao.writing.official_word import RIGHT, right_indent
from xiaohao.writing.typesetting import pdf_of


def as_pdf(title: str, body: str, faces: Faces) -> bytes:
    """Return the document; where an official face is replaced, a line in the margin of page 1 says so."""
    found = paragraphs(body)
    signed = {one.level: one.text for one in found if one.level in RIGHT}
    data: dict[str, Any] = {
        "fonts": {
            "title": faces.of(TITLE),
            "body": faces.of(BODY),
            "section": faces.of(BLACK),
            "part": faces.of(KAI),
            "number": faces.of(PAGE_NUMBER),
        },
        "title": title,
        "note": replaced_note(faces),
        "paragraphs": [
            {
                "level": one.level.value,
                "runs": [{"text": run.text, "gap": run.mark == Mark.GAP} for run in one.runs],
                "heading": one.text[: one.heading] if one.level == Level.PART else "",
                "rest": one.text[one.heading :] if one.level == Level.PART else "",
                "indent": right_indent(one.level, signed) if one.level in RIGHT else 0,
            }
            for one in found
        ],
    }
    return pdf_of("document.typ", data, faces)


def replaced_note(faces: Faces) -> str:
    """Return which official faces were replaced, or nothing."""
    missing = faces.missing(TITLE, BODY, BLACK, KAI)
    return _("（本机没有%(names)s，已用相近字体代替）") % {"names": "、".join(missing)} if missing else ""

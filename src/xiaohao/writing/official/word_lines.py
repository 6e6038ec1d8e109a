"""Where the lines of a paragraph begin and end in Word."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from xiaohao.writing.official.measures import CHARACTERS, INSIDE, OUTSIDE, SIZE, WIDTH

CHARACTER = (WIDTH - INSIDE - OUTSIDE) / CHARACTERS  # mm from one character of a line to the next


def first_line(layout: Any, characters: float, hanging: float = 0) -> None:
    """Let the first line begin so many characters in, the following lines ``hanging`` characters in.

    In characters for Word and WPS, in points for programs that know no characters.
    """
    layout.left_indent = Pt(SIZE * hanging)
    layout.first_line_indent = Pt(SIZE * (characters - hanging))
    indent = layout._element.pPr.find(qn("w:ind"))
    indent.set(qn("w:leftChars"), str(round(100 * hanging)))
    name = "w:firstLineChars" if characters >= hanging else "w:hangingChars"
    indent.set(qn(name), str(round(100 * abs(characters - hanging))))


def sign_off(layout: Any, characters: float, *, centred: bool) -> None:
    """Let a line begin so many of the 28 characters of a line in, or centre it between there and the edge.

    In millimetres only: counted in characters Word takes 16 points, which adds up to more than the line has.
    What is not centred may go on into the margin, where wide digits would break a date.
    """
    layout.left_indent = Mm(CHARACTER * characters)
    if centred:
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        layout.right_indent = Mm(-2 * CHARACTER)

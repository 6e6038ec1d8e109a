"""Words of strangers without the characters that are not seen and turn others round."""

import re

# Controls but for tab and line end, blanks without width (which hide a word from a search), marks of
# direction (which let "txt.exe" be read as "exe.txt"), halves of surrogate pairs, what no XML may hold.
CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\ufffe\uffff\ud800-\udfff]"
)


def without_controls(text: str) -> str:
    """Return a text without what is not seen."""
    return CONTROLS.sub("", text)


def plain_lines(text: str) -> str:
    """Return a text of several lines with one kind of line end and without controls."""
    return without_controls(text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return a text as one line, blanks at its ends left out."""
    return " ".join(without_controls(text.replace("\r", "\n")).split())

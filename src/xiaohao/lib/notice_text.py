"""The sum of a published text, the same however a copy breaks its lines and sets its blanks.

A text keeps its words when it is put on another page; blanks, line ends and invisible characters change with
every copy. So they are left out, and the SM3 of the rest (UTF-8) is the sum.
"""

import hashlib
import re

# White space, and what is not seen: soft hyphen, zero-width and direction marks, byte order mark, controls.
UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\xad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")


def squeezed(text: str) -> str:
    """Return the characters of a text that are seen."""
    return UNSEEN.sub("", text)


def digest(text: str) -> str:
    """Return the sum of a text, 64 hexadecimal digits."""
    return hashlib.new("sm3", squeezed(text).encode("utf-8", "replace")).hexdigest()


def paragraphs(text: str) -> list[str]:
    """Return the lines of a text without what is not seen, empty ones left out."""
    return [line for line in map(squeezed, text.splitlines()) if line]

"""The marks of a web page, found in time that grows with its length only, however broken it is.

The parser of the standard library takes minutes over a few kilobytes of unclosed marks.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

START, END, TEXT = "start", "end", "text"
# What stands in these is no markup.
RAW = frozenset({"script", "style", "textarea", "iframe", "xmp", "noembed", "noframes"})

_NAME = re.compile(r"</?([A-Za-z][^\s/>]*+)")
# A mark may stand in the quotation marks of an attribute. A quotation mark never closed is one character.
_TAG_END = re.compile(r"""(?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+>""")
_HUGE_CODE = re.compile(r"&#[xX]?[0-9A-Fa-f]{8,};?")


@dataclass(frozen=True)
class Token:
    """A mark or the text between two. ``text``: the text, or the tag's name in lower case."""

    kind: str
    text: str
    attributes: str = ""


def tokens(page: str) -> Iterator[Token]:
    """Yield marks and texts in order; what a browser would drop at a broken end is dropped."""
    position, length = 0, len(page)
    while position < length:
        mark = page.find("<", position)
        if mark < 0:
            yield _text(page[position:])
            return
        if mark > position:
            yield _text(page[position:mark])
        position = _skipped(page, mark)
        if position < 0:
            named = _NAME.match(page, mark)
            if named is None:
                yield Token(TEXT, "<")
                position = mark + 1
                continue
            ended = _TAG_END.match(page, named.end())
            if ended is None:
                return
            name = named[1].lower()
            yield Token(END if page[mark + 1] == "/" else START, name, page[named.end() : ended.end() - 1])
            position = ended.end()
            if name in RAW and page[mark + 1] != "/":
                position = _end_of_raw(page, position, name)


def _skipped(page: str, mark: int) -> int:
    """Return where a comment or declaration ends, or -1 where ``mark`` begins neither."""
    if page.startswith("<!--", mark):
        return _behind(page, "-->", mark + 4)
    if page.startswith(("<!", "<?"), mark):
        return _behind(page, ">", mark)
    if page.startswith("</", mark) and not page[mark + 2 : mark + 3].isalpha():
        return _behind(page, ">", mark)
    return -1


def _behind(page: str, closing: str, start: int) -> int:
    found = page.find(closing, start)
    return len(page) if found < 0 else found + len(closing)


def _end_of_raw(page: str, start: int, name: str) -> int:
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(page, start)
    return found.start() if found else len(page)


def _text(text: str) -> Token:
    return Token(TEXT, html.unescape(_HUGE_CODE.sub("\ufffd", text)) if "&" in text else text)

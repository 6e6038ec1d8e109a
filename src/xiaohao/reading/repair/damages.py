"""The damages modelled forwards: what they make of a sound text.

A restoration is accepted only where the damage, done to it again, gives exactly what the file holds.
"""

from collections.abc import Mapping
from functools import cache

INDENT = "\u3000\u3000"
# Bytes of the indent that the slip swallows: of its four only the last one is left.
_SWALLOWED = 3


@cache
def gbk(character: str) -> bytes:
    """Return the GBK bytes of a character; none where GBK does not have it."""
    try:
        return character.encode("gbk")
    except UnicodeEncodeError:
        return b""


@cache
def pair(lead: int, trail: int) -> str:
    """Return the character of a GBK byte pair; an empty string where the pair stands for none and is lost."""
    try:
        return bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return ""


def damage_pinyin(text: str, readings: Mapping[str, str]) -> str:
    """Print readings the way converters do: behind every byte pair of the table, in step or not.

    ``入區`` holds the bytes of ``雲`` out of step; with readings for both it becomes ``入?yún)^(qū)``.
    """
    table = {gbk(character): f"({reading})".encode("gbk") for character, reading in readings.items()}
    source = text.encode("gbk")
    damaged = bytearray()
    for at, byte in enumerate(source):
        damaged.append(byte)
        damaged += table.get(source[at - 1 : at + 1], b"") if at else b""
    return _decode(bytes(damaged))


def damage_shift(text: str) -> str:
    """Read a paragraph's GBK bytes one step off, from its indent to where an ASCII byte ends it."""
    return _decode((INDENT + text).encode("gbk")[_SWALLOWED:])


def damage_sentence_start(text: str) -> str:
    """Read a full stop and the character after it one step off, as in ``。現`` → ``?，F``."""
    return "?" + _decode(text.encode("gbk")[1:])


def _decode(source: bytes) -> str:
    """Decode as the damaging programs do: undefined pairs vanish, a lead byte spoilt by ASCII is ``?``."""
    characters: list[str] = []
    at = 0
    while at < len(source):
        if source[at] < 0x80:
            characters.append(chr(source[at]))
            at += 1
            continue
        trail = source[at + 1] if at + 1 < len(source) else 0
        characters.append(pair(source[at], trail) if trail >= 0x40 else "?")
        at += 2
    return "".join(characters)

"""Readings printed behind characters, as in ``據(jù)``, left by pages converted to traditional characters."""

import re
import unicodedata
from collections import Counter
from functools import cache

from xiaohao.reading.repair.offsets import Edit
from xiaohao.reading.repair.traditional import is_traditional

LETTERS = "a-züɑɡāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_READING = re.compile(rf"(?<=[^\s(（])[(（]([{LETTERS}]{{1,6}})[)）]")
_CUT_READING = re.compile(rf"(?<=[^\s(（])[(（][{LETTERS}]{{0,6}}\s*\Z")
# This many readings with tone marks and a page is taken to print them throughout.
_ENOUGH = 3

_INITIALS = ("", *"bpmfdtnlgkhjqxrzcsyw", "zh", "ch", "sh")
_FINALS = frozenset(
    re.findall(
        r"\S+",
        "a o e ai ei ao ou an en ang eng ong er i ia ie iao iu ian in iang ing iong "
        "u ua uo uai ui uan un uang ueng ue ü üe",
    )
)
_TONE_MARKS = frozenset("\u0300\u0301\u0304\u030c")


def readings_of(text: str) -> dict[str, str]:
    """Return the reading that the text prints behind each character, the most frequent where they differ."""
    counts: Counter[tuple[str, str]] = Counter(
        (text[found.start() - 1], found[1]) for found in _READING.finditer(text) if _has_tone(found[1])
    )
    return {character: reading for (character, reading), _ in reversed(counts.most_common())}


def without_readings(text: str) -> str:
    """Return ``text`` without anything in brackets that looks like a reading, for comparison only."""
    return _READING.sub("", text)


def find_readings(text: str) -> list[Edit]:
    """Find the readings to take out; none unless the text shows that it prints them.

    A reading behind a traditional character is always the converter's. Behind another one it is only where
    the text prints several, so that a single gloss on a rare character stays. Latin letters that are no
    Chinese syllable, such as ``(A)`` or ``(app)``, stay in any case.
    """
    found = [match for match in _READING.finditer(text) if is_syllable(match[1])]
    throughout = sum(_has_tone(match[1]) for match in found) >= _ENOUGH
    edits = [
        Edit("pinyin", match.start(), match.group(), "")
        for match in found
        if is_traditional(text[match.start() - 1]) or (throughout and _has_tone(match[1]))
    ]
    cut = _CUT_READING.search(text, max(0, len(text) - 20)) if edits else None
    if cut and is_traditional(text[cut.start() - 1]):
        edits.append(Edit("pinyin", cut.start(), cut.group().rstrip(), ""))
    return edits


@cache
def is_syllable(letters: str) -> bool:
    """Tell whether letters, with or without a tone mark, have the form of one Chinese syllable."""
    plain = "".join(c for c in unicodedata.normalize("NFD", letters) if c not in _TONE_MARKS)
    plain = unicodedata.normalize("NFC", plain).replace("ɑ", "a").replace("ɡ", "g")
    return any(plain.startswith(initial) and plain[len(initial) :] in _FINALS for initial in _INITIALS)


@cache
def _has_tone(letters: str) -> bool:
    return is_syllable(letters) and not _TONE_MARKS.isdisjoint(unicodedata.normalize("NFD", letters))

"""Single characters read one step off within a sentence, on pages that print readings."""

import re
from collections.abc import Iterator, Mapping

from xiaohao.reading.repair.damages import damage_pinyin, damage_sentence_start, gbk, pair
from xiaohao.reading.repair.offsets import Edit
from xiaohao.reading.repair.pinyin import LETTERS, readings_of
from xiaohao.reading.repair.traditional import is_traditional

# The converter took two halves of neighbouring characters for one of its own: 入區 → 入?yún)^(qū).
_WITHIN = re.compile(
    rf"(?<=[^\x00-\x7f])[?？](?P<false>[{LETTERS}]{{1,6}})[)）](?P<byte>[@-~])(?:[(（](?P<true>[{LETTERS}]{{1,6}})[)）])?"
)
# A full stop lost its first byte: 。現 → ?，F.
_SENTENCE = re.compile(
    rf"(?<=[^\x00-\x7f])[?？](?P<sign>[,，:：;；?？!！])(?P<byte>[@-~])(?:[(（](?P<true>[{LETTERS}]{{1,6}})[)）])?"
)
_FULL_WIDTH = str.maketrans(",:;?!", "，：；？！")


def find_slips(text: str) -> list[Edit]:
    """Find slips that have exactly one restoration; none unless the text prints readings."""
    if not (_WITHIN.search(text) or _SENTENCE.search(text)):
        return []
    readings = readings_of(text)
    if not readings:
        return []
    seen = frozenset(text)
    edits = [*_within(text, readings), *_sentence_starts(text, readings, seen)]
    return sorted(edits, key=lambda edit: edit.start)


def _within(text: str, readings: Mapping[str, str]) -> Iterator[Edit]:
    by_trail: dict[int, list[str]] = {}
    for character in readings:
        by_trail.setdefault(gbk(character)[-1] if gbk(character) else 0, []).append(character)
    for match in _WITHIN.finditer(text):
        before = text[match.start() - 1]
        restored = [
            character
            for character in by_trail.get(ord(match["byte"]), ())
            if match["true"] in (None, readings[character]) and _proved(before + character, match, readings)
        ]
        if len(restored) == 1:
            yield Edit("shifted-gbk", match.start(), text[match.start() : match.end("byte")], restored[0])


def _proved(sound: str, match: re.Match[str], readings: Mapping[str, str]) -> bool:
    """Tell whether printing readings into ``sound`` gives the slip."""
    before, character = gbk(sound[0]), gbk(sound[1])
    false = pair(before[-1], character[0]) if len(before) == 2 else ""
    if not false or not is_traditional(false) or readings.get(false, match["false"]) != match["false"]:
        return False
    damaged = damage_pinyin(sound, {false: match["false"], sound[1]: readings[sound[1]]})
    return damaged == f"{sound[0]}?{match['false']}){match['byte']}({readings[sound[1]]})"


def _sentence_starts(text: str, readings: Mapping[str, str], seen: frozenset[str]) -> Iterator[Edit]:
    for match in _SENTENCE.finditer(text):
        sign = match["sign"].translate(_FULL_WIDTH)
        character = pair(gbk(sign)[1], ord(match["byte"]))
        if not character or not is_traditional(character):
            continue
        # A reading never stands behind a Latin letter; without one the character must be in use elsewhere.
        likely = (
            readings.get(character, match["true"]) == match["true"] if match["true"] else character in seen
        )
        if likely and damage_sentence_start(f"。{character}") == f"?{sign}{match['byte']}":
            yield Edit(
                "shifted-gbk", match.start(), text[match.start() : match.end("byte")], f"。{character}"
            )

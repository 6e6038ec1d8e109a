"""Names of people nobody here knows, where a text speaks of discipline."""

import re
from collections.abc import Iterator

from xiaohao.lib.surnames import SURNAME
from xiaohao.writing.publication_check import slots
from xiaohao.writing.publication_check.discipline import Span
from xiaohao.writing.publication_check.naming import GIVEN, Slot, name_at, slot_at
from xiaohao.writing.publication_check.words import LIKE_NAMES, Words

BEGINNING = re.compile(f"(?={SURNAME})")
BLANK = r"[^\S\n]"
# 张　三, as short names are written to be as wide as long ones; 王 小 明; but 张 三 李 四 are two.
NEXT = f"{BLANK}{{1,4}}(?!{SURNAME}{BLANK}{{1,4}}[{slots.HAN}]){GIVEN}(?![{slots.HAN}])"
SPACED = re.compile(
    f"({SURNAME}{BLANK}{{1,4}}{GIVEN}(?:(?!{NEXT})|{BLANK}{{0,4}}{GIVEN}))(?={slots.FOLLOWS.pattern})"
)
# 买买提·艾力
DOTTED = re.compile(
    f"(?<=[{slots.HAN}]{{2}})(?:[·•・‧][{slots.HAN}]{{1,8}}?){{1,3}}(?={slots.FOLLOWS.pattern})"
)
LONGEST_DOTTED = 8
JOINED = re.compile(rf"{BLANK}?(?:、|以及|[和与及]){BLANK}?")


def strangers(text: str) -> list[Span]:
    """Return where names stand in a part of a text that speaks of discipline."""
    words = Words(text)
    found = [_dotted(words, *one.span()) for one in DOTTED.finditer(text)]
    found += [one.span(1) for one in SPACED.finditer(text) if _is_spaced(words, *one.span(1))]
    names: list[Span] = []
    for one in BEGINNING.finditer(text):
        free = not names or one.start() >= names[-1][1] + text.startswith("和", names[-1][1])
        if free and (span := name_at(words, one.start(), slot_at(words, one.start()))):
            names.append(span)
    return [*found, *names, *_listed_with(words, names)]


def _is_spaced(words: Words, start: int, end: int) -> bool:
    """Tell whether spaced characters are a name: they stand for themselves, and are no word together."""
    together = "".join(words.text[start:end].split())
    stands = _begins(words.text, start) and slots.FOLLOWS.match(words.text, end)
    length, kind = Words(together).word_at(0)
    return bool(stands) and (length != len(together) or kind.startswith(LIKE_NAMES))


def _dotted(words: Words, dot: int, end: int) -> Span:
    """Return a name that has a dot in it, from where something can stand before a name."""
    starts = range(dot - 2, max(-1, dot - LONGEST_DOTTED - 1), -1)
    return next((start for start in starts if _begins(words.text, start)), dot - 2), end


def _begins(text: str, start: int) -> bool:
    """Tell whether something begins: behind no character, or behind what stands before names."""
    return not text[start - 1 : start].isalpha() or text.endswith((*slots.TITLES, *slots.TREATING), 0, start)


def _listed_with(words: Words, names: list[Span]) -> Iterator[Span]:
    """Yield names that are known to be some because they are listed with others."""
    known = set(names)
    for name in names:
        end = name[1]
        while (span := _behind(words, end)) and span not in known:
            known.add(span)
            yield span
            end = span[1]
    for name in reversed(names):
        start = name[0]
        while (span := _before(words, start)) and span not in known:
            known.add(span)
            yield span
            start = span[0]


def _behind(words: Words, end: int) -> Span | None:
    """Return the name that is joined to what ends at a place."""
    joint = JOINED.match(words.text, end)
    return name_at(words, joint.end(), Slot.NAME) if joint else None


def _before(words: Words, start: int) -> Span | None:
    """Return the name that is joined to what begins at a place."""
    for joint in (start - 1, start - 2):
        if joint > 0 and (one := JOINED.match(words.text, joint)) and one.end() == start:
            for first in range(joint - 2, max(-1, joint - 5), -1):
                span = name_at(words, first, Slot.NAME if slot_at(words, first) else None)
                if span and span[1] == joint:
                    return span
    return None

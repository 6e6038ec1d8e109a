"""Whether a name begins at a place: by surname, by what stands around it, and by not being a word."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum

from xiaohao.lib.surnames import ALSO_WORDS, COMPOUND, SURNAME
from xiaohao.writing.publication_check import slots
from xiaohao.writing.publication_check.discipline import Span
from xiaohao.writing.publication_check.words import LIKE_NAMES, THINGS, Words

GIVEN = f"(?:(?!为其|向(?:{slots.ORGAN})|[{''.join(sorted(slots.NEVER_GIVEN))}])[{slots.HAN}])"
NAME = re.compile(f"({SURNAME})({GIVEN}{{1,2}})")
LONGEST_BEFORE = 12


class Slot(Enum):
    """What stands before a name."""

    TITLE = "title"
    COUNT = "count"
    NAME = "name"
    TREATED = "treated"
    WORD = "word"


def slot_at(words: Words, start: int) -> Slot | None:
    """Return what stands before a place; none where no name can begin."""
    before = words.text[max(0, start - LONGEST_BEFORE) : start]
    if before.endswith(slots.TITLES):
        return Slot.TITLE
    if slots.COUNTED.search(before):
        return Slot.COUNT
    if before.endswith(slots.BELIEVED):
        return Slot.TREATED
    if not words.divides(start):
        return None
    said = [one for one in slots.TREATING if before.endswith(one) and words.divides(start - len(one))]
    return Slot.TREATED if said else Slot.WORD


def name_at(words: Words, start: int, slot: Slot | None) -> Span | None:
    """Return the name that begins at a place, where a word ends or something may follow."""
    one = NAME.match(words.text, start) if slot else None
    near = {words.text[start : start + 2], words.text[max(0, start - 1) : start + 1]}
    if not one or near & slots.ORDINARY:
        return None
    possible = [
        end for end in range(one.end(), one.end(1), -1) if words.text[end - 1] not in slots.NEVER_LAST
    ]
    ends = _ends(words, possible, start, slot)
    return next(((start, end) for end in ends if _is_name(words, start, end, slot)), None)


def _ends(words: Words, possible: Sequence[int], start: int, slot: Slot | None) -> Iterator[int]:
    """Yield where a name may end, what is surest first: something follows, and a word ends there."""
    followed = [end for end in possible if slots.FOLLOWS.match(words.text, end)]
    divided = [end for end in possible if words.divides(end)]
    if words.text.endswith(slots.REMOVED, 0, start):
        yield from divided
    yield from (end for end in followed if end in divided)
    acting = [end for end in followed if _acts(words.text, start, end, slot)]
    clear = [end for end in followed if slots.CLEARLY.match(words.text, end)]
    yield from followed if slot is not Slot.WORD else (*clear, *acting)
    if slot is Slot.TITLE:
        yield from divided


def _is_name(words: Words, start: int, end: int, slot: Slot | None) -> bool:
    """Tell whether what could be a name is no word, or stands where only a name can."""
    if any(slots.SANCTION.match(words.text, place) for place in range(start + 1, end)):
        return False
    certain = _is_certain(words.text, start, end, slot)
    length, kind = words.word_at(start)
    if kind.startswith(LIKE_NAMES) and slots.PLACES_LISTED.match(words.text, end):
        return False
    if words.text[end - 1] in slots.PLACES and not certain:
        return False
    if length > 2 or (length and not words.text.startswith(COMPOUND, start)):
        return _is_word_as_name(words, start, end, slot, certain=certain)
    if words.text[start] in ALSO_WORDS and not words.text.startswith(COMPOUND, start):
        return _is_named_by_a_word(words, start, end, slot, certain=certain)
    return True


def _is_named_by_a_word(words: Words, start: int, end: int, slot: Slot | None, *, certain: bool) -> bool:
    """Tell whether a character that is a word as well is a surname: 于小明, 任建国."""
    given, given_kind = words.word_at(start + 1)
    apart = not words.text[start - 1 : start].isalpha()
    glued = apart and given == end - start  # 梅因 in 于梅因违规
    if given and not glued and not given_kind.startswith(LIKE_NAMES):
        return False
    clearly = _is_clear(words.text, start, end, slot)
    three = end - start > 2
    if slot is Slot.WORD and words.text[start] == "和" and not apart and NAME.match(words.text, start + 1):
        return False  # 财务科和王刚
    if slot is Slot.WORD:
        alone = words.text[start - 1 : start] in set("｜|（(") and words.text[end : end + 1] in set("｜|）)")
        office = words.text[start - 1 : start] in slots.OFFICES
        return certain or alone or (clearly and (apart or three or office))
    ends = slot is Slot.TREATED and not words.text[end : end + 1].isalpha()
    return clearly or three or ends or (certain and slot is not Slot.TITLE)


def _is_word_as_name(words: Words, start: int, end: int, slot: Slot | None, *, certain: bool) -> bool:
    """Tell whether a word, or one with a character more, is meant as a name: 江山, 万里鹏."""
    length, kind = words.word_at(start)
    ends = slot is Slot.TREATED and not words.text[end : end + 1].isalpha()
    clearly = certain or ends or _is_clear(words.text, start, end, slot)
    if end - start == length:
        return clearly and kind.startswith(THINGS if slot is Slot.TITLE else LIKE_NAMES)
    if end - start < length or words.text[end - 1] in slots.ENDINGS:
        return False
    if certain:
        return slot in {Slot.TITLE, Slot.COUNT, Slot.NAME} or kind.startswith((THINGS, *LIKE_NAMES))
    return clearly and kind.startswith(LIKE_NAMES)


def _acts(text: str, start: int, end: int, slot: Slot | None) -> bool:
    """Tell whether a sentence or a title is followed by somebody and what he does: 于洋负有."""
    opens = slot is Slot.TITLE or not text[start - 1 : start].isalpha()
    return opens and slots.ACTING.match(text, end) is not None


def _is_clear(text: str, start: int, end: int, slot: Slot | None) -> bool:
    """Tell whether what is behind speaks of somebody; with a frequent surname less is enough."""
    frequent = text[start] in slots.FREQUENT and _acts(text, start, end, slot)
    return frequent or slots.CLEARLY.match(text, end) is not None


def _is_certain(text: str, start: int, end: int, slot: Slot | None) -> bool:
    """Tell whether only a name can stand between what is before and what is behind."""
    if slot is Slot.COUNT:
        return not text[end : end + 1].isalnum()
    alone = text[start - 1 : start] in {"", "\n", ".", "．"} and text[end - 1] not in {*slots.PLACES, "省"}
    if alone and slots.DONE_BELOW.match(text, end):
        return True
    sanctioned = slot is Slot.TREATED and (
        slots.SANCTION.match(text, end) or text.endswith(slots.REMOVED, 0, start)
    )
    return slot in {Slot.TITLE, Slot.NAME} or bool(sanctioned or slots.CALLED.match(text, end))

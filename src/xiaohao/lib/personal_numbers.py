"""Numbers that belong to one person: ID, mobile and bank card numbers, by their own check digits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
REGIONS = range(11, 83)  # first two digits (GB/T 2260)
WIDE = str.maketrans("０１２３４５６７８９Ｘｘ＋－—　", "0123456789Xx+-- ")
# What may stand between two digits: blanks, dashes, dots, and what is not seen at all.
BETWEEN = r"[\s\-./·\u00ad\u200b-\u200f\u2010-\u2015\u2060\ufeff]{0,3}"
MOBILE_DIGITS = 11


class NumberKind(Enum):
    ID = "id"
    MOBILE = "mobile"
    CARD = "card"


@dataclass(frozen=True)
class PersonalNumber:
    """A number in a text, as it is written there; ``masked`` is how it may be shown."""

    kind: NumberKind
    start: int
    said: str
    masked: str


def personal_numbers(text: str) -> Iterator[PersonalNumber]:
    """Yield the numbers of persons in a text, however blanks, dashes and widths are set.

    Dates and the telephones of offices are none. Each kind is looked for by itself: a number may stand right
    beside a date or another number. What is part of one number is not found as another.
    """
    plain = text.translate(WIDE)
    taken = bytearray(len(plain))
    for kind, pattern, pieces, holds in KINDS:
        for one in pattern.finditer(plain):
            start, end = one.span(1)
            digits = re.sub(r"[^\dXx]", "", one.group(1))
            if holds(digits) and _is_one(one.group(1), digits, pieces) and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                yield PersonalNumber(kind, start, text[start:end], masked(digits))


def _is_one(said: str, digits: str, pieces: int) -> bool:
    """Tell whether digits are written as one number: 15 20 30 40 100 are five."""
    written = len(re.findall(r"[\dXx]+", said))
    return written <= pieces or written == len(digits)


def is_id_number(text: str) -> bool:
    """Tell whether 18 characters are an ID number, or 15 digits one of the first generation."""
    if len(text) == 15:
        return text.isdigit() and int(text[:2]) in REGIONS and _is_day(text[8:10], text[10:12])
    if len(text) != 18 or not text[:17].isdigit() or int(text[:2]) not in REGIONS:
        return False
    if not _is_day(text[10:12], text[12:14]):
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(text, WEIGHTS, strict=False)) % 11
    return "10X98765432"[rest] == text[17].upper()


def _is_day(month: str, day: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def is_mobile_number(digits: str) -> bool:
    """Tell whether digits are a mobile number of the mainland, with or without 86 before it."""
    number = digits.removeprefix("00").removeprefix("86") if len(digits) > MOBILE_DIGITS else digits
    proper = len(number) == MOBILE_DIGITS and number.isdigit()
    return proper and number[0] == "1" and number[1] in "3456789"


def is_card_number(digits: str) -> bool:
    """Tell whether digits are a bank card number by their check digit (Luhn)."""
    if not 16 <= len(digits) <= 19 or not digits.isdigit():
        return False
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def masked(text: str) -> str:
    """Return a number with all but its first three and last two characters hidden."""
    return text[:3] + "*" * max(1, len(text) - 5) + text[-2:]


def _pattern(first: str, more: int, last: str = "") -> re.Pattern[str]:
    """Return the pattern of a number that begins and ends where digits do; matches may overlap."""
    return re.compile(rf"(?<![0-9])(?=({first}(?:{BETWEEN}[0-9]){{{more}}}{last})(?![0-9]))")


# In the order in which they are believed; the third is in how many pieces such a number is written at most.
# An ID number of 18 proves itself.
KINDS = (
    (NumberKind.ID, _pattern(r"[1-8]", 16, rf"{BETWEEN}[0-9Xx]"), 18, is_id_number),
    *((NumberKind.CARD, _pattern(r"[3-9]", length - 1), 5, is_card_number) for length in (19, 18, 17, 16)),
    (NumberKind.ID, _pattern(r"[1-8]", 14), 4, is_id_number),
    (
        NumberKind.MOBILE,
        _pattern(rf"(?:(?:\+|00)?{BETWEEN}86{BETWEEN})?1{BETWEEN}[3-9]", 9),
        4,
        is_mobile_number,
    ),
)

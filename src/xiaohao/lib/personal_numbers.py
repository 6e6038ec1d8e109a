"""Numbers that belong to one person: ID, mobile and bank card numbers, by their own check digits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
REGIONS = range(11, 83)  # first two digits (GB/T 2260)
WIDE = str.maketrans("０１２３４５６７８９Ｘｘー－—　", "0123456789Xx--- ")
DIGITS = re.compile(r"(?<![\d.])(?:\+)?\d(?:[ -]?\d){9,20}[ -]?[\dXx](?![\d.])")


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

    Dates and the telephones of offices are none.
    """
    for one in DIGITS.finditer(text.translate(WIDE)):
        digits = re.sub(r"[^\dXx]", "", one.group(0))
        kind = _kind(digits)
        if kind:
            yield PersonalNumber(kind, one.start(), text[one.start() : one.end()], masked(digits))


def _kind(digits: str) -> NumberKind | None:
    if is_id_number(digits):
        return NumberKind.ID
    if is_mobile_number(digits):
        return NumberKind.MOBILE
    return NumberKind.CARD if is_card_number(digits) else None


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
    number = digits.removeprefix("86") if len(digits) == 13 else digits
    return len(number) == 11 and number.isdigit() and number[0] == "1" and number[1] in "3456789"


def is_card_number(digits: str) -> bool:
    """Tell whether digits are a bank card number by their check digit (Luhn)."""
    if not 16 <= len(digits) <= 19 or not digits.isdigit():
        return False
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def masked(text: str) -> str:
    """Return a number with all but its first three and last two characters hidden."""
    return text[:3] + "*" * max(1, len(text) - 5) + text[-2:]

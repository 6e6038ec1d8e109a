"""Numbers that belong to one person in a text: ID, mobile and bank card numbers, however they are written."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from xiaohao.lib.number_checks import (
    MOBILE_DIGITS,
    has_the_length_of_an_id_number,
    is_card_number,
    is_id_number,
    is_mobile_number,
)

# What looks like the X an ID number may end with: Roman, Cyrillic, Greek, times.
LIKE_X = "ＸｘⅩⅹХхΧχ×✕✖╳"
WIDE = str.maketrans("０１２３４５６７８９＋（）" + LIKE_X, "0123456789+()" + "X" * len(LIKE_X))
# Digits that also number lists or stand in sentences: taken as digits only among themselves.
OTHER_DIGITS = ("〇一二三四五六七八九", "零幺", "零壹贰叁肆伍陆柒捌玖", "⓪①②③④⑤⑥⑦⑧⑨", "⓿❶❷❸❹❺❻❼❽❾")
OTHERS = {ord(sign): str(digit) for row in OTHER_DIGITS for digit, sign in enumerate(row)}
OTHERS |= dict.fromkeys(map(ord, "0123456789"), "#")
# What may stand between two digits: blanks, dashes, dots, brackets, and what is not seen at all.
SIGNS = r"\s\-./·_~()～＿－．・•‧∙⋅／﹣−⁃ー\u00ad\u200b-\u200f\u2010-\u2015\u2060\ufeff"
BETWEEN = rf"[{SIGNS}]{{0,5}}+"


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


class Form(NamedTuple):
    """How a number is written: ``pieces`` is in how many at most, ``holds`` tells whether digits are one."""

    kind: NumberKind
    pattern: re.Pattern[str]
    pieces: int
    holds: Callable[[str], bool]


def personal_numbers(text: str) -> Iterator[PersonalNumber]:
    """Yield the numbers of persons in a text, however blanks, dashes, brackets and widths are set.

    Dates, money and the telephones of offices are none. Each kind is looked for by itself: a number may
    stand right beside a date or another number. What is part of one number is not found as another.
    """
    plain = text.translate(WIDE)
    taken = bytearray(len(plain))
    for said in (plain, plain.translate(OTHERS)):
        for form in FORMS:
            for one in form.pattern.finditer(said):
                start, end = one.span(1)
                digits = re.sub(r"[^0-9Xx]", "", one.group(1))
                if _is_one(form, one.group(1), digits) and not any(taken[start:end]):
                    taken[start:end] = b"\1" * (end - start)
                    yield PersonalNumber(form.kind, start, text[start:end], masked(digits))


def _is_one(form: Form, said: str, digits: str) -> bool:
    """Tell whether digits are written as one number: 15 20 30 40 100 are five."""
    written = len(re.findall(r"[0-9Xx]+", said))
    country = form.kind is NumberKind.MOBILE and len(digits) > MOBILE_DIGITS
    return (written <= form.pieces + country or written == len(digits)) and form.holds(digits)


def masked(text: str) -> str:
    """Return a number with all but its first three and last two characters hidden."""
    return text[:3] + "*" * max(1, len(text) - 5) + text[-2:]


def _pattern(first: str, more: int, last: str = "") -> re.Pattern[str]:
    """Return the pattern of a number that begins and ends where digits do; matches may overlap.

    A text is gone through once: what stands between two digits is bounded and never given back.
    """
    return re.compile(rf"(?<![0-9])(?=({first}(?:{BETWEEN}[0-9]){{{more}}}{last})(?![0-9]))")


X = rf"{BETWEEN}[0-9Xx]"
# Behind its name a number is meant as one, be its check digit wrong.
CALLED_ID = re.compile(
    rf"(?:身份证|身份号码|证件)[^0-9，,。；;\n]{{0,12}}([0-9](?:{BETWEEN}[0-9]){{13,16}}{X})(?![0-9])"
)
# (138)00138000 and (+86)138… begin with the bracket; 15000000000元 is money, 13800138000元旦 is not.
OPENING = r"(?<![¥￥])(?:\((?=[+0-9\s]{2,6}\)))?"
COUNTRY = rf"(?:(?:(?:\+|00){BETWEEN})?86{BETWEEN})?"
NO_MONEY = r"(?!(?:\.[0-9]{1,4})?\s?[余多]?(?:元(?![旦月宵])|[万亿]{1,2}[余多]?元))"
# In the order in which they are believed: an ID number of 18 proves itself.
FORMS = (
    Form(NumberKind.ID, _pattern(r"[1-8]", 16, X), 18, is_id_number),
    Form(NumberKind.ID, CALLED_ID, 18, has_the_length_of_an_id_number),
    *(
        Form(NumberKind.CARD, _pattern(r"[3-9]", length - 1), 5, is_card_number)
        for length in (19, 18, 17, 16)
    ),
    Form(NumberKind.ID, _pattern(r"[1-8]", 14), 4, is_id_number),
    Form(
        NumberKind.MOBILE,
        _pattern(rf"{OPENING}{COUNTRY}1{BETWEEN}[3-9]", 9, NO_MONEY),
        4,
        is_mobile_number,
    ),
)

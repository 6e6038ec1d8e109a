"""What must not leave the organ: looked for before a text is published.

Each hit is resolved by changing the text or kept with a reason. Rules: 保密法, 个人信息保护法,
党务公开条例（试行）. No ID, mobile or bank numbers, clue or informant words, secret marks, names beside
discipline words, nothing marked as not public.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiaohao.lib.hash_chain import link

NEAR = 25  # characters between a name and a discipline word
ID_NUMBER = re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?!\d)|(?<!\d)[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])\d{5}(?!\d)")
MOBILE = re.compile(r"(?<![\d-])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
BANK_CARD = re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)")
SECRET = re.compile(r"绝密|机密|秘密[★☆]|[（(]?(?:秘密|机密)级[）)]?|内部资料|不得外传")
CLUES = re.compile(r"(?:问题)?线索(?:编号|来源|内容)?|举报人|检举人|控告人|信访人|举报信")
DISCIPLINE = re.compile(
    r"立案|审查调查|留置|处分|开除|撤职|降级|记过|警告|诫勉|批评教育|责令检查|组织处理|移送司法"
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999


@dataclass(frozen=True)
class Hit:
    """``key`` stands for what was found whatever moves around it; ``advice`` says what to do."""

    key: str
    what: str | Promise
    text: str
    start: int
    advice: str | Promise


def check(text: str, names: Iterable[str], withheld: Iterable[tuple[str, str]]) -> list[Hit]:
    """Return what was found, in the order of the text, what stands there several times once.

    ``names`` are those of the organ's people; ``withheld`` the titles marked as not public, with why.
    """
    found: dict[str, Hit] = {}
    for start, what, said, advice in sorted(_found(text, names, withheld), key=lambda one: one[0]):
        key = link("", f"{what}|{said}")[:16]
        found.setdefault(key, Hit(key, what, said, start, advice))
    return list(found.values())


Found = tuple[int, str | Promise, str, str | Promise]


def _found(text: str, names: Iterable[str], withheld: Iterable[tuple[str, str]]) -> Iterator[Found]:
    masked = _("请删去，或者用 * 代替。")
    for one in ID_NUMBER.finditer(text):
        if len(one.group(0)) == 15 or is_id_number(one.group(0)):
            yield one.start(), _("身份证号码"), one.group(0), masked
    for one in MOBILE.finditer(text):
        yield one.start(), _("手机号码"), one.group(0), _("请改用办公电话。")
    for one in BANK_CARD.finditer(text):
        digits = re.sub(r"\D", "", one.group(0))
        if is_card_number(digits) and not is_id_number(digits):
            yield one.start(), _("银行卡号"), one.group(0), masked
    for pattern, what in ((SECRET, _("密级或内部标记")), (CLUES, _("线索、举报人信息"))):
        for one in pattern.finditer(text):
            yield one.start(), what, one.group(0), _("请删去这一内容，或者写明可以公开的理由。")
    yield from _named(text, names)
    for title, why in withheld:
        if title in text:
            yield text.index(title), _("标为不公开的问题"), title, why or _("请删去这一问题。")


def _named(text: str, names: Iterable[str]) -> Iterator[Found]:
    words = [one.start() for one in DISCIPLINE.finditer(text)]
    for name in names if words else ():
        for one in re.finditer(re.escape(name), text):
            if len(name) > 1 and any(abs(one.start() - word) <= NEAR for word in words):
                advice = _("姓名出现在处分、处理的旁边，请改为“%(masked)s”。") % {"masked": masked_name(name)}
                yield one.start(), _("姓名与处分处理"), name, advice


COMPOUND = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "夏侯")


def masked_name(name: str) -> str:
    """Return a name as it may stand in public: 张某, 张某某, 欧阳某."""
    surname = name[:2] if name.startswith(COMPOUND) and len(name) > 2 else name[:1]
    return surname + "某" * max(1, len(name) - len(surname))


def is_id_number(text: str) -> bool:
    """Tell whether 18 characters are an ID number: a day of birth and the check digit of GB 11643."""
    if len(text) != 18 or not text[:17].isdigit():
        return False
    if not (1 <= int(text[10:12]) <= 12 and 1 <= int(text[12:14]) <= 31):
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(text, WEIGHTS, strict=False)) % 11
    return "10X98765432"[rest] == text[17].upper()


def is_card_number(digits: str) -> bool:
    """Tell whether digits are a card number by their check digit (Luhn)."""
    if not 16 <= len(digits) <= 19:
        return False
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0

"""What must not leave the organ: looked for before a text is published.

Each hit is resolved by changing the text or kept with a reason. Rules: 保密法, 个人信息保护法,
党务公开条例（试行）. No ID, mobile or bank numbers, home addresses, clue or informant words, secret marks,
names beside discipline words, nothing marked as not public.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiaohao.lib.hash_chain import link
from xiaohao.lib.names import COMPOUND, SURNAMES, masked_name
from xiaohao.lib.personal_numbers import NumberKind, personal_numbers

NEAR = 25  # characters between a name and a discipline word
HIDE = _("请删去，或者遮去中间的数字。")
NUMBERS = {
    NumberKind.ID: (_("身份证号码"), HIDE),
    NumberKind.MOBILE: (_("手机号码"), _("请改用办公电话。")),
    NumberKind.CARD: (_("银行卡号"), HIDE),
}
WORDS = (
    (
        "secret",
        re.compile(r"绝密|机密|秘密[★☆]|[（(]?(?:秘密|机密)级[）)]?|内部资料|不得外传"),
        _("密级或内部标记"),
    ),
    (
        "informant",
        re.compile(r"(?:问题)?线索(?:编号|来源|内容)?|举报人|检举人|控告人|信访人|举报信|实名举报"),
        _("线索、举报人信息"),
    ),
    ("address", re.compile(r"家庭住址|家庭地址|现住址|户籍地址|住址[:：]"), _("住址")),
)
DISCIPLINE = re.compile(
    r"立案|审查调查|留置|处分|开除|撤职|降级|记过|警告|诫勉|批评教育|责令检查|组织处理|移送司法|双开|免职"
)
SURNAME = f"(?:{'|'.join(COMPOUND)}|[{''.join(sorted(SURNAMES))}])"
# A name nobody of the organ bears: known by what stands behind it.
STRANGER = re.compile(
    f"(?<=[对给将，。；、（“ ])({SURNAME}[^某\\W\\da-zA-Z]{{1,2}}?)(?=同志|给予|作出|被|受到|因|犯|涉嫌|等人)"
)


@dataclass(frozen=True)
class Hit:
    """Something found: ``rule`` is by which rule, ``what`` its name, ``advice`` what to do.

    ``masked`` is how it may stand in public; empty where it can only be taken out.
    """

    rule: str
    what: str | Promise
    text: str
    start: int
    advice: str | Promise
    masked: str = ""

    @property
    def key(self) -> str:
        """Return what stands for it whatever moves around it and in whatever language it is told."""
        return link("", f"{self.rule}|{self.text}")[:16]


def check(text: str, names: Sequence[str], withheld: Mapping[str, str]) -> list[Hit]:
    """Return what was found, in the order of the text, what stands there several times once.

    ``names`` are those of the organ's people; ``withheld`` what is marked as not public, with why.
    """
    found: dict[str, Hit] = {}
    for hit in sorted(_found(text, names, withheld), key=lambda hit: hit.start):
        found.setdefault(hit.key, hit)
    return list(found.values())


def places(text: str, hit: Hit, names: Sequence[str]) -> list[int]:
    """Return where a name or a number stands in a text, but not where it is part of a longer one."""
    found = [*_numbers(text), *_names(text, names)]
    return sorted(one.start for one in found if one.key == hit.key)


def keys_in(text: str, names: Sequence[str]) -> set[str]:
    """Return the keys of all names and numbers in a text, looked for once."""
    return {one.key for one in (*_numbers(text), *_names(text, names))}


def _found(text: str, names: Sequence[str], withheld: Mapping[str, str]) -> Iterator[Hit]:
    yield from _numbers(text)
    remove = _("请删去这一内容，或者写明可以公开的理由。")
    for rule, pattern, what in WORDS:
        for one in pattern.finditer(text):
            yield Hit(rule, what, one.group(0), one.start(), remove)
    words = [one.start() for one in DISCIPLINE.finditer(text)]
    yield from (name for name in _names(text, names) if _is_beside(name.start, words))
    yield from _withheld(text, withheld)


def _numbers(text: str) -> Iterator[Hit]:
    for number in personal_numbers(text):
        what, advice = NUMBERS[number.kind]
        yield Hit(number.kind.value, what, number.said, number.start, advice, number.masked)


def _names(text: str, names: Sequence[str]) -> Iterator[Hit]:
    """Find names: those of the organ's people, the longest first, and what looks like a name."""
    known = sorted({name for name in names if len(name) > 1}, key=len, reverse=True)
    ours = re.finditer("|".join(map(re.escape, known)), text) if known else iter(())
    taken = {one.start(): one.group(0) for one in ours}
    found = {one.start(1): one.group(1) for one in STRANGER.finditer(text)} | taken
    for start, name in found.items():
        hidden = masked_name(name)
        advice = _("姓名出现在处分、处理的旁边，请改为“%(masked)s”。") % {"masked": hidden}
        yield Hit("name", _("姓名与处分处理"), name, start, advice, hidden)


def _is_beside(start: int, words: Sequence[int]) -> bool:
    """Tell whether one of the places, which are in their order, is near."""
    next_word = bisect_left(words, start - NEAR)
    return next_word < len(words) and words[next_word] <= start + NEAR


def _withheld(text: str, withheld: Mapping[str, str]) -> Iterator[Hit]:
    """Find what is marked as not public by its words alone: 。 and line ends differ in a text."""
    standing = [place for place, one in enumerate(text) if one.isalnum()]
    words = "".join(text[place] for place in standing)
    for said, why in withheld.items():
        looked_for = "".join(one for one in said if one.isalnum())
        first = words.find(looked_for) if looked_for else -1
        if first >= 0:
            start, end = standing[first], standing[first + len(looked_for) - 1] + 1
            advice = why or _("请删去这一问题。")
            yield Hit("withheld", _("标为不公开的问题"), text[start:end], start, advice)

"""What must not leave the organ: looked for before a text is published.

Each hit is resolved by changing the text or kept with a reason. Rules: 保密法, 个人信息保护法,
党务公开条例（试行）. No ID, mobile or bank numbers, home addresses, clue or informant words, secret marks,
names beside discipline words, nothing marked as not public.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiaohao.lib.hash_chain import link
from xiaohao.lib.names import COMPOUND, SURNAMES, masked_name
from xiaohao.lib.personal_numbers import NumberKind, personal_numbers

NEAR = 25  # characters between a name and a discipline word
SHORTEST = 6  # characters of a text marked as not public that is looked for
HIDE = _("请删去，或者遮去中间的数字。")
NUMBERS = {
    NumberKind.ID: (_("身份证号码"), HIDE),
    NumberKind.MOBILE: (_("手机号码"), _("请改用办公电话。")),
    NumberKind.CARD: (_("银行卡号"), HIDE),
}
WORDS = (
    (
        re.compile(r"绝密|机密|秘密[★☆]|[（(]?(?:秘密|机密)级[）)]?|内部资料|不得外传"),
        _("密级或内部标记"),
    ),
    (
        re.compile(r"(?:问题)?线索(?:编号|来源|内容)?|举报人|检举人|控告人|信访人|举报信|实名举报"),
        _("线索、举报人信息"),
    ),
    (re.compile(r"家庭住址|家庭地址|现住址|户籍地址|住址[:：]"), _("住址")),
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
    """``key`` stands for what was found whatever moves around it; ``advice`` says what to do.

    ``masked`` is how it may stand in public; empty where it can only be taken out.
    """

    key: str
    what: str | Promise
    text: str
    start: int
    advice: str | Promise
    masked: str = ""


Found = tuple[int, str | Promise, str, str | Promise, str]


def check(text: str, names: Sequence[str], withheld: Mapping[str, str]) -> list[Hit]:
    """Return what was found, in the order of the text, what stands there several times once.

    ``names`` are those of the organ's people; ``withheld`` what is marked as not public, with why.
    """
    found: dict[str, Hit] = {}
    places = sorted(_found(text, names, withheld), key=lambda one: one[0])
    for start, what, said, advice, hidden in places:
        key = link("", f"{what}|{said}")[:16]
        found.setdefault(key, Hit(key, what, said, start, advice, hidden))
    return list(found.values())


def _found(text: str, names: Sequence[str], withheld: Mapping[str, str]) -> Iterator[Found]:
    for number in personal_numbers(text):
        what, advice = NUMBERS[number.kind]
        yield number.start, what, number.said, advice, number.masked
    remove = _("请删去这一内容，或者写明可以公开的理由。")
    for pattern, what in WORDS:
        for one in pattern.finditer(text):
            yield one.start(), what, one.group(0), remove, ""
    yield from _named(text, names)
    for said, why in withheld.items():
        if len(said) >= SHORTEST and said in text:
            yield text.index(said), _("标为不公开的问题"), said, why or _("请删去这一问题。"), ""


def _named(text: str, names: Iterable[str]) -> Iterator[Found]:
    """Find names beside discipline words: the organ's people, and what looks like a name."""
    words = [one.start() for one in DISCIPLINE.finditer(text)]
    if not words:
        return
    places = [(one.start(), name) for name in set(names) if len(name) > 1 for one in _all(name, text)]
    taken = {start for start, _name in places}
    places += [(one.start(1), one.group(1)) for one in STRANGER.finditer(text) if one.start(1) not in taken]
    for start, name in places:
        if any(abs(start - word) <= NEAR for word in words):
            hidden = masked_name(name)
            advice = _("姓名出现在处分、处理的旁边，请改为“%(masked)s”。") % {"masked": hidden}
            yield start, _("姓名与处分处理"), name, advice, hidden


def _all(name: str, text: str) -> Iterator["re.Match[str]"]:
    return re.finditer(re.escape(name), text)

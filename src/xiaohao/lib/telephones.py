"""Telephone numbers among words, as a telephone dials them."""

import re

WIDE = str.maketrans("０１２３４５６７８９（）＋－—–‐　\u00a0", "0123456789()+----  ")
JOINT = "[- ]?"
WITH_AREA = rf"(?:\(0\d{{2,3}}\)|0\d{{2,3}}){JOINT}"
ABROAD = rf"\(?\+?86{JOINT}0?\d{{2,3}}\)?{JOINT}"  # of all China
LOCAL = r"[2-9]\d{2,3} ?\d{4}"
SHAPES = (
    rf"(?:{ABROAD}|{WITH_AREA})?{LOCAL}",
    rf"(?:\+?86{JOINT})?1[3-9]\d{JOINT}\d{{4}}{JOINT}\d{{4}}",
    rf"[48]00{JOINT}\d{{3,4}}{JOINT}\d{{3,4}}",
    r"1\d{2}(?:\d{2})?",
)
# Nothing that touches other digits, as a day, an hour or an amount does; what is dialled later is left out.
TELEPHONE = re.compile(rf"(?<![\d.:：/转-])(?:{'|'.join(SHAPES)})(?=(?:-\d{{1,5}})?(?![\d.:：/-]))", re.ASCII)


def pieces(said: str) -> list[tuple[str, str]]:
    """Return words in pieces, each with what is dialled; empty for what is no number."""
    found, end = [], 0
    for number in TELEPHONE.finditer(said.translate(WIDE)):
        found += [
            (said[end : number.start()], ""),
            (said[number.start() : number.end()], _dialled(number[0])),
        ]
        end = number.end()
    return [piece for piece in (*found, (said[end:], "")) if piece[0]]


def _dialled(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return f"+{digits}" if digits.startswith("86") and len(digits) > 10 else digits

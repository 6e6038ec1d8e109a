"""Totals a notice states outside its findings: how many problems, how many done, rules, money, persons."""

import re
from collections.abc import Sequence

from xiaohao.reading.notice.figures import figures
from xiaohao.reading.notice.model import Doubt, Figure
from xiaohao.reading.outline import NUMERALS, numeral

_CHINESE_COUNT = re.compile(
    rf"(?P<value>[{NUMERALS}]{{1,3}})(?:个|大|个大)?(?P<unit>方面|类)(?=\d+[个项条]|的?[{NUMERALS}]{{1,3}}[个项]|.{{0,6}}问题)"
)
_TOTAL = re.compile(r"(?P<value>\d+)[个项条](?:具体|主要|反馈|整改)?问题(?!线索)")
_FEEDBACK_TOTAL = re.compile(
    r"(?:反馈|指出|提出|涉及|梳理)[^。;\d]{0,24}(?:\d+[个大类项]*方面)?[^。;\d]{0,8}?(?P<value>\d+)[个项条](?:具体|主要)?问题(?!线索)"
)
_EARLIER = re.compile(r"上一轮|上轮|上一届|往轮|前一轮|上次巡")


def statistics(
    text: str, folded: str, zones: Sequence[tuple[int, int]]
) -> tuple[tuple[Figure, ...], list[Doubt]]:
    """Figures of the zones, with a doubt for each that may belong to an earlier round."""
    found: list[Figure] = []
    doubts: list[Doubt] = []
    for start, end in zones:
        found += _chinese_counts(folded, start, end)
        found += figures(folded, text, start, end)
    found.sort(key=lambda figure: figure.start)
    for figure in found:
        begin = max(folded.rfind("。", 0, figure.start), folded.rfind("\n", 0, figure.start)) + 1
        if _EARLIER.search(folded, begin, figure.start):
            doubts.append(Doubt("statistics", text[begin : figure.end].strip(), "可能是上一轮的数字"))
    return tuple(found), doubts


def _chinese_counts(folded: str, start: int, end: int) -> list[Figure]:
    """四个方面 before a number of problems; the other figures are printed in digits."""
    return [
        Figure(found["unit"], numeral(found["value"]), "个", found.start(), found.end())
        for found in _CHINESE_COUNT.finditer(folded, start, end)
        if numeral(found["value"])
    ]


def stated_total(folded: str, end: int) -> int | None:
    """How many findings the inspection fed back, if the text before ``end`` states exactly one number."""
    totals = {int(found["value"]) for found in _FEEDBACK_TOTAL.finditer(folded, 0, end)}
    return totals.pop() if len(totals) == 1 else None

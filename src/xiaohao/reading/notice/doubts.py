"""What in a notice a person should look at, beyond the single fact: damage, order and counts."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from xiaohao.reading.notice.closing import Closing
from xiaohao.reading.notice.model import Doubt, Fact, Finding
from xiaohao.reading.notice.opening import Opening
from xiaohao.reading.notice.roles import Role
from xiaohao.reading.outline import Heading
from xiaohao.reading.repair import Repaired

if TYPE_CHECKING:
    from datetime import date

_FIELDS = {
    "responsibility": "responsibility",
    "findings": "findings",
    "next": "next_steps",
    "other": "sections",
}


def damage_doubts(repaired: Repaired, headings: Sequence[Heading], parts: Sequence[Role]) -> list[Doubt]:
    """A doubt for each restored heading and each stretch whose characters are lost."""
    doubts = []
    for repair in repaired.repairs:
        if repair.kind.endswith("restored"):
            field = _field_at(repair.at, headings, parts)
            doubts.append(Doubt(field, repair.before, f"原文缺字，按常用写法还原为“{repair.after}”，请核对"))
    lost = "这一段文字已经损坏，读不出来"
    return doubts + [Doubt("text", span.text, lost) for span in repaired.unreadable]


def _field_at(offset: int, headings: Sequence[Heading], parts: Sequence[Role]) -> str:
    for heading, part in zip(headings, parts, strict=True):
        if heading.start <= offset < heading.end:
            return _FIELDS[part]
    return "text"


def order_doubts(opening: Opening, closing: Closing) -> list[Doubt]:
    """Start, end, feedback and signature follow each other; where they do not, a person must look."""
    named: list[tuple[str, Fact[date] | None]] = [
        ("inspected_from", opening.inspected_from),
        ("inspected_to", opening.inspected_to),
        ("feedback_on", opening.feedback_on),
        ("signed_on", closing.signed_on),
    ]
    stated = [(name, fact) for name, fact in named if fact is not None]
    return [
        Doubt(name, fact.text, f"早于前面的日期{before.value.isoformat()}")
        for (_, before), (name, fact) in pairwise(stated)
        if fact.value < before.value
    ]


def count_doubts(findings: Sequence[Finding], total: int | None) -> list[Doubt]:
    doubts = []
    if total is not None and findings and total != len(findings):
        doubts.append(
            Doubt("findings", f"{total}个问题", f"文中说有{total}个问题，按标题读出{len(findings)}个")
        )
    if not findings:
        doubts.append(Doubt("findings", "", "没有读出逐条的问题"))
    return doubts

"""Published rectification notices (巡察整改进展情况通报): from repaired text to facts and findings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xiaohao.reading.notice.closing import Closing, read_closing
from xiaohao.reading.notice.doubts import count_doubts, damage_doubts, order_doubts
from xiaohao.reading.notice.findings import group, read_findings
from xiaohao.reading.notice.model import (
    Area,
    Certainty,
    Doubt,
    Fact,
    Figure,
    Finding,
    Measure,
    Notice,
)
from xiaohao.reading.notice.opening import Opening, name_unit, read_opening
from xiaohao.reading.notice.roles import Role, roles
from xiaohao.reading.notice.statistics import stated_total, statistics
from xiaohao.reading.outline import Heading, Outline, fold, outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaohao.reading.repair import Repaired

__all__ = [
    "Area",
    "Certainty",
    "Doubt",
    "Fact",
    "Figure",
    "Finding",
    "Measure",
    "Notice",
    "read_notice",
]


_FULL_WIDTH = str.maketrans("（），：；", "(),:;")


def read_notice(repaired: Repaired) -> Notice:
    """Read a notice. What the text does not state is None or empty; what is not certain is in ``doubts``."""
    text = _one_punctuation(repaired.text)
    folded = fold(text)
    headings = outline(text)
    opening = read_opening(text, folded, headings.preamble_end)
    closing = read_closing(text, folded)
    name_unit(opening, text, folded, headings.preamble_end, closing.signed_by)
    closing.start = max(closing.start, headings.preamble_end)
    parts, role_doubts = roles(headings.headings)
    by_role = {
        role: [h for h, part in zip(headings.headings, parts, strict=True) if part == role]
        for role in ("responsibility", "findings", "next")
    }
    first_finding = min((h.start for h in by_role["findings"]), default=len(text))
    total = stated_total(folded, first_finding + 400)
    groups = group(by_role["findings"], total)
    areas, findings = read_findings(text, folded, groups, closing.start)
    figures, figure_doubts = statistics(text, folded, _zones(headings, parts, opening, closing, findings))
    return Notice(
        inspected_unit=opening.inspected_unit,
        inspecting_body=opening.inspecting_body,
        inspected_from=opening.inspected_from,
        inspected_to=opening.inspected_to,
        feedback_on=opening.feedback_on,
        open_from=closing.open_from,
        open_to=closing.open_to,
        contact_phone=closing.contact_phone,
        signed_by=closing.signed_by,
        signed_on=closing.signed_on,
        sections=tuple(h.title for h in headings.headings if h.kind == "section"),
        responsibility=_titles(by_role["responsibility"]),
        areas=areas,
        findings=findings,
        next_steps=_titles(by_role["next"]),
        statistics=figures,
        doubts=(
            *damage_doubts(repaired, headings.headings, parts),
            *opening.doubts,
            *role_doubts,
            *order_doubts(opening, closing),
            *count_doubts(findings, total),
            *figure_doubts,
            *closing.doubts,
        ),
    )


def _one_punctuation(text: str) -> str:
    """Text from a page stored with half-width punctuation has it throughout, restored headings too.

    Character for character, so that offsets stay those of the repaired text.
    """
    return text.translate(_FULL_WIDTH) if text.count(",") > text.count("，") else text


def _titles(sections: Sequence[Heading]) -> tuple[str, ...]:
    """The titles directly below; items of an 一是 list only where they are as short as a title."""
    titles: list[str] = []
    for section in sections:
        for child in section.children:
            title = re.split("[,，]", child.title)[0] if len(child.title) > 40 else child.title
            if child.kind != "ordinal" or len(title) <= 40:
                titles.append(child.title if child.kind != "ordinal" else title)
    return tuple(titles)


def _zones(
    headings: Outline, parts: Sequence[Role], opening: Opening, closing: Closing, findings: Sequence[Finding]
) -> list[tuple[int, int]]:
    """Where totals stand: the preamble, the section on organisation, and what precedes the first finding."""
    zones = [(opening.end, headings.preamble_end)]
    for heading, part in zip(headings.headings, parts, strict=True):
        if part in ("responsibility", "other"):
            zones.append((heading.body, min(heading.end, closing.start)))
        elif part == "findings":
            first = next((f.start for f in findings if heading.start <= f.start < heading.end), heading.body)
            zones.append((heading.body, first) if first > heading.start else (0, 0))
    return [(start, end) for start, end in zones if start < end]

"""The form of the import preview: fields to content, and the source text with what was found in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xiaohao.reading.json_form import FACTS
from xiaohao.rectification.models import Kind, State
from xiaohao.rectification.services.importing import FindingContent, ImportContent, MeasureContent

FINDING_FIELDS = ("title", "area", "detail", "accountable_leader", "lead_department")
MEASURE_FIELDS = ("text", "deadline", "owner", "lead_department")


@dataclass
class Corrections:
    """What one page of the preview asks for: findings by the number of their row, new ones, and gone ones."""

    changed: dict[int, FindingContent]
    added: list[FindingContent] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)


def apply_form(
    content: ImportContent, shown: dict[int, FindingContent], posted: Mapping[str, str], command: str
) -> Corrections:
    """Put what the person typed into header and findings, then add or remove what he asked for.

    ``command`` is ``save``, ``confirm``, ``add-finding``, ``remove-finding-17``, ``add-measure-17`` or
    ``remove-measure-17-0``: the number of a row, and the place of a measure from 0.
    """
    content.title = typed(posted, "title", content.title)[:200]
    for name in FACTS:
        content.facts[name] = typed(posted, f"fact-{name}", content.facts.get(name, ""))
    for number, finding in shown.items():
        _apply_finding(finding, posted, f"finding-{number}")
    corrections = Corrections(shown)
    _restructure(corrections, command)
    return corrections


def typed(posted: Mapping[str, str], name: str, current: str) -> str:
    """Return what a person typed into a field.

    What the browser does by itself is no typing: other line breaks, and none at all in a field of one line.
    """
    text = posted.get(name, current).replace("\r\n", "\n").strip()
    shown = (current.strip(), current.replace("\r", "").replace("\n", "").strip())
    return current if text in shown else text


def _apply_finding(finding: FindingContent, posted: Mapping[str, str], prefix: str) -> None:
    number = posted.get(f"{prefix}-number", "")
    if number.isascii() and number.isdigit():
        finding.number = int(number[:6])
    for name in FINDING_FIELDS:
        setattr(finding, name, typed(posted, f"{prefix}-{name}", getattr(finding, name)))
    for place, measure in enumerate(finding.measures):
        _apply_measure(measure, posted, f"{prefix}-measure-{place}")


def _apply_measure(measure: MeasureContent, posted: Mapping[str, str], prefix: str) -> None:
    for name in MEASURE_FIELDS:
        setattr(measure, name, typed(posted, f"{prefix}-{name}", getattr(measure, name)))
    if posted.get(f"{prefix}-state") in State.values:
        measure.state = posted[f"{prefix}-state"]
    if posted.get(f"{prefix}-kind") in Kind.values:
        measure.kind = posted[f"{prefix}-kind"]


def _restructure(corrections: Corrections, command: str) -> None:
    found = re.fullmatch(r"(add|remove)-(finding|measure)(?:-(\d{1,15}))?(?:-(\d{1,5}))?", command)
    if not found:
        return
    verb, thing = found[1], found[2]
    number, place = (int(part) if part else -1 for part in found.groups()[2:])
    if (verb, thing) == ("add", "finding"):
        corrections.added.append(FindingContent(0, "", measures=[MeasureContent("")]))
    finding = corrections.changed.get(number)
    if finding is None:
        return
    if (verb, thing) == ("remove", "finding"):
        corrections.removed.append(number)
    elif verb == "add":
        finding.measures.append(MeasureContent(""))
    elif 0 <= place < len(finding.measures):
        del finding.measures[place]


def marked_source(content: ImportContent, shown: Mapping[int, FindingContent]) -> SafeString:
    """Return the source text with marks on facts, shown findings and repairs; marks never overlap."""
    marks = [*content.marks]
    for number, finding in shown.items():
        if finding.start is not None:
            found = content.source_text.find(finding.title, finding.start, finding.end)
            title_end = found + len(finding.title) if found >= 0 else finding.start + 1
            marks.append((finding.start, title_end, f"finding-{number}"))
    pieces: list[tuple[str, str, str]] = []
    done = 0
    for start, end, name in sorted(marks):
        if start < done or end <= start:
            continue
        pieces.append((content.source_text[done:start], name, content.source_text[start:end]))
        done = end
    marked = format_html_join(
        "", '{}<mark id="source-{}" class="mark-{}">{}</mark>',
        ((before, name, name.split("-")[0], text) for before, name, text in pieces),
    )  # fmt: skip
    return format_html("{}{}", marked, content.source_text[done:])

"""The form of the import preview: fields to content, and the source text with what was found in it."""

import re
from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xiaohao.rectification.models import Kind, State
from xiaohao.rectification.services.importing import FACTS, FindingContent, ImportContent, MeasureContent

FINDING_FIELDS = ("title", "area", "detail", "accountable_leader", "lead_department")
MEASURE_FIELDS = ("text", "deadline", "owner", "lead_department")


def apply_form(content: ImportContent, posted: Mapping[str, str], command: str) -> None:
    """Put what the person typed into the content, then add or remove what he asked for.

    ``command`` is ``save``, ``confirm``, ``add-finding``, ``remove-finding-2``, ``add-measure-2`` or
    ``remove-measure-2-0``; numbers are places in the list, from 0.
    """
    content.title = posted.get("title", content.title).strip()[:200]
    for name in FACTS:
        content.facts[name] = posted.get(f"fact-{name}", content.facts.get(name, "")).strip()
    for place, finding in enumerate(content.findings):
        _apply_finding(finding, posted, f"finding-{place}")
    _restructure(content, command)


def _apply_finding(finding: FindingContent, posted: Mapping[str, str], prefix: str) -> None:
    number = posted.get(f"{prefix}-number", "")
    if number.isascii() and number.isdigit():
        finding.number = int(number[:6])
    for name in FINDING_FIELDS:
        setattr(finding, name, posted.get(f"{prefix}-{name}", getattr(finding, name)).strip())
    for place, measure in enumerate(finding.measures):
        _apply_measure(measure, posted, f"{prefix}-measure-{place}")


def _apply_measure(measure: MeasureContent, posted: Mapping[str, str], prefix: str) -> None:
    for name in MEASURE_FIELDS:
        setattr(measure, name, posted.get(f"{prefix}-{name}", getattr(measure, name)).strip())
    if posted.get(f"{prefix}-state") in State.values:
        measure.state = posted[f"{prefix}-state"]
    if posted.get(f"{prefix}-kind") in Kind.values:
        measure.kind = posted[f"{prefix}-kind"]


def _restructure(content: ImportContent, command: str) -> None:
    found = re.fullmatch(r"(add|remove)-(finding|measure)(?:-(\d{1,5}))?(?:-(\d{1,5}))?", command)
    if not found:
        return
    verb, thing = found[1], found[2]
    first, second = (int(part) if part else -1 for part in found.groups()[2:])
    if (verb, thing) == ("add", "finding"):
        number = max((finding.number for finding in content.findings), default=0) + 1
        area = content.findings[-1].area if content.findings else ""
        content.findings.append(FindingContent(number, "", area=area, measures=[MeasureContent("")]))
        return
    if not 0 <= first < len(content.findings):
        return
    if (verb, thing) == ("remove", "finding"):
        del content.findings[first]
    elif verb == "add":
        content.findings[first].measures.append(MeasureContent(""))
    elif 0 <= second < len(content.findings[first].measures):
        del content.findings[first].measures[second]


def marked_source(content: ImportContent) -> SafeString:
    """Return the source text with marks on facts, findings and repairs; marks never overlap."""
    marks = [*content.marks]
    for place, finding in enumerate(content.findings):
        if finding.start is not None:
            title_end = min(finding.start + len(finding.title) + 4, finding.end or 0)
            marks.append((finding.start, title_end, f"finding-{place}"))
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

"""What the records say of findings marked as not public: none of it may stand in a notice."""

import re
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from xiaohao.rectification.models import Area, Finding, Inspection, Measure, Rule
from xiaohao.writing.material.spoken import NUMBER

SHORTEST = 6  # characters; 开展学习 says nothing of its own
SHORTEST_NAME = 4  # 整改 is no name of an area that could be looked for
TOLD_BY_FINDINGS = ("detail", "goal", "text", "root_cause")
TOLD_BY_MEASURES = ("text", "goal", "progress", "evidence")
SENTENCE = re.compile(r"[。；;！!？?\n]+")
# What counts sentences says nothing, and a draft leaves it out: 1. 一是 第二，
ORDINAL = r"[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]{1,2}[，、,]\s*"
COUNTED = re.compile(f"^(?:{NUMBER}|{ORDINAL})+")


def withheld(inspection: Inspection) -> dict[str, str]:
    """Return every title, sentence and name only told of findings marked as not public, with why it is not.

    What a public finding says as well is public, except a title.
    """
    findings = Finding.objects.filter(organ=inspection.organ_id, inspection=inspection)
    rows = list(findings.filter(disclosed=False).values_list("pk", "title", "not_disclosed_reason"))
    if not rows:
        return {}
    hidden = {finding: why for finding, _title, why in rows}
    told: dict[str, str] = {}
    public: set[str] = set()
    for finding, passages in _told(findings):
        if finding in hidden:
            told |= dict.fromkeys(passages, hidden[finding])
        else:
            public |= passages
    titles = {title: why for _finding, title, why in rows}
    only = {passage: why for passage, why in told.items() if passage not in public}
    return only | dict.fromkeys(_names(inspection, findings), "") | titles


def _told(findings: QuerySet[Finding]) -> Iterator[tuple[int, set[str]]]:
    """Tell finding by finding what it and its measures say."""
    for finding, *texts in findings.values_list("pk", *TOLD_BY_FINDINGS):
        yield finding, _passages(texts)
    measures = Measure.objects.filter(finding__in=findings)
    for finding, *texts in measures.values_list("finding", *TOLD_BY_MEASURES):
        yield finding, _passages(texts)


def _passages(texts: Iterable[str]) -> set[str]:
    """Return the texts as wholes and each of their sentences, without those too short to tell anything."""
    split = (passage for text in texts for passage in (text, *SENTENCE.split(text)))
    found = {COUNTED.sub("", passage.strip()) for passage in split}
    return {passage for passage in found if len(passage) >= SHORTEST}


def _names(inspection: Inspection, findings: QuerySet[Finding]) -> Iterator[str]:
    """Return the names of rules and areas that nothing public stands behind."""
    hidden, public = findings.filter(disclosed=False), findings.filter(disclosed=True)
    rules = Rule.objects.filter(organ=inspection.organ_id, findings__in=hidden)
    areas = Area.objects.filter(inspection=inspection, findings__in=hidden)
    for rows, name in ((rules, "name"), (areas, "title")):
        for said in rows.exclude(findings__in=public).values_list(name, flat=True).distinct():
            if len(said) >= SHORTEST_NAME:
                yield said

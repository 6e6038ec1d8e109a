"""The three lists as tables of a document: ``〔附表：问题清单〕`` in a body is one of them."""

import datetime as dt
import re

from django.utils.translation import override

from xiaohao.rectification.columns import COLUMNS
from xiaohao.rectification.exporting import entries_of
from xiaohao.rectification.lists import LISTS, ThreeList
from xiaohao.rectification.lists import lines_of as lines_of_list
from xiaohao.rectification.models import Finding, Measure
from xiaohao.writing import tables
from xiaohao.writing.body import lists_named
from xiaohao.writing.material.spoken import day
from xiaohao.writing.models import Document, DocumentKind

DEADLINE = "page_deadline"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def known_lists() -> dict[str, ThreeList]:
    """Return the lists a body may name, by their Chinese titles."""
    with override("zh-hans"):
        return {str(one.title): one for one in LISTS.values()}


def lines_of(document: Document, title: str) -> list[str]:
    """Return the lines of a list as its records are now, in a notice of those that are public.

    Raises ``KeyError`` for a list there is not.
    """
    chosen = known_lists()[title]
    findings = Finding.objects.filter(organ=document.organ_id, inspection=document.inspection_id)
    if document.kind == DocumentKind.NOTICE:
        findings = findings.filter(disclosed=True)
    measures = Measure.objects.filter(finding__in=findings)
    with override("zh-hans"):
        head = chosen.header
        # A column is never narrower than its name in one line.
        wide = [round(COLUMNS[name].width) for name in chosen.shown]
        widths = [max(width, 2 * len(name) + 3) for width, name in zip(wide, head, strict=True)]
        entries = entries_of(findings, measures.none() if chosen.by_finding else measures)
        rows = [
            [
                _day_in_words(text) if name == DEADLINE else text
                for name, (_title, text) in zip(chosen.shown, cells, strict=True)
            ]
            for _number, cells in lines_of_list(chosen, entries)
        ]
    return tables.table(widths, head, rows)


def _day_in_words(text: str) -> str:
    """Return a deadline as documents write it (GB/T 9704-2012, 7.3.5.4), the first one on the next line."""
    written = DAY.sub(lambda found: day(dt.date.fromisoformat(found[0])), text)
    return written.replace("（", "\n（")


def lists_of(document: Document, body: str) -> dict[str, list[str]]:
    """Return the lines of every list the body names; a name there is no list for is left out."""
    known = known_lists()
    named = dict.fromkeys(lists_named(body))
    return {title: lines_of(document, title) for title in named if title in known}


def unknown_lists(body: str) -> list[str]:
    """Return what the body names that is no list."""
    known = known_lists()
    return [title for title in lists_named(body) if title not in known]


def changed_lists(document: Document) -> list[str]:
    """Return the titles of lists whose records are others now than when they were kept."""
    now = lists_of(document, document.body)
    return [title for title, lines in now.items() if list(document.lists.get(title, ())) != lines]

"""Names of people: the organ's own wherever they stand, others where a text speaks of discipline."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from xiaohao.lib.names import masked_name
from xiaohao.writing.publication_check.discipline import Span, spoken_of
from xiaohao.writing.publication_check.hit import Hit
from xiaohao.writing.publication_check.strangers import strangers

RULE = "name"
UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


def beside_discipline(text: str, names: Sequence[str]) -> Iterator[Hit]:
    """Find who is named where a text speaks of discipline, and how else they are written anywhere in it."""
    spoken = spoken_of(text)
    starts = [start for start, _end in spoken]
    beside = []
    for span in _people(text, names, spoken):
        before = bisect_right(starts, span[0]) - 1
        if before >= 0 and span[0] < spoken[before][1]:
            beside.append(text[slice(*span)])
            yield _hit(text, span)
    yield from (_hit(text, span) for span in _ours(text, beside) if text[slice(*span)] not in beside)


def named(text: str, names: Sequence[str]) -> list[Hit]:
    """Return all names in a text."""
    return [_hit(text, span) for span in _people(text, names, spoken_of(text))]


def places_of(text: str, name: str, names: Sequence[str]) -> list[int]:
    """Return where a name stands, but not where it is part of a longer one."""
    found = _people(text, names, spoken_of(text))
    taken = bytearray(len(text))
    for start, end in found:
        taken[start:end] = b"\1" * (end - start)
    same = [start for start, end in found if text[start:end] == name]
    also = [one.span() for one in re.finditer(re.escape(name), text)]
    return sorted([*same, *(start for start, end in also if not any(taken[start:end]))])


def _people(text: str, names: Sequence[str], spoken: Sequence[Span]) -> list[Span]:
    """Return where names stand, in their order and apart: the organ's own first."""
    ours = list(_ours(text, names))
    others = [(start + a, start + b) for start, end in spoken for a, b in strangers(text[start:end])]
    taken = bytearray(len(text))
    found = []
    for start, end in (*ours, *sorted(set(others), key=lambda span: (span[0], -span[1]))):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append((start, end))
    return sorted(found)


def _ours(text: str, names: Sequence[str]) -> Iterator[Span]:
    """Yield where the organ's people are named, the longest names first, blanks in them or not."""
    endings = defaultdict(list)
    for name in sorted({_together(name) for name in names}, key=len, reverse=True):
        if len(name) > 1:
            endings[name[0]].append(re.escape(name[1:]))
    if not endings:
        return
    standing = [place for place, one in enumerate(text) if not _is_blank(one)]
    pattern = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in endings.items())
    for one in re.finditer(pattern, _together(text)):
        yield standing[one.start()], standing[one.end() - 1] + 1


def _together(text: str) -> str:
    return "".join(one for one in text if not _is_blank(one))


def _is_blank(character: str) -> bool:
    """Tell whether something only sets characters apart; a line end sets sentences apart."""
    return character in UNSEEN or (character.isspace() and character != "\n")


def _hit(text: str, span: Span) -> Hit:
    name = text[slice(*span)]
    hidden = masked_name(name)
    advice = _("姓名出现在处分、处理的旁边，请改为“%(masked)s”。") % {"masked": hidden}
    return Hit(RULE, _("姓名与处分处理"), name, span[0], advice, hidden)

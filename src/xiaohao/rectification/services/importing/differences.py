"""What an update would change: old and new side by side, before anything is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Manager

from xiaohao.core.services.records import plain
from xiaohao.rectification.models import Finding, Inspection, Kind, Measure, State
from xiaohao.rectification.services.importing.comparing import News, Rules, news_of
from xiaohao.rectification.services.importing.content import FindingContent
from xiaohao.rectification.services.importing.names import Names
from xiaohao.rectification.services.importing.updating import with_names
from xiaohao.rectification.services.plans import fixed_fields

WORDS = {**dict(State.choices), **dict(Kind.choices)}
UNSHOWN = frozenset({"text"})  # of a finding: the source text as a whole


@dataclass(frozen=True)
class Change:
    """A field of a finding or of one of its measures (``subject`` its code) that would change."""

    subject: str
    label: str
    old: Any
    new: Any


@dataclass
class Difference:
    """What would happen to one finding: new, or changed, or nothing."""

    new: bool = False
    changes: list[Change] = field(default_factory=list)
    new_measures: int = 0


def differences(
    inspection: Inspection, contents: Iterable[FindingContent], names: Names
) -> dict[int, Difference]:
    """Return for each number what an update without progress would change."""
    wanted = {content.number: content for content in contents}
    present = with_names(inspection, wanted)
    rules = Rules(names, fixed_fields(inspection))
    return {
        number: _difference(present[number], news_of(present[number], content, rules))
        if number in present
        else Difference(new=True)
        for number, content in wanted.items()
    }


def _difference(finding: Finding, news: News) -> Difference:
    shown = {name: value for name, value in news.values.items() if name not in UNSHOWN}
    difference = Difference(changes=_changes(finding, shown | ({"area": news.area} if news.area else {})))
    for one in news.measures:
        if one.measure is None:
            difference.new_measures += 1
        else:
            difference.changes += _changes(one.measure, one.values)
    return difference


def _changes(row: Finding | Measure, values: Mapping[str, Any]) -> list[Change]:
    fields = (*row._meta.concrete_fields, *row._meta.many_to_many)
    labels = {one.name: str(one.verbose_name) for one in fields}
    return [
        Change(row.code, labels[name], _word(getattr(row, name)), _word(value))
        for name, value in values.items()
    ]


def _word(value: Any) -> Any:
    if isinstance(value, Manager):
        value = list(value.all())
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    shown = plain(value)
    return WORDS.get(shown, shown) if isinstance(shown, str) else shown

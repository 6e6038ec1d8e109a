"""What changed lately, told from the audit log in sentences."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from xiaohao.core.models import AuditEntry, Organ
from xiaohao.rectification.models import State

if TYPE_CHECKING:
    from django.db.models import QuerySet

DAYS = 7
SHOWN = 5
SHORT = 30  # characters of a subject in its sentence
CREATED = {"finding.created", "measure.created"}


@dataclass(frozen=True)
class Change:
    """One change as a sentence, with the finding or measure it is about."""

    at: dt.datetime
    sentence: str


@dataclass(frozen=True)
class Week:
    """The newest changes of the last seven days; ``more`` others are not shown, ``added`` tells new rows."""

    changes: tuple[Change, ...] = ()
    more: int = 0
    added: str = ""


def week(organs: "QuerySet[Organ]", now: dt.datetime) -> Week:
    """Return what changed on the organs' findings and measures in the seven days before ``now``."""
    entries = AuditEntry.objects.filter(
        organ_number__in=organs.values("pk"),
        at__gte=now - dt.timedelta(days=DAYS),
        subject_kind__in=("finding", "measure"),
    )
    counts: dict[str, int] = dict(entries.order_by().values_list("action").annotate(number=Count("pk")))
    newest = entries.exclude(action__in=CREATED).order_by("-at", "-sequence")[:SHOWN]
    changes = tuple(Change(timezone.localtime(entry.at), sentence(entry)) for entry in newest)
    changed = sum(number for action, number in counts.items() if action not in CREATED)
    return Week(changes, changed - len(changes), _added(counts))


def _added(counts: Mapping[str, int]) -> str:
    findings, measures = counts.get("finding.created", 0), counts.get("measure.created", 0)
    if not findings and not measures:
        return ""
    return _("新增%(findings)s个问题、%(measures)s条措施") % {"findings": findings, "measures": measures}


def sentence(entry: AuditEntry) -> str:
    """Return who did what, for example "林清越把 1-3-2 修订办法 由整改中改为已完成待销号"."""
    values = {"name": entry.by_name, "subject": Truncator(entry.subject_label).chars(SHORT)}
    if "state" in entry.changes:
        old, new = (_state(value) for value in entry.changes["state"])
        return _("%(name)s把“%(subject)s”由%(old)s改为%(new)s") % {**values, "old": old, "new": new}
    if "deadline" in entry.changes:
        old, new = (value or _("未定") for value in entry.changes["deadline"])
        return _("%(name)s把“%(subject)s”的时限由%(old)s改为%(new)s") % {**values, "old": old, "new": new}
    if entry.action == "measure.progress_reported":
        return _("%(name)s报告了“%(subject)s”的进展") % values
    return _("%(name)s修改了“%(subject)s”") % values


def _state(value: Any) -> str:
    return str(State(value).label) if value in State.values else str(value)

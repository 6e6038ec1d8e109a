"""What happened to a finding, in sentences, from the audit log."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiaohao.core.audit_words import action_label, field_labels, name_actions
from xiaohao.core.models import AuditEntry
from xiaohao.rectification.models import Finding, Kind, Measure, State

name_actions(
    {
        "finding.created": _("建立问题"),
        "finding.imported": _("导入问题"),
        "finding.reimported": _("按文件更新问题"),
        "finding.changed": _("修改问题"),
        "measure.created": _("建立措施"),
        "measure.imported": _("导入措施"),
        "measure.reimported": _("按文件更新措施"),
        "measure.changed": _("修改措施"),
        "measure.progress_reported": _("报告进展"),
        "inspection.created": _("建立巡察"),
        "inspection.imported": _("导入巡察"),
        "inspection.reimported": _("按文件更新巡察"),
        "area.created": _("建立方面"),
        "import.read": _("读取待导入的文件"),
        "import.corrected": _("修改待导入的内容"),
        "import.confirmed": _("确认导入"),
        "import.discarded": _("放弃导入"),
    }
)
WORDS = {**dict(State.choices), **dict(Kind.choices)}
NEWEST = 100


@dataclass(frozen=True)
class Step:
    """One entry: when, who, what, and which fields changed from what to what."""

    at: dt.datetime
    by: str
    action: str | Promise
    subject: str
    changes: list[tuple[str, Any, Any]]


def history_of(finding: Finding, measures: Sequence[Measure]) -> list[Step]:
    """Return the newest entries of the finding and its measures."""
    own = Q(subject_kind="finding", subject_number=finding.pk)
    parts = Q(subject_kind="measure", subject_number__in=[measure.pk for measure in measures])
    entries = AuditEntry.objects.filter(own | parts, organ_number=finding.organ_id).order_by("-sequence")
    return [_step(entry) for entry in entries[:NEWEST]]


def _step(entry: AuditEntry) -> Step:
    names = field_labels(entry.subject_kind)
    new = entry.action.endswith((".created", ".imported"))
    changes = (
        []
        if new
        else [(names.get(name, name), _word(old), _word(now)) for name, (old, now) in entry.changes.items()]
    )
    return Step(entry.at, entry.by_name, action_label(entry.action), entry.subject_label, changes)


def _word(value: Any) -> Any:
    return WORDS.get(value, value) if isinstance(value, str) else value

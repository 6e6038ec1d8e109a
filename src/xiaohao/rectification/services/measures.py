"""The life of a measure: claimed, worked on, completed, struck off, followed up, taken up again."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from xiaohao.core.models import Account, Department, Person, Role
from xiaohao.core.services import evidence, records
from xiaohao.ledger.models import Decision
from xiaohao.ledger.workflow import Step, Workflow, declare, move
from xiaohao.rectification.access import may_report
from xiaohao.rectification.models import DONE_STATES, OPEN_STATES, Kind, Measure, ProgressEntry, State
from xiaohao.rectification.services.findings import refresh
from xiaohao.rectification.services.plans import is_planned

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

REPORTABLE = (State.IN_PROGRESS, State.PHASED, State.COMPLETED)
UNFINISHED = (Decision.State.OPEN, Decision.State.RETURNED)


def in_decision(measure: Measure, *kinds: str) -> bool:
    """Tell whether an undecided question about the measure is open."""
    rows = Decision.objects.about(measure).filter(state=Decision.State.OPEN)
    return (rows.filter(kind__in=kinds) if kinds else rows).exists()


def reporting(measure: Measure, account: Account | None) -> str:
    """Return why the account may not report on the measure now."""
    if account is None or not may_report(account, measure):
        return _("由责任人、委室负责人或整改办报告。")
    if measure.finding.closed_on is not None and measure.state not in DONE_STATES:
        return _("问题已经销号。")
    if in_decision(measure, "measure.closing"):
        return _("销号申请正在审批，请等待结果，或先撤回申请。")
    return ""


def decided(_measure: Measure, account: Account | None) -> str:
    return "" if account else _("由签批决定。")


WORKFLOW: Workflow = declare(
    Workflow(
        key="measure",
        label=lazy("整改措施"),
        states=State,
        first=State.NOT_STARTED,
        steps=(
            Step(
                State.IN_PROGRESS,
                lazy("报告进展"),
                (*OPEN_STATES, State.COMPLETED),
                State.IN_PROGRESS,
                lazy("责任人"),
                reporting,
            ),
            Step(
                State.PHASED,
                lazy("报告阶段性完成"),
                (*OPEN_STATES, State.COMPLETED),
                State.PHASED,
                lazy("责任人"),
                reporting,
            ),
            Step(
                State.COMPLETED,
                lazy("报告完成"),
                (*OPEN_STATES, State.COMPLETED),
                State.COMPLETED,
                lazy("责任人"),
                reporting,
            ),
            Step(
                "close",
                lazy("销号"),
                (State.COMPLETED,),
                State.CLOSED,
                lazy("审批通过"),
                decided,
            ),
            Step(
                "stand",
                lazy("转入长期坚持"),
                (State.COMPLETED,),
                State.STANDING,
                lazy("审批通过"),
                decided,
            ),
            Step(
                "send_back",
                lazy("退回整改"),
                (State.COMPLETED,),
                State.IN_PROGRESS,
                lazy("审批不通过"),
                decided,
            ),
            Step(
                "follow_up",
                lazy("报告跟踪情况"),
                (State.STANDING,),
                State.STANDING,
                lazy("责任人"),
                reporting,
            ),
            Step(
                "reopen",
                lazy("重新整改"),
                DONE_STATES,
                State.IN_PROGRESS,
                lazy("回头看认定反弹"),
                decided,
            ),
        ),
        final=frozenset(),
    )
)


@dataclass(frozen=True)
class Report:
    """What an owner says: how it stands, percent from 0 to 100 (None: nothing new), a milestone, files."""

    text: str
    state: State
    percent: int | None = None
    milestone: str = ""
    uploads: Sequence["UploadedFile[Any]"] = ()
    proves: str = ""


@transaction.atomic
def report(*, measure: Measure, said: Report, by: Account, expected_version: int) -> Measure:
    """Record what the owner reports.

    Raises ``ValidationError`` for a step not open to him, ``records.Conflict`` if somebody was quicker.
    """
    standing, today = measure.state == State.STANDING, timezone.localdate()
    if not standing and said.state not in REPORTABLE:
        raise ValidationError(_("这个状态不能由责任人报告。"))
    percent = _percent(measure, said)
    moved = percent > measure.percent or (said.state != measure.state and not standing)
    advanced = bool(moved or said.milestone or said.uploads)
    changed = move(
        WORKFLOW,
        measure,
        "follow_up" if standing else said.state,
        by=by,
        action="measure.progress_reported",
        values={
            "progress": said.text,
            "percent": percent,
            "last_reported_on": today,
            "stalled_reports": 0 if advanced or standing else measure.stalled_reports + 1,
            **_late(measure, today),
        },
        expected_version=expected_version,
    )
    entry = ProgressEntry(
        organ=measure.organ,
        measure=changed,
        text=said.text,
        state=changed.state,
        percent=percent,
        milestone=said.milestone,
        advanced=advanced,
    )
    records.create(entry, by=by, action="progress.created")
    if said.uploads:
        evidence.add(about=changed, uploads=said.uploads, proves=said.proves or said.text[:300], by=by)
    refresh(changed.finding)
    return changed


def _percent(measure: Measure, said: Report) -> int:
    if said.state == State.COMPLETED:
        return 100
    return measure.percent if said.percent is None else said.percent


def _late(measure: Measure, today: dt.date) -> dict[str, Any]:
    """Return the mark of being late for a measure that is and has none yet."""
    late = measure.is_open() and measure.deadline is not None and measure.deadline < today
    if not late or measure.late_since or in_decision(measure, "extension"):
        return {}
    assert measure.deadline is not None  # noqa: S101 - said above; tells the type checker
    return {"late_since": measure.deadline + dt.timedelta(days=1)}


def mark_late(organ: Any, today: dt.date) -> int:
    """Mark every measure of the organ that is late and was not so before; return how many.

    While an extension asked for in time waits for its signatures, nobody is late.
    """
    asked = Decision.objects.filter(
        organ=organ, kind="extension", about_kind=Measure.subject_kind, state=Decision.State.OPEN
    ).values("about_number")
    rows = Measure.objects.filter(
        organ=organ, state__in=OPEN_STATES, deadline__lt=today, late_since=None
    ).exclude(pk__in=asked)
    found = list(rows.select_related("organ"))
    for measure in found:
        since = measure.deadline + dt.timedelta(days=1) if measure.deadline else None
        records.change(measure, {"late_since": since}, by=None, action="measure.marked_late")
    return len(found)


def unclaimed(organ: Any) -> Any:
    """Return the open measures nobody answers for: without an owner, or whose owner has left."""
    nobody = Q(owner=None) | Q(owner__left_on__isnull=False)
    return Measure.objects.filter(nobody, organ=organ, state__in=OPEN_STATES)


@transaction.atomic
def claim(*, measure: Measure, owner: Person, by: Account, expected_version: int) -> Measure:
    """A department takes an open measure: it becomes its lead department, somebody of it the owner.

    Raises ``ValidationError``: already claimed, or not one's own department.
    """
    department = by.person.department
    if measure.owner_id is not None:
        raise ValidationError(_("这项任务已经有人认领。"))
    if department is None or owner.department_id != department.pk:
        raise ValidationError(_("只能为本委室认领，并落实到本委室的人。"))
    if measure.lead_department_id not in (None, department.pk):
        raise ValidationError(_("这项任务已经交给%(name)s。") % {"name": measure.lead_department})
    return _assigned(measure, department, owner, by, "measure.claimed", expected_version)


@transaction.atomic
def assign(
    *, measure: Measure, department: Department, owner: Person, by: Account, expected_version: int
) -> Measure:
    """The office assigns what nobody claimed. Raises ``ValidationError`` for what already has an owner."""
    if not by.holds(Role.CLERK):
        raise ValidationError(_("由整改办指定。"))
    if measure.owner_id is not None and is_planned(measure.finding.inspection):
        raise ValidationError(_("方案批准后换责任人，要提出申请并经签批。"))
    return _assigned(measure, department, owner, by, "measure.assigned", expected_version)


def _assigned(
    measure: Measure, department: Department, owner: Person, by: Account, action: str, expected_version: int
) -> Measure:
    values = {"lead_department": department, "owner": owner}
    changed = records.change(measure, values, by=by, action=action, expected_version=expected_version)
    refresh(changed.finding)
    return changed


def close(measure: Measure, by: Account) -> Measure:
    """Strike a measure off after its decision; a standing one begins to be followed up instead."""
    today = timezone.localdate()
    values: dict[str, Any] = {"done_on": today, "percent": 100, **_late(measure, today)}
    standing = measure.kind == Kind.STANDING
    key, action = ("stand", "measure.standing") if standing else ("close", "measure.closed")
    if standing:
        values["last_reported_on"] = today
    changed = move(WORKFLOW, measure, key, by=by, action=action, values=values)
    refresh(changed.finding)
    return changed


def send_back(measure: Measure, reason: str, by: Account) -> Measure:
    """Return a measure to work after its closing was not agreed to."""
    changed = move(WORKFLOW, measure, "send_back", by=by, action="measure.sent_back", note=reason)
    refresh(changed.finding)
    return changed


def reopen(measure: Measure, deadline: dt.date, reason: str, by: Account) -> Measure:
    """Take a measure up again after a relapse, with a new deadline."""
    values = {"deadline": deadline, "original_deadline": None, "percent": 0, "done_on": None}
    return move(WORKFLOW, measure, "reopen", by=by, action="measure.reopened", values=values, note=reason)


def deadline_moved(measure: Measure, deadline: dt.date, by: Account, reason: str) -> Measure:
    """Set a new deadline after its decision; the first one stays visible."""
    changed = records.change(
        measure,
        {"deadline": deadline, "original_deadline": measure.original_deadline or measure.deadline},
        by=by,
        action="measure.extended",
        note=reason,
    )
    refresh(changed.finding)
    return changed

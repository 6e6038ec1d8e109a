"""What a rectification asks of people: measures, follow-ups, claims, checks, the plan."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.core.dated_settings import value
from xiaohao.core.days import day_of
from xiaohao.core.models import Organ, Role, RoleHolding
from xiaohao.ledger.duties import Duty, declare
from xiaohao.rectification.models import (
    OPEN_STATES,
    Finding,
    Inspection,
    LookBackCheck,
    Measure,
    Plan,
    SimilarCheck,
    State,
)
from xiaohao.rectification.proofs import alarm_condition
from xiaohao.rectification.services import measures, plans

People = frozenset[int] | None


def _heads(organ: Organ) -> dict[int, int]:
    """Return the head of each department, by number."""
    rows = RoleHolding.objects.filter(
        person__organ=organ, person__left_on=None, role=Role.DEPARTMENT_HEAD
    ).exclude(person__department=None)
    return dict(rows.values_list("person__department", "person"))


def _measures(organ: Organ, today: dt.date, people: People) -> Iterable[Duty]:
    """Yield for each open measure: finish it, and report on it when the last report is too long ago."""
    whose = Q() if people is None else Q(owner__in=people)
    rows = Measure.objects.filter(
        whose, organ=organ, owner__isnull=False, state__in=OPEN_STATES
    ).select_related("finding")
    heads = _heads(organ)
    rhythm = int(value(organ, "progress.rhythm_days", today))
    for measure in rows:
        leader = measure.accountable_leader_id or measure.finding.accountable_leader_id
        head = heads.get(measure.lead_department_id or 0)
        hears = tuple(person for person in (head, leader) if person and person != measure.owner_id)
        assert measure.owner_id is not None  # noqa: S101 - filtered above
        subject, address = str(measure), reverse("measure", args=[measure.pk])
        if measure.deadline is not None:
            yield Duty(
                key=f"measure:{measure.pk}:{measure.deadline}",
                person=measure.owner_id,
                what=_("完成整改措施"),
                subject=subject,
                address=address,
                due_on=measure.deadline,
                hears=hears,
            )
        last = measure.last_reported_on or measure.starts_on or day_of(measure.created_at)
        if (today - last).days >= rhythm:
            yield Duty(
                key=f"report:{measure.pk}:{last}",
                person=measure.owner_id,
                what=_("报告进展"),
                subject=subject,
                address=address,
                nag_from=last + dt.timedelta(days=rhythm),
            )


def _follow_ups(organ: Organ, today: dt.date, people: People) -> Iterable[Duty]:
    """Yield for each standing measure the day it is to be looked after again."""
    whose = Q() if people is None else Q(owner__in=people)
    rows = Measure.objects.filter(whose, organ=organ, owner__isnull=False, state=State.STANDING)
    usual = int(value(organ, "follow_up.default_days", today))
    for measure in rows:
        last = measure.last_reported_on or measure.done_on or day_of(measure.created_at)
        assert measure.owner_id is not None  # noqa: S101 - filtered above
        yield Duty(
            key=f"follow_up:{measure.pk}:{last}",
            person=measure.owner_id,
            what=_("跟踪长期措施"),
            subject=str(measure),
            address=reverse("measure", args=[measure.pk]),
            due_on=last + dt.timedelta(days=measure.follow_up_days or usual),
        )


def _closings(organ: Organ, _today: dt.date, people: People) -> Iterable[Duty]:
    """Yield what was sent back to its owner, or waits for him to ask for the closing."""
    whose = Q() if people is None else Q(owner__in=people)
    for measure in Measure.objects.filter(whose, organ=organ, owner__isnull=False, state=State.COMPLETED):
        assert measure.owner_id is not None  # noqa: S101 - filtered above
        yield Duty(
            key=f"closing:{measure.pk}",
            person=measure.owner_id,
            what=_("补齐材料，申请销号"),
            subject=str(measure),
            address=reverse("measure", args=[measure.pk]),
            nag_from=day_of(measure.changed_at),
        )


def _similar(organ: Organ, _today: dt.date, people: People) -> Iterable[Duty]:
    whose = Q() if people is None else Q(person__in=people)
    rows = SimilarCheck.objects.filter(whose, organ=organ, state=SimilarCheck.State.OPEN)
    for check in rows.select_related("finding", "department"):
        yield Duty(
            key=f"similar:{check.pk}",
            person=check.person_id,
            what=_("举一反三排查"),
            subject=str(check.finding),
            address=reverse("similar_check", args=[check.pk]),
            due_on=check.due_on,
        )


def _look_backs(organ: Organ, _today: dt.date, people: People) -> Iterable[Duty]:
    whose = Q() if people is None else Q(checker__in=people)
    rows = LookBackCheck.objects.filter(whose, organ=organ, state=LookBackCheck.State.OPEN)
    for check in rows.select_related("finding", "round"):
        yield Duty(
            key=f"look_back:{check.pk}",
            person=check.checker_id,
            what=_("回头看检查"),
            subject=str(check.finding),
            address=reverse("look_back_check", args=[check.pk]),
            due_on=check.round.due_on,
        )


def _office(organ: Organ, today: dt.date, people: People) -> Iterable[Duty]:
    """Yield what the clerk owes: a plan in time, and an owner for every task."""
    holders = RoleHolding.objects.filter(person__organ=organ, person__left_on=None, role=Role.CLERK)
    clerks = [one for one in holders.values_list("person", flat=True) if people is None or one in people]
    if not clerks:
        return
    reported = Plan.objects.filter(state=Plan.State.REPORTED).values("inspection")
    waiting = (
        Inspection.objects.filter(organ=organ, findings__closed_on=None)
        .exclude(pk__in=reported)
        .exclude(findings=None)
        .select_related("organ")
        .defer("source_text")
        .distinct()
    )
    for inspection in waiting:
        due = plans.due_on(inspection)
        for clerk in clerks:
            yield Duty(
                key=f"plan:{inspection.pk}",
                person=clerk,
                what=_("报送整改方案"),
                subject=str(inspection),
                address=reverse("plans"),
                due_on=due,
                nag_from=today,
            )
    open_tasks = measures.unclaimed(organ).count()
    if open_tasks:
        for clerk in clerks:
            yield Duty(
                key="unclaimed",
                person=clerk,
                what=_("落实责任人"),
                subject=_("%(count)s 项任务没有责任人") % {"count": open_tasks},
                address=reverse("open_tasks"),
                nag_from=today,
            )


def _alarms(organ: Organ, today: dt.date, people: People) -> Iterable[Duty]:
    """Yield for each relapse alarm: explain, put right, or say that it is a relapse."""
    whose = Q(owner__isnull=False) if people is None else Q(owner__in=people)
    alarmed = Finding.objects.filter(alarm_condition(), organ=organ)
    rows = Measure.objects.filter(whose, organ=organ, finding__in=alarmed.order_by().values("pk"))
    told: set[tuple[int, int]] = set()
    for measure in rows.select_related("finding").order_by("pk"):
        assert measure.owner_id is not None  # noqa: S101 - filtered above
        if (measure.finding_id, measure.owner_id) in told:
            continue
        told.add((measure.finding_id, measure.owner_id))
        leader = measure.finding.accountable_leader_id
        yield Duty(
            key=f"alarm:{measure.finding_id}",
            person=measure.owner_id,
            what=_("反弹警报"),
            subject=str(measure.finding),
            address=reverse("finding", args=[measure.finding_id]),
            nag_from=today,
            hears=(leader,) if leader else (),
        )


for _key, _source in (
    ("alarms", _alarms),
    ("measures", _measures),
    ("follow_ups", _follow_ups),
    ("closings", _closings),
    ("similar_checks", _similar),
    ("look_backs", _look_backs),
    ("office", _office),
):
    declare(_key, _source)

"""How findings and measures stood at the end of an earlier day: what its numbers and documents say.

A record's own date of being struck off or done goes first, for a ledger may be taken over later; where it has
none, or was taken up again since, the log tells.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils import timezone

from xiaohao.core.then import changed_since, is_past, said
from xiaohao.rectification.models import DONE_STATES, OPEN_STATES, Finding, Measure, Rule, State
from xiaohao.rectification.services.findings import overall_state
from xiaohao.rectification.services.statistics import finding_conditions, overdue


def measure_state(last: dt.date) -> Case | F:
    """Return the state of a measure at the end of a day.

    One done later of which nothing tells how far it was then counts as being worked on.
    """
    if not is_past(last):
        return F("state")
    since = changed_since(Measure, "state", last)
    return Case(
        When(done_on__lte=last, state__in=DONE_STATES, then=F("state")),
        When(Exists(since), then=Subquery(since.values("old")[:1], output_field=TextField())),
        When(done_on__gt=last, state__in=DONE_STATES, then=Value(State.IN_PROGRESS.value)),
        default=F("state"),
        output_field=TextField(),
    )


def measures_then(last: dt.date, measures: "QuerySet[Measure] | None" = None) -> "QuerySet[Any]":
    """Return measures with ``state_then`` and ``deadline_then``, as they were at the end of a day."""
    rows = Measure.objects.all() if measures is None else measures
    deadline = said(Measure, "deadline", last, DateField())
    return rows.annotate(state_then=measure_state(last), deadline_then=deadline)


def progress_then(last: dt.date) -> Case | Cast:
    """Return what had been reported on a measure by the end of a day; a word put right since stays right."""
    return said(Measure, "progress", last, action="measure.progress_reported")


def state_then(finding: Finding, states: Iterable[str], closed_on: dt.date | None, last: dt.date) -> State:
    """Return the state of a finding at the end of a day from that of its measures and from its closing."""
    found = list(states)
    if found and is_past(last):
        return overall_state(found, closed=closed_on is not None)
    reopened = finding.state in DONE_STATES and closed_on is None
    return State.IN_PROGRESS if reopened else State(finding.state)


def struck_off_on(last: dt.date) -> Case | F:
    """Return on which day a finding had been struck off by the end of a day; none where it was open."""
    if not is_past(last):
        return F("closed_on")
    since = changed_since(Finding, "closed_on", last)
    before = since.filter(old__lte=last.isoformat()).values("old")[:1]
    return Case(
        When(closed_on__lte=last, then=F("closed_on")),
        default=Cast(Subquery(before, output_field=TextField()), DateField()),
        output_field=DateField(),
    )


def struck_off(last: dt.date) -> Q:
    """Return the condition for findings that had been struck off by the end of a day that has passed."""
    since = changed_since(Finding, "closed_on", last)
    return Q(closed_on__lte=last) | Q(Exists(since.filter(old__lte=last.isoformat())))


def issued_by(last: dt.date) -> "QuerySet[Rule]":
    """Return the rules there were at the end of a day; one without a day of issue counts."""
    return Rule.objects.filter(Q(issued_on__lte=last) | Q(issued_on=None))


def conditions(last: dt.date) -> dict[str, Q]:
    """Return what makes a finding count as closed, open, overdue … at the end of a day.

    A finding stands as its measures do (``services.findings.overall_state``), one without as it says itself.
    """
    if not is_past(last):
        return finding_conditions(timezone.localdate())
    measures = measures_then(last).filter(finding=OuterRef("pk"))
    closed, bare = struck_off(last), ~Q(Exists(Measure.objects.filter(finding=OuterRef("pk"))))

    def some(*states: State) -> Q:
        return Q(Exists(measures.filter(state_then__in=states)))

    begun = some(State.NOT_STARTED, State.IN_PROGRESS)
    phased = (some(State.PHASED) & ~begun) | (bare & Q(state=State.PHASED))
    standing = some(State.STANDING) & ~some(State.COMPLETED, *OPEN_STATES)
    late = Q(Exists(measures.filter(state_then__in=OPEN_STATES, deadline_then__lt=last)))
    first_round = changed_since(Finding, "round", last).filter(old="1")
    return {
        "closed": closed,
        "standing": closed & (standing | (bare & Q(state=State.STANDING))),
        "phased": ~closed & phased,
        "open": ~closed & ~phased,
        "overdue": late | (bare & overdue(last)),
        "relapsed": Q(round__gt=1) & ~Q(Exists(first_round)),
    }

"""Changes of findings and measures."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from xiaohao.core.models import Account
from xiaohao.core.services import records
from xiaohao.rectification.models import DONE_STATES, OPEN_STATES, Finding, Measure, State
from xiaohao.rectification.services import search


def overall_state(states: Iterable[str], *, closed: bool) -> State:
    """Return the state of a finding from those of its measures and from whether it was struck off.

    The least advanced open measure decides. A finding whose measures are all done waits for its own closing;
    struck off, it is standing while one of its measures is, else closed.
    """
    found = set(states)
    if not found or found == {State.NOT_STARTED}:
        return State.NOT_STARTED
    if found & {State.NOT_STARTED, State.IN_PROGRESS}:
        return State.IN_PROGRESS
    if State.PHASED in found:
        return State.PHASED
    if State.COMPLETED in found or not closed:
        return State.COMPLETED
    return State.STANDING if State.STANDING in found else State.CLOSED


def overall_deadline(measures: Iterable[tuple[str, dt.date | None]]) -> dt.date | None:
    """Return the deadline of a finding from the states and deadlines of its measures.

    The earliest of those that are open, else the latest of all.
    """
    dated = [(state, deadline) for state, deadline in measures if deadline]
    open_days = [deadline for state, deadline in dated if state in OPEN_STATES]
    return min(open_days) if open_days else max((deadline for _state, deadline in dated), default=None)


def all_done(states: Iterable[str]) -> bool:
    """Tell whether there are measures and each is closed or standing."""
    found = set(states)
    return bool(found) and found <= set(DONE_STATES)


def refresh(finding: Finding) -> None:
    """Bring the state and deadline kept on the finding in line with its measures.

    Both are derived, so the version stays and the measure's own audit entry tells the change.
    """
    measures = list(finding.measures.all())
    finding.state = overall_state((m.state for m in measures), closed=finding.closed_on is not None)
    finding.deadline = overall_deadline((m.state, m.deadline) for m in measures)
    Finding.objects.filter(pk=finding.pk).update(state=finding.state, deadline=finding.deadline)


@transaction.atomic
def change_finding(
    *, finding: Finding, values: Mapping[str, Any], by: Account, expected_version: int
) -> Finding:
    """Change facts of a finding. Raises ``records.Conflict`` when somebody was quicker."""
    changed = records.change(
        finding, values, by=by, action="finding.changed", expected_version=expected_version
    )
    search.index([changed])
    return changed


@transaction.atomic
def change_measure(
    *, measure: Measure, values: Mapping[str, Any], by: Account, expected_version: int, note: str = ""
) -> Measure:
    """Change a measure and what follows from it on its finding. Raises ``records.Conflict``."""
    changed = records.change(
        measure, values, by=by, action="measure.changed", expected_version=expected_version, note=note
    )
    refresh(changed.finding)
    return changed

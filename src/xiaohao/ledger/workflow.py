"""Workflows as tables: states, and steps from state to state with who may and what must hold.

One function moves a record. A refusal is one sentence, the same on the greyed button, as the answer to a
request, and in the tests. The diagrams in ``docs/generated`` are drawn from these tables.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from xiaohao.core.models import Account, Role
from xiaohao.core.models.records import RecordType
from xiaohao.core.services import records

# Return why not, as a sentence for the user; empty when nothing stands in the way.
Guard = Callable[[Any, Account | None], str]


# Return further values a step sets, from the record, what was entered, and who takes it.
Also = Callable[[Any, Mapping[str, Any], Account | None], Mapping[str, Any]]


def always(_record: Any, _account: Account | None) -> str:
    return ""


def nothing_else(_record: Any, _given: Mapping[str, Any], _account: Account | None) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Step:
    """A move between states; ``who`` is told on the diagram.

    In a register: ``fields`` are asked for when the step is taken, ``needs`` of them must be filled in,
    ``also`` gives what follows from them, ``roles`` who may take it where that is not who keeps the register.
    """

    key: str
    label: str | Promise
    sources: tuple[str, ...]
    target: str
    who: str | Promise
    guard: Guard = always
    fields: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    also: Also = nothing_else
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Workflow:
    """The life of a kind of record. ``final`` states have no way on by design."""

    key: str
    label: str | Promise
    states: type[TextChoices]
    first: str
    steps: tuple[Step, ...]
    final: frozenset[str] = frozenset()

    def step(self, key: str) -> Step:
        """Return a step by its key. Raises ``KeyError``."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)


WORKFLOWS: dict[str, Workflow] = {}


def declare(workflow: Workflow) -> Workflow:
    """Declare a workflow once. Raises ``ValueError`` for a state that cannot be reached or left."""
    reached = {workflow.first} | {step.target for step in workflow.steps}
    left = {source for step in workflow.steps for source in step.sources} | workflow.final
    states = set(workflow.states.values)
    if workflow.key in WORKFLOWS or reached != states or left != states:
        raise ValueError(workflow.key)
    WORKFLOWS[workflow.key] = workflow
    return workflow


def refusal(workflow: Workflow, record: Any, step: Step, by: Account | None) -> str:
    """Return why the step is not open to the account now, as a sentence; empty when it is."""
    if record.state not in step.sources:
        return _("现在的状态是“%(state)s”，不能%(step)s。") % {
            "state": workflow.states(record.state).label,
            "step": step.label,
        }
    return step.guard(record, by)


def move(
    workflow: Workflow,
    record: RecordType,
    key: str,
    *,
    by: Account | None,
    action: str,
    values: Mapping[str, Any] | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> RecordType:
    """Take a step and log it. Raises ``ValidationError`` with the refusal, or ``records.Conflict``."""
    step = workflow.step(key)
    reason = refusal(workflow, record, step, by)
    if reason:
        raise ValidationError(reason)
    changes = {**(values or {}), "state": step.target}
    return records.change(record, changes, by=by, action=action, note=note, expected_version=expected_version)


def diagram(workflow: Workflow) -> str:
    """Return the workflow as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {workflow.first}"]
    lines += [f"    {state.value}: {state.label}" for state in workflow.states]
    for step in workflow.steps:
        lines += [f"    {source} --> {step.target}: {step.label}（{step.who}）" for source in step.sources]
    lines += [f"    {state.value} --> [*]" for state in workflow.states if state.value in workflow.final]
    return "\n".join(lines)

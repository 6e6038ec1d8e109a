"""Giving and answering instructions."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from xiaohao.core.models import Account, Person, Record, Role
from xiaohao.core.services import records
from xiaohao.ledger.models import Instruction
from xiaohao.ledger.workflow import Step, Workflow, declare, move

State = Instruction.State


def may_answer(instruction: Instruction, account: Account | None) -> str:
    """Return why the account cannot answer: the person asked does, or the clerk of his organ for him."""
    if account is not None and account.organ.pk == instruction.organ_id:
        if account.person_id == instruction.to_id:
            return ""
        if account.holds(Role.CLERK) and account.person_id != instruction.given_by_id:
            return ""
    return _("由%(name)s回复。") % {"name": instruction.to}


def no_answer_needed(instruction: Instruction, account: Account | None) -> str:
    needs = instruction.kind != Instruction.Kind.REMARK
    return _("批示和督办要写明办理情况。") if needs else may_answer(instruction, account)


WORKFLOW = declare(
    Workflow(
        key="instruction",
        label=lazy("批示督办"),
        states=State,
        first=State.OPEN,
        steps=(
            Step(
                "answer",
                lazy("回复"),
                (State.OPEN,),
                State.ANSWERED,
                lazy("被批示人、整改办"),
                may_answer,
            ),
            Step(
                "note",
                lazy("知悉"),
                (State.OPEN,),
                State.NOTED,
                lazy("被批示人、整改办"),
                no_answer_needed,
            ),
        ),
        final=frozenset({State.ANSWERED, State.NOTED}),
    )
)


def give(
    *, about: Record, kind: str, text: str, to: Person, by: Account, due_on: dt.date | None = None
) -> Instruction:
    """Put an instruction on a record. Raises ``ValidationError``: no day to answer by, or one in the past."""
    if kind != Instruction.Kind.REMARK and due_on is None:
        raise ValidationError(_("请写明回复期限。"))
    if due_on and due_on < timezone.localdate():
        raise ValidationError(_("回复期限已经过去，请另选一天。"))
    if to.organ_id != about.organ_id:
        raise ValidationError(_("只能批给这个单位的人。"))
    instruction = Instruction(
        organ=about.organ,
        about_kind=about.subject_kind,
        about_number=about.pk,
        about_label=str(about)[:200],
        kind=kind,
        text=text,
        to=to,
        given_by=by.person,
        due_on=due_on,
    )
    return records.create(instruction, by=by, action="instruction.created")


def answer(*, instruction: Instruction, text: str, by: Account, expected_version: int) -> Instruction:
    """Answer it. Raises ``ValidationError`` for an empty answer or somebody who may not."""
    if not text.strip():
        raise ValidationError(_("请写明办理情况。"))
    values = {"answer": text, "answered_at": timezone.now(), "answered_by": by}
    return move(
        WORKFLOW,
        instruction,
        "answer",
        by=by,
        action="instruction.answered",
        values=values,
        expected_version=expected_version,
    )


def note(*, instruction: Instruction, by: Account) -> Instruction:
    """Take note of a remark."""
    values = {"answered_at": timezone.now(), "answered_by": by}
    return move(WORKFLOW, instruction, "note", by=by, action="instruction.settled", values=values)

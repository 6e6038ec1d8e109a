"""Instructions on records, as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from xiaohao.core.access import allowed
from xiaohao.core.models import Account, Record
from xiaohao.ledger.access import ANSWER, INSTRUCT
from xiaohao.ledger.models import Instruction
from xiaohao.ledger.services.instructions import may_answer


@dataclass(frozen=True)
class Instructions:
    """Those on some records, newest first, each with whether the account may answer."""

    rows: list[tuple[Instruction, bool]]
    may_give: bool


def instructions_on(account: Account, subjects: Sequence[Record]) -> Instructions:
    """Return the instructions on the records; one query."""
    condition = Q(pk=None)
    for kind in {subject.subject_kind for subject in subjects}:
        numbers = [subject.pk for subject in subjects if subject.subject_kind == kind]
        condition |= Q(about_kind=kind, about_number__in=numbers)
    rows = (
        Instruction.objects.visible_to(account)
        .filter(condition)
        .select_related("to", "given_by", "answered_by__person")
    )
    may = allowed(account, ANSWER)
    return Instructions(
        [(one, may and one.state == Instruction.State.OPEN and not may_answer(one, account)) for one in rows],
        allowed(account, INSTRUCT),
    )

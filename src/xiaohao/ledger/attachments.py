"""What is attached to records, as their pages show it."""

from dataclasses import dataclass
from typing import Any

from xiaohao.core.access import allowed
from xiaohao.core.history import history_of_record
from xiaohao.core.models import Account, Record
from xiaohao.core.services.evidence import evidence_of
from xiaohao.ledger.access import ANSWER, INSTRUCT
from xiaohao.ledger.decision_kinds import label_of
from xiaohao.ledger.models import ControlHit, Decision, Instruction
from xiaohao.ledger.services.instructions import may_answer


@dataclass(frozen=True)
class Instructions:
    """Those on a record, newest first, each with whether the account may answer."""

    rows: list[tuple[Instruction, bool]]
    may_give: bool


def instructions_on(account: Account, subject: Record) -> Instructions:
    """Return the instructions on a record; one query."""
    rows = Instruction.objects.visible_to(account).about(subject)
    rows = rows.select_related("to", "given_by", "answered_by__person")
    may = allowed(account, ANSWER)
    return Instructions(
        [(one, may and one.state == Instruction.State.OPEN and not may_answer(one, account)) for one in rows],
        allowed(account, INSTRUCT),
    )


def decisions_on(account: Account, record: Record) -> list[tuple[Decision, str]]:
    """Return the decisions on a record with what their kind is called, newest first."""
    rows = Decision.objects.visible_to(account).about(record).select_related("asked_by")
    return [(one, label_of(one.kind)) for one in rows]


def hits_on(account: Account, record: Record) -> list[ControlHit]:
    """Return what the controls have against a record now."""
    rows = ControlHit.objects.visible_to(account).about(record)
    return list(rows.exclude(state=ControlHit.State.CLOSED))


def attached(account: Account, record: Record) -> dict[str, Any]:
    """Return what the page of any record shows below it: evidence, instructions, history."""
    return {
        "evidence": evidence_of([record]).get(record.pk, []),
        "instructions": instructions_on(account, record),
        "history": history_of_record(record),
    }

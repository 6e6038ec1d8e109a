from xiaohao.ledger.models.controls import ControlDay, ControlHit, Proof
from xiaohao.ledger.models.decisions import Decision, Delegation, Outcome, Signature, Signer
from xiaohao.ledger.models.imports import ColumnNames, RegisterImport
from xiaohao.ledger.models.instructions import Instruction
from xiaohao.ledger.models.notices import CalendarFeed, Message, Reminder

__all__ = [
    "CalendarFeed",
    "ColumnNames",
    "ControlDay",
    "ControlHit",
    "Decision",
    "Delegation",
    "Instruction",
    "Message",
    "Outcome",
    "Proof",
    "RegisterImport",
    "Reminder",
    "Signature",
    "Signer",
]

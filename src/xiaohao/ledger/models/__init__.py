from xiaohao.ledger.models.decisions import Decision, Delegation, Outcome, Signature, Signer
from xiaohao.ledger.models.instructions import Instruction
from xiaohao.ledger.models.notices import CalendarFeed, Message, Reminder

__all__ = [
    "CalendarFeed",
    "Decision",
    "Delegation",
    "Instruction",
    "Message",
    "Outcome",
    "Reminder",
    "Signature",
    "Signer",
]

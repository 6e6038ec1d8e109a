"""Tables in: a rectification ledger (整改台账) in any of the layouts offices use."""

from xiaohao.reading.tables.columns import LEDGER_COLUMNS
from xiaohao.reading.tables.ledger import Ledger, read_ledger
from xiaohao.reading.tables.row import CellProblem, Deadline, LedgerRow

__all__ = [
    "LEDGER_COLUMNS",
    "CellProblem",
    "Deadline",
    "Ledger",
    "LedgerRow",
    "read_ledger",
]

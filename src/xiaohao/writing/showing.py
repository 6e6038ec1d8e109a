"""A document as a page shows it: blocks of runs, each figure with what it counts."""

from typing import Any

from django.utils.translation import gettext as _

from xiaohao.core.models import Account
from xiaohao.ledger.register import open_indicators
from xiaohao.writing import figures
from xiaohao.writing.body import Cell, Table, blocks
from xiaohao.writing.models import Document
from xiaohao.writing.services.documents import figures_of


class Shown:
    """The blocks of a document for one reader; figures of records he may not see lead nowhere."""

    def __init__(self, document: Document, account: Account) -> None:
        self.document = document
        self.figures = figures_of(document)
        self._open = open_indicators(account)
        self.changed_anywhere = figures.changes(document.body, self.figures)
        self.changed = [one for one in self.changed_anywhere if one.figure.indicator.key in self._open]
        self._now = {(one.figure.indicator.key, one.written): one.now for one in self.changed}

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """Return what the template draws: paragraphs by level, tables with head and rows."""
        return [
            self._table(block)
            if isinstance(block, Table)
            else {"level": block.level.value, "runs": self._runs(block.runs)}
            for block in blocks(self.document.body, self.document.lists)
        ]

    def _table(self, table: Table) -> dict[str, Any]:
        return {
            "level": "table",
            "title": table.title,
            "head": [self._runs(cell) for cell in table.head],
            "rows": [[self._runs(cell) for cell in row] for row in table.rows],
        }

    def _runs(self, runs: Cell) -> list[dict[str, Any]]:
        return [
            {"text": run.text, "mark": run.mark.value, **self._counted(run.key, run.text)} for run in runs
        ]

    def _counted(self, key: str, written: str) -> dict[str, str]:
        """Return how a figure was counted, where its records are, and what it is now if that is another."""
        indicator = self._open.get(key)
        if indicator is None:
            return {}
        period, whole = self.figures.period, self.figures.whole
        said = {"title": indicator.title, "counted": indicator.counted, "period": period}
        return {
            "counted": _("%(title)s：%(counted)s，%(period)s") % said,
            "address": indicator.address(period, whole, self.document.organ_id),
            "now": self._now.get((key, written), ""),
        }

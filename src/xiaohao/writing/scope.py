"""What a document is drafted about."""

import datetime as dt
from dataclasses import dataclass

from xiaohao.core.models import Organ, Person
from xiaohao.ledger.indicators import Period
from xiaohao.rectification.models import Finding, Inspection


@dataclass(frozen=True)
class Scope:
    """An inspection and a period; a closing form is about a finding, a hand-over from person to successor."""

    inspection: Inspection
    period: Period
    today: dt.date
    finding: Finding | None = None
    person: Person | None = None
    successor: Person | None = None

    @property
    def organ(self) -> Organ:
        return self.inspection.organ

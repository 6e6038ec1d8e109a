"""Numbers that show what a fix brought about (成效): indicators tied to a finding."""

import datetime as dt
from collections.abc import Sequence

from xiaohao.core.models import Account
from xiaohao.ledger.controls import CONTROLS
from xiaohao.ledger.indicators import INDICATORS, Figure, Indicator, Period, figure_of_organ
from xiaohao.ledger.register import open_indicators, register_of, shelf
from xiaohao.ledger.services import controls
from xiaohao.lib.bigrams import bigrams
from xiaohao.rectification.models import Finding


def effects_of(finding: Finding, account: Account, today: dt.date) -> list[Figure]:
    """Return the numbers tied to a finding, from the feedback to today, as far as the account may see."""
    period = Period(finding.inspection.feedback_on or today.replace(month=1, day=1), today)
    seen = open_indicators(account)
    tied = [seen[key] for key in finding.indicators if key in seen]
    return [
        figure_of_organ(one, finding.organ_id, period, finding.inspection_id if one.within else None)
        for one in tied
    ]


def suggested(finding: Finding) -> Sequence[str]:
    """Return indicators for a finding: of the registers its controls look at, then those with like words."""
    proven = [CONTROLS[proof.control] for proof in controls.proofs_of(finding) if proof.control in CONTROLS]
    registers = {_register_key(control.model) for control in proven} - {None}
    same = [key for key, one in INDICATORS.items() if _register_key(one.model) in registers]
    words = set(bigrams(f"{finding.title}\n{finding.detail}").split())
    like = [key for key, one in INDICATORS.items() if _shared(one, words) >= 2 and not one.within]
    return list(dict.fromkeys([*same, *like]))


def _register_key(model: type) -> str | None:
    register = register_of(model)
    return shelf(register).key if register else None


def _shared(indicator: Indicator, words: set[str]) -> int:
    return len(words & set(bigrams(f"{indicator.title}").split()))

"""Numbers about proposals that reports use."""

from typing import Any

from django.db.models import Case, DateField, F, Q, When
from django.utils.translation import gettext_lazy as _

from xiaohao.core.then import said
from xiaohao.ledger.indicators import Indicator, Period, Rows, declare
from xiaohao.registers.proposals.models import Proposal

PAGE = "proposals"
ANSWERED = (Proposal.State.ANSWERED, Proposal.State.CONCLUDED)
SATISFIED = (Proposal.Satisfaction.SATISFIED, Proposal.Satisfaction.BASICALLY)


def _answered_by_then(rows: Any, period: Period) -> Any:
    """Return what was answered by the period's end, with ``answered_then``: on which day.

    Its own day goes first, for an answer may be registered later; one taken back since, the log tells.
    """
    state = said(Proposal, "state", period.last)
    answered = said(Proposal, "answered_on", period.last, DateField())
    now = Q(state__in=ANSWERED, answered_on__lte=period.last)
    then = Case(When(now, then=F("answered_on")), When(state_then__in=ANSWERED, then=F("day_then")))
    told = rows.alias(state_then=state, day_then=answered)
    return told.alias(answered_then=then).filter(answered_then__lte=period.last)


def _answered(rows: Any, period: Period) -> Any:
    return _answered_by_then(rows, period).filter(answered_then__gte=period.first)


def _of_answered(condition: Q) -> Rows:
    return lambda rows, period: _answered(rows, period).filter(condition)


declare(
    Indicator(
        "proposals.handed_over",
        _("交办的提案"),
        _("交办日期在期间内的提案件数"),
        Proposal,
        PAGE,
        lambda rows, period: rows.filter(**period.of("handed_over_on")),
        word=_("件"),
    )
)
declare(
    Indicator(
        "proposals.answered",
        _("办复率"),
        _("期间内交办的提案中，到期间末已经答复的占多少"),
        Proposal,
        PAGE,
        lambda rows, period: _answered_by_then(rows, period).filter(**period.of("handed_over_on")),
        base=lambda rows, period: rows.filter(**period.of("handed_over_on")),
    )
)
for key, title, counted, condition in (
    (
        "answered_on_time",
        _("按期办复率"),
        _("期间内答复的提案中，没有超过期限的占多少，按现在登记的期限"),
        Q(answered_then__lte=F("due_on")),
    ),
    (
        "satisfied",
        _("满意率"),
        _("期间内答复的提案中，提案人满意、基本满意的占多少，按现在登记的满意度"),
        Q(satisfaction__in=SATISFIED),
    ),
    (
        "solved",
        _("解决率"),
        _("期间内答复的提案中，答复类别为已解决（设置里的第一类）的占多少"),
        Q(is_solved=True),
    ),
    ("met", _("面商率"), _("期间内答复的提案中，与提案人面商过的占多少"), Q(met_on__isnull=False)),
):
    declare(
        Indicator(
            f"proposals.{key}",
            title,
            counted,
            Proposal,
            PAGE,
            _of_answered(condition),
            base=_answered,
        )
    )

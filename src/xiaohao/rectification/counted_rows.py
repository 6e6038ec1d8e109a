"""Which rows the numbers about the rectification count: as of the end of the period."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from xiaohao.core.then import end_of, said, within
from xiaohao.ledger.indicators import Period, Rows
from xiaohao.rectification.models import OPEN_STATES, Finding, SimilarCheck, State
from xiaohao.rectification.proofs import alarm_then
from xiaohao.rectification.then import conditions, issued_by, measures_then, struck_off_on

CHECKED = (SimilarCheck.State.CLEAN, SimilarCheck.State.FOUND)


def like(key: str) -> Rows:
    """Return the rows that count as the key says, the same as on every other page, at the period's end."""
    return lambda rows, period: rows.filter(conditions(period.last)[key])


def everything(rows: Any, _period: Period) -> Any:
    return rows


def in_period(field: str, condition: Q | None = None) -> Rows:
    """Return the rows whose day lies in the period."""
    return lambda rows, period: rows.filter(condition or Q(), **period.of(field)).distinct()


def struck_off_in_period(rows: Any, period: Period) -> Any:
    return rows.alias(then=struck_off_on(period.last)).filter(**period.of("then"))


def filled(field: str, condition: Q | None = None) -> Rows:
    """Return the findings that had something in a field at the period's end."""

    def rows(among: Any, period: Period) -> Any:
        then = among.alias(then=said(Finding, field, period.last))
        return then.exclude(Q(then=None) | Q(then="")).filter(condition or Q()).distinct()

    return rows


def alarmed(rows: Any, period: Period) -> Any:
    return rows.filter(alarm_then(period.last))


def checked_elsewhere(rows: Any, period: Period) -> Any:
    checked = Q(similar_checks__state__in=CHECKED, similar_checks__done_on__lte=period.last)
    return rows.filter(checked).distinct()


def looked_back(rows: Any, period: Period) -> Any:
    return rows.filter(look_backs__checked_at__lt=end_of(period.last)).distinct()


def ruled(rows: Any, period: Period) -> Any:
    return rows.filter(rules__in=issued_by(period.last)).distinct()


def in_states(*states: State) -> Rows:
    """Return the measures that were in one of the states at the period's end."""
    return lambda rows, period: measures_then(period.last, rows).filter(state_then__in=states)


def reported(rows: Any, period: Period) -> Any:
    return rows.filter(**within(period.first, period.last, "reports__created_at")).distinct()


def extended(rows: Any, period: Period) -> Any:
    return rows.filter(extensions__created_at__lt=end_of(period.last)).distinct()


def overdue(rows: Any, period: Period) -> Any:
    last = min(period.last, timezone.localdate())
    return in_states(*OPEN_STATES)(rows, period).filter(deadline_then__lt=last)

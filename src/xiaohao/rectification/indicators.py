"""Numbers about the rectification that reports use; each opens the findings behind it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xiaohao.ledger.indicators import Indicator, Period, Rows, declare
from xiaohao.rectification.models import Finding, Rule
from xiaohao.rectification.proofs import alarm_condition
from xiaohao.rectification.services.statistics import finding_conditions

PAGE = "findings"


def _like(key: str) -> Rows:
    """Return the rows that count as the key says, the same as on every other page."""
    return lambda rows, _period: rows.filter(finding_conditions(timezone.localdate())[key])


def _all(rows: Any, _period: Period) -> Any:
    return rows


declare(Indicator("findings.all", _("反馈问题"), _("台账里的全部问题"), Finding, PAGE, _all))
declare(
    Indicator(
        "findings.closed",
        _("销号率"),
        _("全部问题中，到期间末已经销号的占多少"),
        Finding,
        PAGE,
        lambda rows, period: rows.filter(closed_on__lte=period.last),
        base=_all,
    )
)
declare(
    Indicator(
        "findings.closed_in_period",
        _("期间内销号的问题"),
        _("销号日期在期间内的问题个数"),
        Finding,
        PAGE,
        lambda rows, period: rows.filter(**period.of("closed_on")),
    )
)
for key, title, counted in (
    ("overdue", _("逾期的问题"), _("今天还没有完成、期限已过的问题个数")),
    ("relapsed", _("反弹过的问题"), _("销号以后又重新整改过的问题个数")),
):
    declare(
        Indicator(
            f"findings.{key}",
            title,
            counted,
            Finding,
            PAGE,
            _like(key),
        )
    )
declare(
    Indicator(
        "findings.alarm",
        _("反弹警报"),
        _("已经销号、凭据现在不成立的问题个数"),
        Finding,
        PAGE,
        lambda rows, _period: rows.filter(alarm_condition()),
    )
)
declare(
    Indicator(
        "rules.made",
        _("新立、修订的制度"),
        _("印发日期在期间内、不是废止的制度件数"),
        Rule,
        "rules",
        lambda rows, period: rows.filter(**period.of("issued_on")).exclude(change=Rule.Change.REPEALED),
    )
)

"""Numbers about meetings that reports use."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from xiaohao.ledger.indicators import Indicator, Period, declare
from xiaohao.registers.meetings.models import Item, Meeting

HELD = (Meeting.State.HELD, Meeting.State.MINUTED)


def _held(rows: Any, period: Period) -> Any:
    return rows.filter(state__in=HELD, **period.of("held_on"))


def _items(rows: Any, period: Period) -> Any:
    return rows.filter(meeting__state__in=HELD, **period.of("meeting__held_on"))


declare(
    Indicator(
        "meetings.held",
        _("召开决策会议"),
        _("期间内召开的会议次数"),
        Meeting,
        "meetings",
        _held,
        word=_("次"),
    )
)
declare(
    Indicator(
        "meetings.first_topics",
        _("第一议题学习"),
        _("期间内会议上“第一议题”的个数"),
        Item,
        "meeting-items",
        lambda rows, period: _items(rows, period).filter(kind=Item.Kind.FIRST_TOPIC),
        word=_("次"),
    )
)
declare(
    Indicator(
        "meetings.large_sums",
        _("集体决定的大额资金"),
        _("期间内会议通过的大额资金议题的金额合计"),
        Item,
        "meeting-items",
        lambda rows, period: _items(rows, period).filter(
            kind=Item.Kind.LARGE_SUM, outcome=Item.Outcome.PASSED
        ),
        amount="sum",
    )
)
declare(
    Indicator(
        "meetings.recused",
        _("记录了回避的议题"),
        _("期间内有人回避的议题个数"),
        Item,
        "meeting-items",
        lambda rows, period: _items(rows, period).filter(recused__isnull=False).distinct(),
        word=_("个"),
    )
)

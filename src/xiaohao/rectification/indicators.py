"""Numbers about the rectification that reports use; each opens the findings behind it."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Department, LeadingGroupMember
from xiaohao.ledger.indicators import Indicator, Period, Rows, declare
from xiaohao.rectification.models import DONE_STATES, Finding, Measure, Meeting, Rule, State
from xiaohao.rectification.proofs import alarm_condition
from xiaohao.rectification.services.statistics import finding_conditions

PAGE = "findings"


def _like(key: str) -> Rows:
    """Return the rows that count as the key says, the same as on every other page."""
    return lambda rows, _period: rows.filter(finding_conditions(timezone.localdate())[key])


def _all(rows: Any, _period: Period) -> Any:
    return rows


def _where(condition: Q) -> Rows:
    return lambda rows, _period: rows.filter(condition)


def _held(kinds: Q) -> Rows:
    return lambda rows, period: rows.filter(kinds, **period.of("held_on"))


OWN, OF_FINDING, OF_FINDINGS = "inspection", "finding__inspection", "findings__inspection"


def _of_findings(key: str, title: Any, counted: Any, rows: Rows, base: Rows | None = None) -> None:
    declare(Indicator(key, title, counted, Finding, PAGE, rows, base=base, within=OWN))


_of_findings("findings.all", _("反馈问题"), _("台账里的全部问题"), _all)
_of_findings(
    "findings.closed",
    _("销号率"),
    _("全部问题中，到期间末已经销号的占多少"),
    lambda rows, period: rows.filter(closed_on__lte=period.last),
    base=_all,
)
_of_findings(
    "findings.struck_off",
    _("已销号的问题"),
    _("到期间末已经销号的问题个数，转入长期坚持的也在内"),
    lambda rows, period: rows.filter(closed_on__lte=period.last),
)
_of_findings(
    "findings.closed_in_period",
    _("期间内销号的问题"),
    _("销号日期在期间内的问题个数"),
    lambda rows, period: rows.filter(**period.of("closed_on")),
)
for key, title, counted in (
    ("standing", _("长期坚持的问题"), _("已经销号、措施需要长期坚持的问题个数")),
    ("phased", _("阶段性完成的问题"), _("还没有销号、已经阶段性完成的问题个数")),
    ("open", _("正在整改的问题"), _("还没有销号、也没有阶段性完成的问题个数")),
    ("overdue", _("逾期的问题"), _("今天还没有完成、期限已过的问题个数")),
    ("relapsed", _("反弹过的问题"), _("销号以后又重新整改过的问题个数")),
):
    _of_findings(f"findings.{key}", title, counted, _like(key))
_of_findings(
    "findings.alarm",
    _("反弹警报"),
    _("已经销号、凭据现在不成立的问题个数"),
    lambda rows, _period: rows.filter(alarm_condition()),
)
_of_findings(
    "findings.taken_on",
    _("领导领办的问题"),
    _("有领办领导的问题个数"),
    lambda rows, _period: rows.exclude(taken_on_by=None),
)
for key, title, counted, condition in (
    ("all", _("整改措施"), _("台账里的全部措施"), Q()),
    ("done", _("已完成的措施"), _("已经销号或转入长期坚持的措施条数"), Q(state__in=DONE_STATES)),
    ("standing", _("长期坚持的措施"), _("转入长期坚持的措施条数"), Q(state=State.STANDING)),
):
    declare(
        Indicator(
            f"measures.{key}",
            title,
            counted,
            Measure,
            "three_lists",
            _where(condition),
            within=OF_FINDING,
        )
    )
for key, title, counted, kinds in (
    ("held", _("整改专题会议"), _("日期在期间内、不是学习的整改会议次数"), ~Q(kind=Meeting.Kind.STUDY)),
    ("study", _("整改专题学习"), _("日期在期间内的专题学习次数"), Q(kind=Meeting.Kind.STUDY)),
):
    declare(
        Indicator(
            f"rectification_meetings.{key}",
            title,
            counted,
            Meeting,
            "rectification-meetings",
            _held(kinds),
            within=OWN,
        )
    )
for key, title, counted, model in (
    ("members", _("领导小组成员"), _("整改工作领导小组的现有成员"), LeadingGroupMember),
    ("departments", _("委室"), _("本单位的委室个数"), Department),
):
    declare(Indicator(f"organisation.{key}", title, counted, model, "organisation", _all))
declare(
    Indicator(
        "rules.made",
        _("新立、修订的制度"),
        _("印发日期在期间内、不是废止的制度件数"),
        Rule,
        "rules",
        lambda rows, period: rows.filter(**period.of("issued_on")).exclude(change=Rule.Change.REPEALED),
        within=OF_FINDINGS,
    )
)

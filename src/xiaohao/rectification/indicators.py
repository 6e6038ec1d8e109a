"""Numbers about the rectification that reports use; each opens the findings behind it."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Department, LeadingGroupMember, Role
from xiaohao.ledger.indicators import Indicator, Period, Rows, declare
from xiaohao.rectification.models import DONE_STATES, Finding, Measure, Meeting, Rule, SimilarCheck, State
from xiaohao.rectification.proofs import alarm_condition
from xiaohao.rectification.services.statistics import finding_conditions, overdue

PAGE = "findings"
OWN, OF_FINDING, OF_FINDINGS = "inspection", "finding__inspection", "findings__inspection"


def _like(key: str) -> Rows:
    """Return the rows that count as the key says, the same as on every other page, at the period's end."""
    return lambda rows, period: rows.filter(finding_conditions(timezone.localdate(), period.last)[key])


def _all(rows: Any, _period: Period) -> Any:
    return rows


def _where(condition: Q) -> Rows:
    return lambda rows, _period: rows.filter(condition).distinct()


def _in_period(field: str, condition: Q | None = None) -> Rows:
    """Return the rows whose day lies in the period."""
    return lambda rows, period: rows.filter(condition or Q(), **period.of(field)).distinct()


def _of_findings(key: str, title: Any, counted: Any, rows: Rows, base: Rows | None = None) -> None:
    declare(Indicator(key, title, counted, Finding, PAGE, rows, base=base, within=OWN, word=_("个")))


def _done(rows: Any, period: Period) -> Any:
    dated = Q(done_on__lte=period.last) | Q(done_on=None)
    return rows.filter(dated, state__in=DONE_STATES)


def _late(rows: Any, _period: Period) -> Any:
    return rows.filter(overdue(timezone.localdate()))


BY_HEAD = Q(taken_on_by__roles__role=Role.HEAD)
CHECKED = (SimilarCheck.State.CLEAN, SimilarCheck.State.FOUND)

_of_findings("findings.all", _("反馈问题"), _("台账里的全部问题"), _all)
_of_findings(
    "findings.closed", _("销号率"), _("全部问题中，到期间末已经销号的占多少"), _like("closed"), base=_all
)
for key, title, counted, rows in (
    (
        "struck_off",
        _("已销号的问题"),
        _("到期间末已经销号的问题个数，转入长期坚持的也在内"),
        _like("closed"),
    ),
    ("closed_in_period", _("期间内销号的问题"), _("销号日期在期间内的问题个数"), _in_period("closed_on")),
    ("standing", _("长期坚持的问题"), _("到期间末已经销号、措施需要长期坚持的问题个数"), _like("standing")),
    ("phased", _("阶段性完成的问题"), _("到期间末还没有销号、已经阶段性完成的问题个数"), _like("phased")),
    ("open", _("正在整改的问题"), _("到期间末还没有销号、也没有阶段性完成的问题个数"), _like("open")),
    ("overdue", _("逾期的问题"), _("今天还没有完成、期限已过的问题个数"), _like("overdue")),
    ("relapsed", _("反弹过的问题"), _("销号以后又重新整改过的问题个数"), _like("relapsed")),
    ("alarm", _("反弹警报"), _("已经销号、凭据现在不成立的问题个数"), _where(alarm_condition())),
    ("taken_on", _("领导领办的问题"), _("有领办领导的问题个数"), _where(Q(taken_on_by__isnull=False))),
    ("taken_on_by_head", _("主要负责人领办的问题"), _("领办领导是主要负责人的问题个数"), _where(BY_HEAD)),
    (
        "taken_on_by_others",
        _("班子其他成员领办的问题"),
        _("领办领导不是主要负责人的问题个数"),
        lambda rows, _period: rows.exclude(taken_on_by=None).exclude(BY_HEAD),
    ),
    ("analysed", _("剖析了原因的问题"), _("写了原因分析的问题个数"), _where(~Q(root_cause=""))),
    (
        "checked_elsewhere",
        _("举一反三排查的问题"),
        _("有委室做完同类问题排查的问题个数"),
        _where(Q(similar_checks__state__in=CHECKED)),
    ),
    (
        "looked_back",
        _("回头看的问题"),
        _("做过回头看检查的问题个数"),
        _where(Q(look_backs__checked_at__isnull=False)),
    ),
    ("ruled", _("建章立制的问题"), _("有对应制度的问题个数"), _where(Q(rules__isnull=False))),
):
    _of_findings(f"findings.{key}", title, counted, rows)

for key, title, counted, rows in (
    ("all", _("整改措施"), _("台账里的全部措施"), _all),
    ("done", _("已完成的措施"), _("到期间末已经销号或转入长期坚持的措施条数"), _done),
    ("standing", _("长期坚持的措施"), _("转入长期坚持的措施条数"), _where(Q(state=State.STANDING))),
    ("reported", _("报告了进展的措施"), _("期间内报告过进展的措施条数"), _in_period("last_reported_on")),
    ("urged", _("督办的措施"), _("期间内发过督办单的措施条数"), _in_period("orders__issued_on")),
    ("extended", _("批准延期的措施"), _("经批准延过期的措施条数"), _where(Q(extensions__isnull=False))),
    ("overdue", _("逾期的措施"), _("期限已过、还没有完成的措施条数"), _late),
):
    declare(
        Indicator(
            f"measures.{key}",
            title,
            counted,
            Measure,
            "three_lists",
            rows,
            within=OF_FINDING,
            word=_("条"),
        )
    )

STUDY = Q(kind=Meeting.Kind.STUDY)
for key, title, counted, kinds in (
    ("held", _("整改专题会议"), _("日期在期间内、不是学习的整改会议次数"), ~STUDY),
    (
        "held_by_head",
        _("主要负责人主持的整改专题会议"),
        _("日期在期间内、主持人是主要负责人、不是学习的整改会议次数"),
        ~STUDY & Q(chair__roles__role=Role.HEAD),
    ),
    ("study", _("整改专题学习"), _("日期在期间内的专题学习次数"), STUDY),
):
    declare(
        Indicator(
            f"rectification_meetings.{key}",
            title,
            counted,
            Meeting,
            "rectification-meetings",
            _in_period("held_on", kinds),
            within=OWN,
            word=_("次"),
        )
    )

for key, title, counted, model, word in (
    ("members", _("领导小组成员"), _("整改工作领导小组的现有成员"), LeadingGroupMember, _("人")),
    ("departments", _("委室"), _("本单位的委室个数"), Department, _("个")),
):
    declare(Indicator(f"organisation.{key}", title, counted, model, "organisation", _all, word=word))

REPEALED = Q(change=Rule.Change.REPEALED)
for key, title, counted, condition in (
    ("made", _("新立、修订的制度"), _("印发日期在期间内、不是废止的制度件数"), ~REPEALED),
    ("repealed", _("废止的制度"), _("废止日期在期间内的制度件数"), REPEALED),
):
    declare(
        Indicator(
            f"rules.{key}",
            title,
            counted,
            Rule,
            "rules",
            _in_period("issued_on", condition),
            within=OF_FINDINGS,
            word=_("项"),
        )
    )

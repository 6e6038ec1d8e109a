"""Numbers about the rectification that reports use; each opens the findings behind it.

All are as of the end of the period, as far as records and log tell; where they do not, ``counted`` says so.
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Department, LeadingGroupMember, Role
from xiaohao.ledger.indicators import Indicator, Rows, declare
from xiaohao.rectification.counted_rows import (
    alarmed,
    checked_elsewhere,
    everything,
    extended,
    filled,
    in_period,
    in_states,
    like,
    looked_back,
    overdue,
    reported,
    ruled,
    struck_off_in_period,
)
from xiaohao.rectification.models import DONE_STATES, Finding, Measure, Meeting, Rule, State

PAGE = "findings"
OWN, OF_FINDING, OF_FINDINGS = "inspection", "finding__inspection", "findings__inspection"


def _of_findings(key: str, title: Any, counted: Any, rows: Rows, base: Rows | None = None) -> None:
    declare(Indicator(key, title, counted, Finding, PAGE, rows, base=base, within=OWN, word=_("个")))


BY_HEAD = Q(taken_on_by__roles__role=Role.HEAD)
TAKEN_ON = Q(taken_on_by__isnull=False)
BY_OTHERS = TAKEN_ON & ~BY_HEAD

_of_findings("findings.all", _("反馈问题"), _("台账里现有的全部问题，期间以后录入的也在内"), everything)
_of_findings(
    "findings.closed",
    _("销号率"),
    _("全部问题中，到期间末已经销号的占多少"),
    like("closed"),
    base=everything,
)
for key, title, counted, rows in (
    (
        "struck_off",
        _("已销号的问题"),
        _("到期间末已经销号的问题个数，转入长期坚持的也在内"),
        like("closed"),
    ),
    (
        "closed_in_period",
        _("期间内销号的问题"),
        _("销号日期在期间内、到期间末没有重新整改的问题个数"),
        struck_off_in_period,
    ),
    (
        "standing",
        _("长期坚持的问题"),
        _("到期间末已经销号、措施需要长期坚持的问题个数"),
        like("standing"),
    ),
    (
        "phased",
        _("阶段性完成的问题"),
        _("到期间末还没有销号、已经阶段性完成的问题个数"),
        like("phased"),
    ),
    ("open", _("正在整改的问题"), _("到期间末还没有销号、也没有阶段性完成的问题个数"), like("open")),
    (
        "overdue",
        _("逾期的问题"),
        _("到期间末还有措施没有完成、期限已过的问题个数，按当时的期限算"),
        like("overdue"),
    ),
    ("relapsed", _("反弹过的问题"), _("到期间末销号以后又重新整改过的问题个数"), like("relapsed")),
    (
        "alarm",
        _("反弹警报"),
        _("到期间末已经销号、凭据不成立的问题个数；后来不再作为凭据的检查规则不算"),
        alarmed,
    ),
    (
        "taken_on",
        _("领导领办的问题"),
        _("到期间末有领导领办的问题个数，领办领导以现在登记的为准"),
        filled("taken_on_by", TAKEN_ON),
    ),
    (
        "taken_on_by_head",
        _("主要负责人领办的问题"),
        _("到期间末由主要负责人领办的问题个数，领办领导以现在登记的为准"),
        filled("taken_on_by", BY_HEAD),
    ),
    (
        "taken_on_by_others",
        _("班子其他成员领办的问题"),
        _("到期间末由班子其他成员领办的问题个数，领办领导以现在登记的为准"),
        filled("taken_on_by", BY_OTHERS),
    ),
    ("analysed", _("剖析了原因的问题"), _("到期间末写了原因分析的问题个数"), filled("root_cause")),
    (
        "checked_elsewhere",
        _("举一反三排查的问题"),
        _("到期间末有委室做完同类问题排查的问题个数"),
        checked_elsewhere,
    ),
    ("looked_back", _("回头看的问题"), _("到期间末做过回头看检查的问题个数"), looked_back),
    (
        "ruled",
        _("建章立制的问题"),
        _("到期间末有对应制度的问题个数，没有写印发日期的制度也算"),
        ruled,
    ),
):
    _of_findings(f"findings.{key}", title, counted, rows)

for key, title, counted, rows in (
    ("all", _("整改措施"), _("台账里现有的全部措施，期间以后录入的也在内"), everything),
    ("done", _("已完成的措施"), _("到期间末已经销号或转入长期坚持的措施条数"), in_states(*DONE_STATES)),
    (
        "standing",
        _("长期坚持的措施"),
        _("到期间末转入长期坚持的措施条数"),
        in_states(State.STANDING),
    ),
    ("reported", _("报告了进展的措施"), _("期间内报告过进展的措施条数"), reported),
    ("urged", _("督办的措施"), _("期间内发过督办单的措施条数"), in_period("orders__issued_on")),
    ("extended", _("批准延期的措施"), _("到期间末经批准延过期的措施条数"), extended),
    ("overdue", _("逾期的措施"), _("到期间末期限已过、还没有完成的措施条数，按当时的期限算"), overdue),
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
        _("日期在期间内、主持人是现在的主要负责人、不是学习的整改会议次数"),
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
            in_period("held_on", kinds),
            within=OWN,
            word=_("次"),
        )
    )

for key, title, counted, model, word in (
    ("members", _("领导小组成员"), _("整改工作领导小组的现有成员"), LeadingGroupMember, _("人")),
    ("departments", _("委室"), _("本单位现有的委室个数"), Department, _("个")),
):
    declare(Indicator(f"organisation.{key}", title, counted, model, "organisation", everything, word=word))

REPEALED = Q(change=Rule.Change.REPEALED)
for key, title, counted, condition in (
    ("made", _("制定、修订的制度"), _("印发日期在期间内、不是废止的制度件数"), ~REPEALED),
    ("repealed", _("废止的制度"), _("废止日期在期间内的制度件数"), REPEALED),
):
    declare(
        Indicator(
            f"rules.{key}",
            title,
            counted,
            Rule,
            "rules",
            in_period("issued_on", condition),
            within=OF_FINDINGS,
            word=_("项"),
        )
    )

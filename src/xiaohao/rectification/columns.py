"""The columns of the ledger and of the three lists, each once: its title, its width, what stands in it.

Titles are those the reader of ledgers knows (``reading.tables.columns``), so that what is exported can be
imported.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Facts = Mapping[str, Any]
"""What is known of a finding or of a measure, as plain values; ``exporting`` gives them."""
Value = Callable[[Facts, Facts | None], Any]

PEOPLE, LEADERS, DEPARTMENTS = "people", "leaders", "departments"
AREAS, KINDS, STATES = "areas", "kinds", "states"


@dataclass(frozen=True)
class LedgerColumn:
    """A column: ``width`` in half-width characters; what belongs to the finding ``spans`` its measures.

    ``offers`` names the list a cell is chosen from. ``hint`` and ``doubt`` are told when it is filled in.
    """

    title: str | Promise
    width: float
    value: Value
    group: str | Promise = ""
    spans: bool = False
    centred: bool = False
    keeps_width: bool = False
    exact: bool = False
    dates: bool = False
    offers: str = ""
    hint: str | Promise = ""
    doubt: str | Promise = ""


def of_finding(name: str) -> Value:
    return lambda finding, _measure: finding[name]


def of_measure(name: str) -> Value:
    return lambda _finding, measure: measure[name] if measure else ""


def own_or_of_finding(name: str) -> Value:
    """A measure without one of its own has that of its finding."""
    return lambda finding, measure: (measure and measure[name]) or finding[name]


def code(finding: Facts, measure: Facts | None) -> str:
    return str(measure["code"] if measure else finding["code"])


def deadline(_finding: Facts, measure: Facts | None) -> Any:
    """The day, or the word for what has none."""
    return measure["deadline"] or measure["kind_if_no_day"] if measure else ""


def deadline_in_words(_finding: Facts, measure: Facts | None) -> str:
    day = deadline(_finding, measure)
    first = measure and measure["original_deadline"]
    return f"{day}（{_('原定')}{first}）" if first else str(day)


def remark(_finding: Facts, measure: Facts | None) -> str:
    first = measure and measure["original_deadline"]
    return str(_("经批准延期，原定%(day)s") % {"day": first}) if first else ""


CHOSEN = _("这里一般从列表里选。要保留现在写的内容吗？")
NOBODY = _("名册里没有这个人，导入时可以新建。要保留现在写的名字吗？")
NO_DEPARTMENT = _("名册里没有这个单位，导入时可以新建。要保留现在写的名称吗？")
DUTIES, RESULTS = _("责任分工"), _("落实情况")
COLUMNS = {
    "number": LedgerColumn(
        _("序号"),
        5.5,
        of_finding("number"),
        spans=True,
        centred=True,
        hint=_("一个问题一个序号。同一问题的几条措施，序号和问题只写在第一行，下面各行留空。"),
    ),
    "area": LedgerColumn(
        _("方面"),
        17,
        of_finding("area"),
        spans=True,
        centred=True,
        offers=AREAS,
        hint=_("从列表里选，也可以写新的方面。"),
        doubt=_("还没有这个方面，导入时会新建。要保留现在写的内容吗？"),
    ),
    "finding": LedgerColumn(_("反馈问题"), 22, of_finding("title"), spans=True),
    "detail": LedgerColumn(_("具体表现"), 28, of_finding("detail"), spans=True),
    "goal": LedgerColumn(_("整改目标"), 17, own_or_of_finding("goal"), spans=True, keeps_width=True),
    "code": LedgerColumn(
        _("措施编号"),
        9,
        of_measure("code"),
        centred=True,
        exact=True,
        hint=_("由系统编号，请不要改动。新增的措施，这一格留空。"),
    ),
    "measure": LedgerColumn(
        _("整改措施"), 32, of_measure("text"), hint=_("一行写一条措施。要加一条，就插入一行。")
    ),
    "accountable_leader": LedgerColumn(
        _("责任领导"),
        10,
        own_or_of_finding("accountable_leader"),
        DUTIES,
        spans=True,
        centred=True,
        offers=LEADERS,
        hint=_("从名册里选。"),
        doubt=NOBODY,
    ),
    "lead_department": LedgerColumn(
        _("牵头单位"),
        13,
        own_or_of_finding("lead_department"),
        DUTIES,
        spans=True,
        centred=True,
        offers=DEPARTMENTS,
        hint=_("从名册里选。"),
        doubt=NO_DEPARTMENT,
    ),
    "owner": LedgerColumn(
        _("责任人"),
        10,
        of_measure("owner"),
        DUTIES,
        centred=True,
        offers=PEOPLE,
        hint=_("从名册里选，一条措施只有一位责任人。"),
        doubt=NOBODY,
    ),
    "supporting_departments": LedgerColumn(
        _("配合单位"),
        13,
        of_measure("supporting_departments"),
        DUTIES,
        centred=True,
        hint=_("几个单位之间用顿号隔开。"),
    ),
    "taken_on_by": LedgerColumn(_("领办领导"), 10, of_finding("taken_on_by"), spans=True, centred=True),
    "kind": LedgerColumn(
        _("整改类型"),
        10,
        of_measure("kind"),
        centred=True,
        offers=KINDS,
        hint=_("从列表里选。"),
        doubt=CHOSEN,
    ),
    "deadline": LedgerColumn(
        _("整改时限"),
        12.5,
        deadline,
        centred=True,
        dates=True,
        hint=_("写日期，例如 2026-06-30；也可以写“立行立改”或“长期坚持”。"),
        doubt=_("这里一般写日期，例如 2026-06-30；也可以写“立行立改”“长期坚持”。要保留现在写的内容吗？"),
    ),
    "progress": LedgerColumn(_("进展情况"), 28, of_measure("progress"), RESULTS),
    "status": LedgerColumn(
        _("完成情况"),
        13.5,
        of_measure("state"),
        RESULTS,
        centred=True,
        offers=STATES,
        hint=_("从列表里选。销号要凭佐证材料在系统里办理。"),
        doubt=CHOSEN,
    ),
    "evidence": LedgerColumn(_("佐证材料"), 16, of_measure("evidence"), RESULTS),
    "remark": LedgerColumn(_("备注"), 12, remark, keeps_width=True, hint=_("备注供查阅，不导入系统。")),
    # On pages only: there is no room for a day and another beneath it, nor a link on a number.
    "page_code": LedgerColumn(_("编号"), 0, code),
    "page_deadline": LedgerColumn(_("整改时限"), 0, deadline_in_words),
    "page_state": LedgerColumn(_("状态"), 0, of_measure("state")),
}
LEDGER = tuple(name for name, column in COLUMNS.items() if column.width and name != "taken_on_by")

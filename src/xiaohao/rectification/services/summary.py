"""The summary (周小结、半月小结、月小结): sentences whose figures open the records behind them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from xiaohao.core.days import end_of_week
from xiaohao.core.models import Account
from xiaohao.ledger.models import Decision, Instruction
from xiaohao.rectification.models import (
    OPEN_STATES,
    Extension,
    Finding,
    LookBackCheck,
    Measure,
    Meeting,
    ProgressEntry,
    Rule,
)
from xiaohao.rectification.services import plans
from xiaohao.rectification.services.statistics import count_findings, count_measures, finding_aggregates

WEEK, HALF_MONTH, MIDDLE = 7, 16, 16


@dataclass(frozen=True)
class Figure:
    """A number in a sentence; ``address`` opens what it counts, empty where there is no such list."""

    before: str
    number: str
    after: str
    address: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A heading with its figures in a row."""

    title: str
    figures: Sequence[Figure]


def findings_address(**query: str | int) -> str:
    """Return the address of the list of findings with filters."""
    return f"{reverse('findings')}?{urlencode(query)}"


@dataclass(frozen=True)
class Period:
    """The week, half month or month a summary is about, its name, and its days."""

    days: int
    name: str
    first: dt.date
    last: dt.date


def period_of(today: dt.date, days: int) -> Period:
    """Return the week (to 7 days), half month (to 16) or month around a day."""
    if days <= WEEK:
        sunday = end_of_week(today)
        return Period(7, _("周小结"), sunday - dt.timedelta(days=6), sunday)
    first = today.replace(day=1)
    last = plans.add_months(first, 1) - dt.timedelta(days=1)
    if days > HALF_MONTH:
        return Period(30, _("月小结"), first, last)
    if today.day < MIDDLE:
        return Period(15, _("半月小结"), first, first.replace(day=MIDDLE - 1))
    return Period(15, _("半月小结"), first.replace(day=MIDDLE), last)


def summary(account: Account, today: dt.date, period: Period) -> list[Paragraph]:
    """Return the summary of the period up to today, in a fixed number of queries."""
    findings = Finding.objects.visible_to(account)
    measures = Measure.objects.visible_to(account)
    counts, of_measures = count_findings(findings, today), count_measures(measures, today)
    overall = Paragraph(
        _("总体情况"),
        [
            Figure(_("共有问题"), str(counts.total), _("个"), findings_address()),
            Figure(_("已销号"), str(counts.closed), _("个"), findings_address(counted="closed")),
            Figure(_("其中长期坚持"), str(counts.standing), _("个"), findings_address(counted="standing")),
            Figure(_("阶段性完成"), str(counts.phased), _("个"), findings_address(counted="phased")),
            Figure(_("正在整改"), str(counts.open), _("个"), findings_address(counted="open")),
            Figure(_("销号率"), counts.rate, "", findings_address(counted="closed")),
            Figure(_("措施"), str(of_measures.total), _("条"), reverse("three_lists") + "?list=task"),
            Figure(_("已完成措施"), str(of_measures.done), _("条"), reverse("three_lists") + "?list=task"),
        ],
    )
    week = Q(created_at__date__gte=period.first, created_at__date__lte=today)
    done = findings.filter(closed_on__gte=period.first, closed_on__lte=today).count()
    reports = ProgressEntry.objects.visible_to(account).filter(week)
    this_week = Paragraph(
        _("本期进展"),
        [
            Figure(_("销号"), str(done), _("个"), findings_address(counted="closed")),
            Figure(_("报告进展"), str(reports.count()), _("次")),
            Figure(
                _("新登记制度"),
                str(Rule.objects.visible_to(account).filter(week).count()),
                _("项"),
                reverse("rules"),
            ),
            Figure(
                _("召开整改会议"),
                str(
                    Meeting.objects.visible_to(account)
                    .filter(held_on__gte=period.first, held_on__lte=today)
                    .count()
                ),
                _("次"),
                reverse("rectification-meetings"),
            ),
            Figure(
                _("延期"),
                str(Extension.objects.visible_to(account).filter(week).count()),
                _("项"),
                findings_address(counted="extended"),
            ),
        ],
    )
    return [
        overall,
        this_week,
        _attention(account, today, counts.overdue),
        _rules(account),
        *_departments(account, today),
    ]


def _rules(account: Account) -> Paragraph:
    """Return how many rules were made, revised and repealed, and how many findings they answer."""
    rules = Rule.objects.visible_to(account).order_by()
    by_change = dict(rules.values_list("change").annotate(Count("pk")))
    answered = Finding.objects.visible_to(account).filter(rules__isnull=False).distinct().count()
    figures = [
        Figure(str(change.label), str(by_change.get(change.value, 0)), _("项"), reverse("rules"))
        for change in Rule.Change
    ]
    return Paragraph(
        _("建章立制"),
        [*figures, Figure(_("针对问题"), str(answered), _("个"), findings_address(counted="ruled"))],
    )


def _attention(account: Account, today: dt.date, overdue: int) -> Paragraph:
    """Return what has to be looked after."""
    sunday = end_of_week(today)
    measures = Measure.objects.visible_to(account)
    due = measures.filter(state__in=OPEN_STATES, deadline__gte=today, deadline__lte=sunday).count()
    waiting = Decision.objects.visible_to(account).filter(state=Decision.State.OPEN).count()
    unanswered = Instruction.objects.visible_to(account).filter(state=Instruction.State.OPEN).count()
    relapsed = LookBackCheck.objects.visible_to(account).filter(state=LookBackCheck.State.RELAPSED).count()
    return Paragraph(
        _("需要关注"),
        [
            Figure(_("逾期问题"), str(overdue), _("个"), findings_address(counted="overdue")),
            Figure(_("本周到期措施"), str(due), _("条"), findings_address(counted="due_week")),
            Figure(_("待签批"), str(waiting), _("件"), reverse("decisions")),
            Figure(_("未回复批示督办"), str(unanswered), _("件")),
            Figure(_("反弹"), str(relapsed), _("次"), findings_address(counted="relapsed")),
        ],
    )


def _departments(account: Account, today: dt.date) -> list[Paragraph]:
    """Return one paragraph with each lead department's share."""
    aggregates = finding_aggregates(today)
    grouped: Any = (
        Finding.objects.visible_to(account)
        .exclude(lead_department=None)
        .order_by()
        .values("lead_department", "lead_department__name")
    )
    rows = grouped.annotate(**{name: aggregates[name] for name in ("total", "closed", "overdue")}).order_by(
        "-total", "lead_department"
    )
    figures = [
        Figure(
            row["lead_department__name"],
            f"{row['closed']}/{row['total']}",
            _("（逾期 %(overdue)s）") % {"overdue": row["overdue"]} if row["overdue"] else "",
            findings_address(department=row["lead_department"]),
        )
        for row in rows[:50]
    ]
    return [Paragraph(_("各牵头单位（已销号/全部）"), figures)] if figures else []


def as_text(paragraphs: Sequence[Paragraph], today: dt.date, period: Period) -> str:
    """Return the summary as plain text to be pasted into a document."""
    span = {"name": period.name, "first": period.first, "last": min(today, period.last)}
    lines = [_("整改工作%(name)s（%(first)s至%(last)s）") % span]
    for paragraph in paragraphs:
        said = "，".join(f"{one.before}{one.number}{one.after}" for one in paragraph.figures)
        lines.append(f"{paragraph.title}：{said}。")
    return "\n".join(lines)

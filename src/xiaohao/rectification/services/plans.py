"""The plan (整改方案): drafted from the lists, approved by the head, reported upwards, then fixed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from xiaohao.core.dated_settings import value
from xiaohao.core.models import Account
from xiaohao.core.services import records
from xiaohao.ledger.workflow import Step, Workflow, declare, move
from xiaohao.rectification.models import Finding, Inspection, Measure, Plan

State = Plan.State
# What the approved plan fixes: from then on only a decision changes it.
FIXED = frozenset({"deadline", "owner", "lead_department"})


def is_planned(inspection: Inspection) -> bool:
    """Tell whether a plan for the inspection was approved."""
    return inspection.plans.filter(state__in=[State.APPROVED, State.REPORTED]).exists()


def fixed_fields(inspection: Inspection) -> frozenset[str]:
    """Return the fields of a measure that only a decision may change now."""
    return FIXED if is_planned(inspection) else frozenset()


def due_on(inspection: Inspection) -> dt.date | None:
    """Return the day the plan has to be reported by; None without a day of feedback."""
    if inspection.feedback_on is None:
        return None
    months = int(value(inspection.organ, "rectification.plan_months", inspection.feedback_on))
    return add_months(inspection.feedback_on, months)


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, the last of the month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))


def snapshot(inspection: Inspection) -> list[dict[str, Any]]:
    """Return the three lists as they stand: findings with their measures, people and days as words."""
    measures: dict[int, list[dict[str, Any]]] = {}
    rows = Measure.objects.filter(organ=inspection.organ_id, finding__inspection=inspection)
    for row in rows.select_related("owner", "lead_department", "accountable_leader").order_by("number"):
        measures.setdefault(row.finding_id, []).append(
            {
                "code": row.code,
                "text": row.text,
                "goal": row.goal,
                "kind": row.kind,
                "deadline": row.deadline.isoformat() if row.deadline else "",
                "accountable_leader": _name(row.accountable_leader),
                "lead_department": _name(row.lead_department),
                "owner": _name(row.owner),
            }
        )
    findings = Finding.objects.filter(organ=inspection.organ_id, inspection=inspection)
    return [
        {
            "code": finding.code,
            "area": finding.area.title,
            "title": finding.title,
            "goal": finding.goal,
            "accountable_leader": _name(finding.accountable_leader),
            "lead_department": _name(finding.lead_department),
            "measures": measures.get(finding.pk, []),
        }
        for finding in findings.select_related("area", "accountable_leader", "lead_department").order_by(
            "number"
        )
    ]


def _name(row: Any) -> str:
    return str(row) if row else ""


def changes_since(before: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
    """Return what differs between two snapshots: code, field, old, new."""
    old, new = _flat(before), _flat(now)
    found = [(code, "", _("（没有）"), new[code]["text"]) for code in new.keys() - old.keys()]
    found += [(code, "", old[code]["text"], _("（没有）")) for code in old.keys() - new.keys()]
    found += [
        (code, field, old[code].get(field, ""), new[code].get(field, ""))
        for code in old.keys() & new.keys()
        for field in new[code]
        if old[code].get(field, "") != new[code].get(field, "")
    ]
    return sorted(found, key=lambda change: ([int(part) for part in change[0].split("-")], change[1]))


def _flat(content: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for finding in content:
        facts = {name: finding.get(name, "") for name in ("goal", "accountable_leader", "lead_department")}
        rows[finding["code"]] = {"text": finding["title"], **facts}
        for measure in finding["measures"]:
            rows[measure["code"]] = {name: text for name, text in measure.items() if name != "code"}
    return rows


def unfinished(inspection: Inspection) -> list[str]:
    """Return what the lists still lack before the plan can go to the head."""
    reasons: list[str] = []
    findings = list(Finding.objects.filter(organ=inspection.organ_id, inspection=inspection))
    measures = list(
        Measure.objects.filter(organ=inspection.organ_id, finding__inspection=inspection).order_by("pk")
    )
    if not findings:
        return [_("这次巡察还没有问题。")]
    answered = {measure.finding_id for measure in measures}
    _say(reasons, _("没有整改措施的问题"), [f.code for f in findings if f.pk not in answered])
    _say(reasons, _("没有责任领导的问题"), [f.code for f in findings if not f.accountable_leader_id])
    nobody = [m.code for m in measures if not m.owner_id and not m.lead_department_id]
    _say(reasons, _("没有牵头单位也没有责任人的措施"), nobody)
    without = [m.code for m in measures if not m.deadline and m.kind == "by_date"]
    _say(reasons, _("没有时限的限期整改措施"), without)
    return reasons


def _say(reasons: list[str], what: str, codes: list[str]) -> None:
    if codes:
        some = "、".join(codes[:10]) + ("…" if len(codes) > 10 else "")
        reasons.append(_("%(what)s：%(codes)s") % {"what": what, "codes": some})


def by_decision(_plan: Plan, account: Account | None) -> str:
    return "" if account else _("由签批决定。")


WORKFLOW = declare(
    Workflow(
        key="plan",
        label=lazy("整改方案"),
        states=State,
        first=State.DRAFT,
        steps=(
            Step("submit", lazy("提交审批"), (State.DRAFT,), State.SUBMITTED, lazy("整改办")),
            Step(
                "send_back",
                lazy("退回修改"),
                (State.SUBMITTED,),
                State.DRAFT,
                lazy("主要负责人"),
                by_decision,
            ),
            Step(
                "approve",
                lazy("批准"),
                (State.SUBMITTED,),
                State.APPROVED,
                lazy("主要负责人"),
                by_decision,
            ),
            Step("report", lazy("报送上级"), (State.APPROVED,), State.REPORTED, lazy("整改办")),
        ),
        final=frozenset({State.REPORTED}),
    )
)


def draft(*, inspection: Inspection, values: Mapping[str, Any], by: Account) -> Plan:
    """Begin the next version of the plan."""
    number = inspection.plans.count() + 1
    plan = Plan(organ=inspection.organ, inspection=inspection, number=number)
    return records.create(plan, by=by, action="plan.created", values=values)


def change(*, plan: Plan, values: Mapping[str, Any], by: Account, expected_version: int) -> Plan:
    """Change the text of a draft. Raises ``ValidationError`` once it was submitted."""
    if plan.state != State.DRAFT:
        raise ValidationError(_("方案已经提交，不能修改。需要修改时请退回，或另起一版。"))
    return records.change(plan, values, by=by, action="plan.changed", expected_version=expected_version)


def submit(plan: Plan, by: Account) -> Plan:
    """Put the lists as they stand into the plan. Called when its decision was asked for."""
    values = {"content": snapshot(plan.inspection)}
    return move(WORKFLOW, plan, "submit", by=by, action="plan.submitted", values=values)


def approve(plan: Plan, by: Account) -> Plan:
    """Fix the plan. Raises ``ValidationError`` where the lists changed since it was submitted."""
    if snapshot(plan.inspection) != plan.content:
        raise ValidationError(_("方案提交以后清单又有改动，请退回，由整改办重新提交。"))
    values = {"approved_on": timezone.localdate()}
    return move(WORKFLOW, plan, "approve", by=by, action="plan.approved", values=values)


def send_back(plan: Plan, by: Account) -> Plan:
    """Return it to the clerk."""
    return move(WORKFLOW, plan, "send_back", by=by, action="plan.sent_back")


@transaction.atomic
def report(*, plan: Plan, to: str, on: dt.date, by: Account) -> Plan:
    """Record that the plan went to the supervisor. Raises ``ValidationError`` for an impossible day."""
    if on > timezone.localdate() or (plan.approved_on and on < plan.approved_on):
        raise ValidationError(_("报送日期应当在批准之后，且不晚于今天。"))
    values = {"reported_on": on, "reported_to": to}
    return move(WORKFLOW, plan, "report", by=by, action="plan.reported", values=values)

"""An invented organ in the middle of its rectification."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from xiaohao.core.models import Organ
from xiaohao.core.services import records
from xiaohao.rectification.demo.ledger import LEDGER, DemoFinding
from xiaohao.rectification.demo.organ import PASSWORD, PEOPLE, DemoOrgan, create
from xiaohao.rectification.demo.story import tell
from xiaohao.rectification.models import Area, Finding, Inspection, Kind, Measure, State
from xiaohao.rectification.services import findings, measures, search

__all__ = ["accounts", "load", "password"]


def accounts() -> list[tuple[str, str, str]]:
    """Return username, name and post of every demo account."""
    people = [(username, name, post) for name, _d, post, _l, _r, username in PEOPLE if username]
    return [*people, ("supervisor", "程立言", "云岭市委巡察办 督查科科长")]


def password() -> str:
    return PASSWORD


@transaction.atomic
def load() -> Organ | None:
    """Load the demo once and return its organ; a second call changes nothing and returns None."""
    if Organ.objects.filter(code="qingxi").exists():
        return None
    demo = create()
    today = timezone.localdate()
    inspection = _inspection(demo, today)
    number = 0
    for area_number, (title, rows) in enumerate(LEDGER, start=1):
        area = records.create(
            Area(organ=demo.organ, inspection=inspection, number=area_number, title=title),
            by=demo.clerk,
            action="area.created",
        )
        for row in rows:
            number += 1
            _finding(demo, area, number, row, today)
    search.index(Finding.objects.filter(inspection=inspection))
    tell(demo, inspection, today)
    return demo.organ


def _inspection(demo: DemoOrgan, today: dt.date) -> Inspection:
    feedback = today - dt.timedelta(days=110)
    inspection = Inspection(
        organ=demo.organ,
        number=1,
        title=f"{feedback.year}年市委第三巡察组常规巡察",
        inspecting_body="市委第三巡察组",
        inspected_unit="青溪区政协机关",
        inspected_from=feedback - dt.timedelta(days=120),
        inspected_to=feedback - dt.timedelta(days=50),
        feedback_on=feedback,
        contact_phone="2230016",
        signed_by="政协云岭市青溪区委员会办公室",
        responsibility=[
            "提高政治站位，统一思想认识",
            "加强组织领导，压实整改责任",
            "完善制度机制，防止问题反弹",
        ],
        next_steps=[
            "持续加强理论武装。每次班子会议第一项议程安排学习，按季通报执行情况。",
            "持续压实整改责任。每周调度没有完成的措施，临近期限的提前提醒，逾期的说明原因。",
            "持续巩固整改成果。把整改中管用的做法写进制度，让台账和检查规则长期运行。",
        ],
    )
    return records.create(inspection, by=demo.clerk, action="inspection.created")


def _finding(demo: DemoOrgan, area: Area, number: int, row: DemoFinding, today: dt.date) -> None:
    finding = Finding(
        organ=demo.organ,
        inspection=area.inspection,
        area=area,
        number=number,
        code=f"1-{number}",
        title=row.title,
        detail=row.detail,
        accountable_leader=demo.people[row.leader],
        lead_department=demo.departments[row.department],
    )
    records.create(finding, by=demo.clerk, action="finding.created")
    started = area.inspection.feedback_on or today
    for position, planned in enumerate(row.measures, start=1):
        due = None if planned.due is None else today + dt.timedelta(days=planned.due)
        done = planned.state in {State.CLOSED, State.COMPLETED}
        measure = Measure(
            organ=demo.organ,
            finding=finding,
            number=position,
            code=f"{finding.code}-{position}",
            text=planned.text,
            kind=planned.kind,
            starts_on=started + dt.timedelta(days=7 * position),
            deadline=due,
            accountable_leader=demo.people[row.leader],
            lead_department=demo.departments[row.department],
            owner=demo.people[planned.owner],
            state=State.NOT_STARTED if planned.state in REPORTED else planned.state,
            progress="" if planned.state in REPORTED else planned.progress,
            done_on=due - dt.timedelta(days=2) if done and due and planned.kind != Kind.STANDING else None,
            evidence=f"整改档案第{finding.number}卷" if planned.state == State.CLOSED else "",
            percent=100 if done or planned.state == State.STANDING else 0,
            follow_up_days=90 if planned.kind == Kind.STANDING else None,
            last_reported_on=today - dt.timedelta(days=20) if planned.state == State.STANDING else None,
        )
        records.create(measure, by=demo.clerk, action="measure.created")
        if planned.state in REPORTED:
            said = measures.Report(planned.progress, planned.state)
            measures.report(measure=measure, said=said, by=demo.account_of(planned.owner), expected_version=1)
    findings.refresh(finding)


# What an owner reported since: leaves its own entry, so that "this week" has something to show.
REPORTED = (State.IN_PROGRESS, State.PHASED, State.COMPLETED)

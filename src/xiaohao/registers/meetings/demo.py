"""A year of meetings, every second week, with a recusal."""

from collections.abc import Sequence
from typing import Any

from xiaohao.core.models import Person
from xiaohao.ledger.register import add, take
from xiaohao.registers.demo_year import Scene
from xiaohao.registers.meetings.models import FollowUp, Item, Kin, Meeting, MeetingKind
from xiaohao.registers.meetings.register import FOLLOW_UPS, ITEMS, KIN_REGISTER, MEETING_KINDS, MEETINGS
from xiaohao.registers.meetings.services import ItemRecord, record_sheet

MEMBERS = ("沈砚秋", "罗明远", "方静怡", "贺长河", "顾怀安")
TOPICS = (
    ("decision", "审定年度协商工作计划", None),
    ("large_sum", "机关办公楼屋面维修经费安排", 380_000_00),
    ("appointment", "讨论专委会办公室主任人选", None),
    ("project", "委员活动中心改造项目立项", 620_000_00),
    ("decision", "修订机关财务管理办法", None),
    ("large_sum", "更换会议系统设备经费安排", 168_000_00),
    ("decision", "报废处置一批办公设备", None),
)


def tell(scene: Scene) -> None:
    """Hold a meeting every second week; the next one is being prepared."""
    members = [scene.people[name] for name in MEMBERS]
    kind = add(
        MEETING_KINDS,
        MeetingKind(organ=scene.organ),
        {"name": "党组会议", "members": members},
        scene.clerk,
    )
    for person, name, relation, work in (
        ("方静怡", "方子衡", "弟弟", "衡远装饰公司"),
        ("罗明远", "罗小川", "儿子", "云岭设计院"),
    ):
        values = {"person": scene.people[person], "name": name, "relation": relation, "work": work}
        add(KIN_REGISTER, Kin(organ=scene.organ), values, scene.clerk)
    for number in range(24):
        _meeting(scene, kind, members, number)
    _next_meeting(scene, kind, members)


def _new(scene: Scene, kind: Any, members: Sequence[Person], number: int, days: int) -> Any:
    values = {
        "number": f"党组〔{scene.ago(days).year}〕{number + 1:02d}",
        "kind": kind,
        "held_on": scene.ago(days),
        "place": "三楼会议室",
        "chair": members[0],
        "head": members[0],
        "members": members,
    }
    meeting: Any = add(MEETINGS, Meeting(organ=scene.organ), values, scene.clerk)
    return take(MEETINGS, meeting, "send", {"agenda_sent_on": scene.ago(max(days + 2, 0))}, scene.clerk)


def _item(scene: Scene, meeting: Any, position: int, **values: Any) -> Any:
    given = {"meeting": meeting, "position": position, "number": f"{meeting.number}-{position}", **values}
    return add(ITEMS, Item(organ=scene.organ), given, scene.clerk)


def _meeting(scene: Scene, kind: Any, members: Sequence[Person], number: int) -> None:
    meeting = _new(scene, kind, members, number, 350 - 14 * number)
    first = _item(scene, meeting, 1, kind="first_topic", title="传达学习重要讲话精神", reporter="顾怀安")
    topic_kind, title, amount = TOPICS[number % len(TOPICS)]
    concerned = "衡远装饰公司" if number == 10 else ""
    topic = _item(
        scene,
        meeting,
        2,
        kind=topic_kind,
        title=title,
        sum=amount,
        reporter="曹云帆",
        concerned_others=concerned,
    )
    absent = [members[3]] if number % 6 == 5 else []
    present = [person for person in members if person not in absent]
    recused = [scene.people["方静怡"]] if concerned else []
    voters = [person for person in present if person not in recused]
    speakers = [person.name for person in reversed(voters)]
    held = record_sheet(
        meeting=meeting,
        present=present,
        absences="贺长河（出差）" if absent else "",
        items=[
            ItemRecord(first, {"outcome": "heard", "resolution": "结合实际抓好落实。"}),
            ItemRecord(
                topic,
                {
                    "speaking_order": "、".join(speakers),
                    "votes_for": len(voters),
                    "votes_against": 0,
                    "votes_abstain": 0,
                    "outcome": "passed",
                    "resolution": f"同意{title}，由牵头单位组织实施。",
                },
                recused,
            ),
        ],
        by=scene.clerk,
        expected_version=meeting.version,
    )
    minutes = {
        "minutes": f"会议听取并通过：{title}。（演示文本）",
        "minutes_on": min(meeting.held_on, scene.ago(0)),
    }
    take(MEETINGS, held, "minute", minutes, scene.clerk)
    if number % 4 == 1:
        done = scene.ago(max(0, 320 - 14 * number)) if number < 20 else None
        due = scene.ago(310 - 14 * number) if done else scene.ago(-20)
        values = {"item": topic, "what": f"落实：{title}", "owner": scene.people["曹云帆"], "due_on": due}
        add(FOLLOW_UPS, FollowUp(organ=scene.organ), {**values, "done_on": done}, scene.clerk)


def _next_meeting(scene: Scene, kind: Any, members: Sequence[Person]) -> None:
    """Leave a meeting to come, with somebody to be reminded that he has to leave."""
    meeting = _new(scene, kind, members, 24, -5)
    _item(scene, meeting, 1, kind="first_topic", title="传达学习全会精神", reporter="顾怀安")
    _item(
        scene,
        meeting,
        2,
        kind="project",
        title="委员活动中心改造设计单位选定",
        sum=85_000_00,
        reporter="曹云帆",
        concerned_others="云岭设计院",
    )

"""The registers around meetings."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiaohao.core.audit_words import name_actions
from xiaohao.core.models import Account, Role
from xiaohao.ledger.register import Due, Part, Register, actions_of, declare
from xiaohao.ledger.workflow import Step, Workflow
from xiaohao.ledger.workflow import declare as declare_workflow
from xiaohao.registers.meetings.models import FollowUp, Item, Kin, Meeting, MeetingKind
from xiaohao.registers.meetings.quorum import standing
from xiaohao.registers.meetings.recusal import recusals
from xiaohao.registers.meetings.services import change_item, create_item

KEEPERS = (Role.CLERK, Role.DEPARTMENT_HEAD)
TITLE, KINDS, KIN = _("决策会议"), _("会议种类"), _("回避关系")
VIEW, CHANGE = actions_of("meetings", TITLE, *KEEPERS)
VIEW_KINDS, CHANGE_KINDS = actions_of("meeting-kinds", KINDS, Role.CLERK, Role.HEAD)
SEES_KIN = (Role.CLERK, Role.DISCIPLINE_REVIEWER, Role.HEAD)
VIEW_KIN, CHANGE_KIN = actions_of("kin", KIN, Role.CLERK, Role.DISCIPLINE_REVIEWER, readers=SEES_KIN)
State = Meeting.State
OFFICE = _("办公室")

WORKFLOW = declare_workflow(
    Workflow(
        key="decision_meeting",
        label=_("决策会议"),
        states=State,
        first=State.PLANNED,
        steps=(
            Step(
                "send",
                _("登记送达材料"),
                (State.PLANNED,),
                State.SENT,
                OFFICE,
                fields=("agenda_sent_on",),
                needs=("agenda_sent_on",),
            ),
            Step("hold", _("登记已召开"), (State.PLANNED, State.SENT), State.HELD, OFFICE),
            Step(
                "minute",
                _("印发纪要"),
                (State.HELD,),
                State.MINUTED,
                OFFICE,
                fields=("minutes", "minutes_on"),
                needs=("minutes", "minutes_on"),
            ),
        ),
        final=frozenset({State.MINUTED}),
    )
)


def _beside(_account: Account, meeting: Meeting) -> Mapping[str, Any]:
    """Give the page of a meeting its quorum, with the base, and who must leave for which item."""
    items = list(meeting.items.prefetch_related("concerned", "concerned_kin__person", "recused"))
    found = recusals(items, meeting.members.all())
    return {
        "standing": standing(meeting),
        "recusals": [(item, found[item.pk]) for item in items if found[item.pk]],
        "sheet_address": reverse("meetings_sheet", args=[meeting.pk]),
    }


MEETINGS = declare(
    Register(
        key="meetings",
        model=Meeting,
        title=TITLE,
        add_label=_("筹备会议"),
        empty=_("还没有会议。先在“会议种类”里写明到会和表决的规定，再筹备会议。"),
        purpose=_("三重一大事项集体决定：应到实到、回避、发言顺序、表决和纪要，一张单记全。"),
        basis=_("党组工作条例；党政领导干部选拔任用工作条例；公务员法第七十四条"),
        columns=("number", "kind", "held_on", "chair", "state", "minutes_on"),
        fields=("number", "kind", "held_on", "place", "chair", "head", "members"),
        facts=(
            "kind",
            "held_on",
            "place",
            "chair",
            "head",
            "members",
            "present",
            "absences",
            "agenda_sent_on",
            "minutes_on",
            "minutes",
        ),
        filters=("kind", "state", "held_on"),
        search=("number", "minutes"),
        identity=("number",),
        example={
            "number": "党组〔2026〕1",
            "kind": "党组会议",
            "held_on": "2026-03-05",
            "place": "三楼会议室",
            "chair": "沈砚秋",
            "head": "沈砚秋",
            "members": "沈砚秋、罗明远、方静怡",
        },
        view=VIEW,
        change=CHANGE,
        order="-held_on",
        related=("kind", "chair", "head"),
        prefetch=("members", "present"),
        workflow=WORKFLOW,
        parts=(Part("meeting-items", "meeting"),),
        item_template="registers/meeting.html",
        beside=_beside,
        list_links=((KINDS, "meeting-kinds"), (KIN, "kin"), (_("会后落实"), "follow-ups")),
        responsible=lambda meeting: [meeting.chair],
    )
)
ITEMS = declare(
    Register(
        key="meeting-items",
        model=Item,
        title=_("议题"),
        add_label=_("增加议题"),
        empty=_("还没有议题。"),
        on_shelf=False,
        columns=("number", "title", "kind", "sum", "outcome", "meeting"),
        fields=(
            "meeting",
            "number",
            "position",
            "kind",
            "title",
            "sum",
            "reporter",
            "concerned",
            "concerned_others",
            "form",
        ),
        facts=(
            "meeting",
            "position",
            "kind",
            "sum",
            "reporter",
            "concerned",
            "concerned_others",
            "recused",
            "form",
            "speaking_order",
            "votes_for",
            "votes_against",
            "votes_abstain",
            "outcome",
            "resolution",
        ),
        filters=("kind", "outcome", "form"),
        search=("number", "title", "resolution"),
        identity=("number",),
        example={
            "meeting": "党组〔2026〕1",
            "number": "党组〔2026〕1-",
            "position": "1",
            "kind": "大额资金使用",
            "title": "机关办公楼维修经费安排",
            "sum": "380000.00",
            "reporter": "曹云帆",
        },
        view=VIEW,
        change=CHANGE,
        related=("meeting", "meeting__kind"),
        prefetch=("concerned", "recused"),
        parts=(Part("follow-ups", "item"),),
        create=create_item,
        save=change_item,
        changed=lambda item: (item, item.meeting),
    )
)
FOLLOW_UPS = declare(
    Register(
        key="follow-ups",
        model=FollowUp,
        title=_("会后落实"),
        add_label=_("布置落实事项"),
        empty=_("没有布置落实事项。"),
        on_shelf=False,
        columns=("what", "item", "owner", "due_on", "done_on"),
        fields=("item", "what", "owner", "due_on", "done_on", "result"),
        filters=("owner", "due_on"),
        search=("what",),
        identity=("item", "what"),
        example={
            "item": "党组〔2026〕1-9",
            "what": "办理维修立项",
            "owner": "曹云帆",
            "due_on": "2026-04-30",
        },
        view=VIEW,
        change=CHANGE,
        related=("item", "owner"),
        dues=(Due("follow_up", _("落实会议议定事项"), Q(done_on=None), "owner", "due_on"),),
        responsible=lambda follow_up: [follow_up.owner],
    )
)
MEETING_KINDS = declare(
    Register(
        key="meeting-kinds",
        model=MeetingKind,
        title=KINDS,
        add_label=_("增加会议种类"),
        empty=_("还没有会议种类。写明名称、组成人员、到会比例和过半数的基数。"),
        on_shelf=False,
        columns=("name", "members", "majority_base"),
        fields=(
            "name",
            "members",
            "quorum_of",
            "quorum_by",
            "appointment_of",
            "appointment_by",
            "majority_base",
        ),
        identity=("name",),
        example={"name": "党组会议", "members": "沈砚秋、罗明远", "majority_base": "应到会人数"},
        view=VIEW_KINDS,
        change=CHANGE_KINDS,
        prefetch=("members",),
        order="id",
    )
)
KIN_REGISTER = declare(
    Register(
        key="kin",
        model=Kin,
        title=KIN,
        add_label=_("登记亲属"),
        empty=_("还没有登记。登记以后，议题涉及亲属时会在会前提醒回避。"),
        basis=_("公务员法第七十四条、第七十六条"),
        on_shelf=False,
        columns=("name", "person", "relation", "work"),
        fields=("person", "name", "relation", "work"),
        filters=("person",),
        search=("name", "work"),
        identity=("person", "name"),
        example={"person": "罗明远", "name": "罗小川", "relation": "儿子", "work": "川流建筑公司"},
        view=VIEW_KIN,
        change=CHANGE_KIN,
        related=("person",),
    )
)
name_actions(
    {
        "decision_meeting.recorded": _("填写会议记录单"),
        "meeting_item.recorded": _("记录议题的讨论和表决"),
    }
)

"""What must not happen in a meeting that decides."""

from typing import Any, TypeAlias

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.ledger.controls import Control, Parameters, Severity, declare
from xiaohao.registers.meetings.models import FollowUp, Item, Meeting, MeetingKind

GROUP = gettext_lazy("决策会议")
APPOINTMENTS = gettext_lazy("党政领导干部选拔任用工作条例第三十七条（2014）")
PARTY_GROUP = gettext_lazy("党组工作条例")
RECUSAL = gettext_lazy("公务员法第七十四条、第七十六条")
Meetings: TypeAlias = QuerySet[Meeting]
Items: TypeAlias = QuerySet[Item]
HELD = (Meeting.State.HELD, Meeting.State.MINUTED)
IMPORTANT = (Item.Kind.DECISION, Item.Kind.APPOINTMENT, Item.Kind.PROJECT, Item.Kind.LARGE_SUM)
MEMBERS = Meeting.members.through
PRESENT = Meeting.present.through
CONCERNED = Item.concerned.through
CONCERNED_KIN = Item.concerned_kin.through
RECUSED = Item.recused.through


def _count(table: Any, meeting: str) -> Any:
    """Return how many rows of a table of people belong to a meeting, as an expression."""
    rows = table.objects.filter(meeting=OuterRef(meeting)).order_by().values("meeting")
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)


def no_quorum(meetings: Meetings, _parameters: Parameters) -> Meetings:
    """Held with fewer than its kind asks for; with an appointment among the items the stricter share."""
    appointment = Exists(Item.objects.filter(meeting=OuterRef("pk"), kind=Item.Kind.APPOINTMENT))
    counted = meetings.filter(state__in=HELD).annotate(
        here=_count(PRESENT, "pk"), entitled=_count(MEMBERS, "pk"), appoints=appointment
    )
    usual = Q(here__lt=F("entitled") * F("kind__quorum_of") * 1.0 / F("kind__quorum_by"))
    strict = Q(here__lt=F("entitled") * F("kind__appointment_of") * 1.0 / F("kind__appointment_by"))
    return counted.filter(usual | (Q(appoints=True) & strict))


def no_minutes(meetings: Meetings, parameters: Parameters) -> Meetings:
    """Held longer ago than the days allowed, and no minutes."""
    before = parameters.days_ago(parameters.number("meetings.minutes_days"))
    return meetings.filter(state=Meeting.State.HELD, held_on__lt=before)


def agenda_late(meetings: Meetings, parameters: Parameters) -> Meetings:
    """The material did not come early enough; compared day by day, no arithmetic in the database."""
    days = parameters.number("meetings.agenda_days")
    sent = meetings.exclude(agenda_sent_on=None).values_list("pk", "held_on", "agenda_sent_on")
    late = [
        number
        for number, held, sent_on in sent.filter(held_on__gte=parameters.days_ago(400))
        if sent_on and (held - sent_on).days < days
    ]
    return meetings.filter(pk__in=late)


def _there_and_not_recused(person: str) -> Any:
    """Return the conditions that a person came to the meeting of an item and did not leave for it."""
    came = PRESENT.objects.filter(meeting=OuterRef("item__meeting"), person=OuterRef(person))
    left = RECUSED.objects.filter(item=OuterRef("item"), person=OuterRef(person))
    return Exists(came) & ~Exists(left)


def concerned_present(items: Items, _parameters: Parameters) -> Items:
    """Somebody it concerns, or whose kin it concerns, stayed in the room."""
    himself = CONCERNED.objects.filter(_there_and_not_recused("person"), item=OuterRef("pk"))
    through_kin = CONCERNED_KIN.objects.filter(_there_and_not_recused("kin__person"), item=OuterRef("pk"))
    return items.filter(Exists(himself) | Exists(through_kin), meeting__state__in=HELD)


def head_not_last(items: Items, _parameters: Parameters) -> Items:
    """The head was there, did not leave, and somebody else spoke last."""
    came = PRESENT.objects.filter(meeting=OuterRef("meeting"), person=OuterRef("meeting__head"))
    left = RECUSED.objects.filter(item=OuterRef("pk"), person=OuterRef("meeting__head"))
    spoken = items.filter(kind__in=IMPORTANT, meeting__state__in=HELD).exclude(last_speaker=None)
    return spoken.filter(Exists(came), ~Exists(left)).exclude(last_speaker=F("meeting__head"))


def circulated(items: Items, _parameters: Parameters) -> Items:
    """An important matter decided by passing papers round instead of meeting."""
    return items.filter(kind__in=IMPORTANT, form=Item.Form.CIRCULATION)


def without_majority(items: Items, _parameters: Parameters) -> Items:
    """Passed with no more than half of the base."""
    voted = items.filter(outcome=Item.Outcome.PASSED).exclude(votes_for=None)
    counted = voted.annotate(here=_count(PRESENT, "meeting"), entitled=_count(MEMBERS, "meeting"))
    entitled = Q(meeting__kind__majority_base=MeetingKind.Base.ENTITLED)
    few = Q(votes_for__lte=F("entitled") / 2.0)
    few_present = Q(votes_for__lte=F("here") / 2.0)
    return counted.filter((entitled & few) | (~entitled & few_present))


def follow_up_late(follow_ups: "QuerySet[FollowUp]", parameters: Parameters) -> "QuerySet[FollowUp]":
    """What the meeting asked for is not done by its day."""
    return follow_ups.filter(done_on=None, due_on__lt=parameters.today)


declare(
    Control(
        key="meetings.no_quorum",
        title=gettext_lazy("到会人数不够"),
        basis=PARTY_GROUP,
        severity=Severity.BREACH,
        model=Meeting,
        breaks=no_quorum,
        sentence=lambda meeting: _("%(meeting)s 到会人数不够，议定事项应当重新讨论") % {"meeting": meeting},
        group=GROUP,
        related=("kind",),
    )
)
declare(
    Control(
        key="meetings.no_minutes",
        title=gettext_lazy("会后没有印发纪要"),
        basis=PARTY_GROUP,
        severity=Severity.WARNING,
        model=Meeting,
        breaks=no_minutes,
        sentence=lambda meeting: _("%(meeting)s 还没有印发纪要，请办公室印发并登记") % {"meeting": meeting},
        group=GROUP,
        related=("kind",),
    )
)
declare(
    Control(
        key="meetings.agenda_late",
        title=gettext_lazy("会议材料送达太晚"),
        basis=gettext_lazy("本单位议事规则"),
        severity=Severity.HINT,
        model=Meeting,
        breaks=agenda_late,
        sentence=lambda meeting: (
            _("%(meeting)s 的材料 %(day)s 才送达，请提前送")
            % {"meeting": meeting, "day": meeting.agenda_sent_on}
        ),
        group=GROUP,
        related=("kind",),
    )
)
declare(
    Control(
        key="meetings.concerned_present",
        title=gettext_lazy("应当回避的人没有回避"),
        basis=RECUSAL,
        severity=Severity.BREACH,
        model=Item,
        breaks=concerned_present,
        sentence=lambda item: (
            _("%(item)s 涉及参会人员或其亲属，没有回避记录，请核实，属实的重新讨论") % {"item": item}
        ),
        group=GROUP,
        related=("meeting__kind",),
    )
)
declare(
    Control(
        key="meetings.head_not_last",
        title=gettext_lazy("主要负责人没有最后表态"),
        basis=gettext_lazy("党政领导干部选拔任用工作条例（2019）"),
        severity=Severity.WARNING,
        model=Item,
        breaks=head_not_last,
        sentence=lambda item: (
            _("%(item)s 最后发言的是%(last)s，主要负责人应当最后表态")
            % {"item": item, "last": item.last_speaker}
        ),
        group=GROUP,
        related=("meeting__kind", "last_speaker"),
    )
)
declare(
    Control(
        key="meetings.circulated",
        title=gettext_lazy("以传阅会签代替集体讨论"),
        basis=gettext_lazy("“三重一大”决策规定：不得以传阅会签代替集体决定"),
        severity=Severity.BREACH,
        model=Item,
        breaks=circulated,
        sentence=lambda item: _("%(item)s 是传阅会签的，请提交会议讨论") % {"item": item},
        group=GROUP,
        related=("meeting__kind",),
    )
)
declare(
    Control(
        key="meetings.without_majority",
        title=gettext_lazy("没有过半数却记为通过"),
        basis=APPOINTMENTS,
        severity=Severity.BREACH,
        model=Item,
        breaks=without_majority,
        sentence=lambda item: (
            _("%(item)s 同意票 %(votes)s 票，没有超过半数，请核对表决结果")
            % {"item": item, "votes": item.votes_for}
        ),
        group=GROUP,
        related=("meeting__kind",),
    )
)
declare(
    Control(
        key="meetings.follow_up_late",
        title=gettext_lazy("会议议定事项没有按期落实"),
        basis=gettext_lazy("本单位议事规则"),
        severity=Severity.WARNING,
        model=FollowUp,
        breaks=follow_up_late,
        sentence=lambda follow_up: (
            _("“%(what)s”应在 %(due)s 以前落实，请%(who)s报告")
            % {"what": follow_up.what, "due": follow_up.due_on, "who": follow_up.owner}
        ),
        group=GROUP,
        related=("owner__department",),
        department=lambda follow_up: follow_up.owner.department,
    )
)

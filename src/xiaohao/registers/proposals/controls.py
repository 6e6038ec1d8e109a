"""What must not happen to a proposal."""

from collections.abc import Callable

from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.ledger.controls import Control, Parameters, Severity, declare
from xiaohao.lib.periods import months_after
from xiaohao.registers.proposals.decisions import OPEN
from xiaohao.registers.proposals.models import JointOpinion, Proposal

GROUP = gettext_lazy("提案")
LIMITS = gettext_lazy("省级政协提案办理办法第八条")
Proposals = QuerySet[Proposal]
State, Satisfaction = Proposal.State, Proposal.Satisfaction


def overdue(proposals: Proposals, parameters: Parameters) -> Proposals:
    """Being answered, and the day has passed."""
    return proposals.filter(state__in=OPEN, due_on__lt=parameters.today)


def answered_late(proposals: Proposals, _parameters: Parameters) -> Proposals:
    """Answered after the day it was due; late once is late for ever."""
    return proposals.filter(answered_on__gt=F("due_on"))


def beyond_the_longest(proposals: Proposals, parameters: Parameters) -> Proposals:
    """Handed over longer ago than the longest limit allows, and still without an answer."""
    longest = parameters.number("proposals.longest_months")
    return proposals.filter(state__in=OPEN, handed_over_on__lt=months_after(parameters.today, -longest))


def extended_late(proposals: Proposals, _parameters: Parameters) -> Proposals:
    """The extension was approved when the limit had passed already."""
    return proposals.filter(extended_on__gt=F("original_due_on"))


def without_meeting(proposals: Proposals, _parameters: Parameters) -> Proposals:
    """Answered without having met those who proposed."""
    answered = proposals.filter(state__in=(State.ANSWERED, State.CONCLUDED))
    return answered.filter(met_on=None)


def not_rehandled(proposals: Proposals, _parameters: Parameters) -> Proposals:
    """The proposer is not satisfied and nobody handles it again."""
    return proposals.filter(state=State.ANSWERED, satisfaction=Satisfaction.DISSATISFIED)


def key_without_supervision(proposals: Proposals, parameters: Parameters) -> Proposals:
    """A key proposal its leader has not looked after for long."""
    before = parameters.days_ago(parameters.number("proposals.supervise_days"))
    neglected = Q(supervised_on__lt=before) | Q(supervised_on=None, handed_over_on__lt=before)
    return proposals.filter(neglected, is_key=True, state__in=OPEN)


def not_with_supervision_office(proposals: Proposals, parameters: Parameters) -> Proposals:
    """Handed over a week ago or longer without the government's supervision office knowing."""
    before = parameters.days_ago(7)
    return proposals.filter(state__in=OPEN, supervision_office_on=None, handed_over_on__lt=before)


def opinion_late(opinions: "QuerySet[JointOpinion]", parameters: Parameters) -> "QuerySet[JointOpinion]":
    """A joint unit has said nothing by its day."""
    return opinions.filter(given_on=None, due_on__lt=parameters.today)


def _sentence(text: str | Promise) -> Callable[[Proposal], str]:
    """Return the function that puts the facts of a proposal into a sentence."""

    def say(proposal: Proposal) -> str:
        return str(text) % {
            "number": proposal.number,
            "due": proposal.due_on,
            "unit": proposal.lead_unit,
            "answered": proposal.answered_on,
            "handed": proposal.handed_over_on,
            "leader": proposal.led_by or "",
        }

    return say


for key, title, basis, severity, breaks, sentence in (
    (
        "proposals.overdue",
        gettext_lazy("提案超过期限没有答复"),
        LIMITS,
        Severity.BREACH,
        overdue,
        gettext_lazy("%(number)s 应在 %(due)s 以前答复，请催办%(unit)s"),
    ),
    (
        "proposals.answered_late",
        gettext_lazy("提案答复超过期限"),
        LIMITS,
        Severity.WARNING,
        answered_late,
        gettext_lazy("%(number)s 期限是 %(due)s，%(answered)s 才答复，请说明原因"),
    ),
    (
        "proposals.beyond_longest",
        gettext_lazy("提案延期超过最长期限"),
        LIMITS,
        Severity.BREACH,
        beyond_the_longest,
        gettext_lazy("%(number)s 交办于 %(handed)s，已超过最长期限，请立即答复"),
    ),
    (
        "proposals.extended_late",
        gettext_lazy("期限过后才批准延期"),
        LIMITS,
        Severity.BREACH,
        extended_late,
        gettext_lazy("%(number)s 期限过后才批准延期，请说明原因"),
    ),
    (
        "proposals.without_meeting",
        gettext_lazy("没有面商就答复"),
        gettext_lazy("提案办理协商办法"),
        Severity.WARNING,
        without_meeting,
        gettext_lazy("%(number)s 答复前没有与提案人面商，请补充面商情况"),
    ),
    (
        "proposals.not_rehandled",
        gettext_lazy("不满意没有重新办理"),
        gettext_lazy("提案委员会对不符合要求的答复及时商请重新办理"),
        Severity.BREACH,
        not_rehandled,
        gettext_lazy("%(number)s 提案人不满意，请退回重新办理"),
    ),
    (
        "proposals.key_without_supervision",
        gettext_lazy("重点提案没有督办"),
        gettext_lazy("重点提案遴选与督办办法"),
        Severity.WARNING,
        key_without_supervision,
        gettext_lazy("%(number)s 是重点提案，请%(leader)s督办并登记日期"),
    ),
    (
        "proposals.not_with_supervision_office",
        gettext_lazy("提案没有送政府督查室"),
        gettext_lazy("提案交办后纳入政府督查"),
        Severity.HINT,
        not_with_supervision_office,
        gettext_lazy("%(number)s 已交办，请送政府督查室并登记日期"),
    ),
):
    declare(
        Control(
            key=key,
            title=title,
            basis=basis,
            severity=severity,
            model=Proposal,
            breaks=breaks,
            sentence=_sentence(sentence),
            group=GROUP,
            related=("department", "led_by"),
        )
    )
declare(
    Control(
        key="proposals.opinion_late",
        title=gettext_lazy("会办意见没有按期反馈"),
        basis=gettext_lazy("地方提案办理通知"),
        severity=Severity.WARNING,
        model=JointOpinion,
        breaks=opinion_late,
        sentence=lambda opinion: (
            _("%(proposal)s：%(unit)s的会办意见应在 %(due)s 以前反馈，请催办")
            % {"proposal": opinion.proposal.number, "unit": opinion.unit, "due": opinion.due_on}
        ),
        group=GROUP,
        related=("proposal",),
    )
)

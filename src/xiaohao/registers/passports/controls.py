"""What must not happen to documents for private travel."""

from typing import TypeAlias

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.ledger.controls import Control, Parameters, Severity, declare
from xiaohao.registers.passports.models import RegisteredPerson, SafeCount, TravelDocument, Trip

GROUP = gettext_lazy("因私出国（境）证件")
OWN_RULES = gettext_lazy("本单位因私出国（境）证件管理办法")
DISCIPLINE = gettext_lazy("纪律处分条例（2023）第九十一条；组通字〔2015〕20号")
FILING = gettext_lazy("国家工作人员登记备案规定（2003）第五条")
Documents: TypeAlias = QuerySet[TravelDocument]
Trips: TypeAlias = QuerySet[Trip]
State, TripState = TravelDocument.State, Trip.State
ON_THE_WAY = (TripState.APPLIED, TripState.APPROVED, TripState.REFUSED)


def not_handed_in(documents: Documents, parameters: Parameters) -> Documents:
    """Issued longer ago than the days allowed, and still with its holder."""
    before = parameters.days_ago(parameters.number("passports.hand_in_days"))
    kept_by_himself = documents.filter(state=State.WITH_HOLDER, issued_on__lt=before)
    return kept_by_himself.exclude(holder__status=RegisteredPerson.Status.LEFT)


def overdue(trips: Trips, parameters: Parameters) -> Trips:
    """Lent and not back on the day it was due."""
    return trips.filter(state=TripState.LENT, due_on__lt=parameters.today)


def returned_late(trips: Trips, _parameters: Parameters) -> Trips:
    """Back, but after the day it was due."""
    return trips.filter(returned_on__gt=F("due_on"))


def lent_without_approval(documents: Documents, _parameters: Parameters) -> Documents:
    """Out of the safe, and no approved trip it is out for."""
    out_for = Trip.objects.filter(organ=OuterRef("organ"), document=OuterRef("pk"), state=TripState.LENT)
    return documents.filter(~Exists(out_for), state=State.LENT)


def travelled_without_lending(trips: Trips, parameters: Parameters) -> Trips:
    """The day of leaving has passed, and the document was not lent, while its holder has it himself."""
    return trips.filter(
        state__in=ON_THE_WAY, leaves_on__lt=parameters.today, document__state=State.WITH_HOLDER
    )


def expired(documents: Documents, parameters: Parameters) -> Documents:
    """No longer valid and not cancelled."""
    running = documents.exclude(state__in=(State.CANCELLED, State.LOST))
    return running.filter(expires_on__lt=parameters.today)


def roster_not_updated(
    people: "QuerySet[RegisteredPerson]", parameters: Parameters
) -> "QuerySet[RegisteredPerson]":
    """Changed post, or left the organ, and the roster was not updated within the days allowed."""
    before = parameters.days_ago(parameters.number("passports.update_days"))
    since = Q(updated_on=None) | Q(updated_on__lt=F("post_changed_on"))
    moved = Q(since, post_changed_on__lt=before)
    gone = Q(person__left_on__lt=before, status=RegisteredPerson.Status.SERVING)
    return people.filter(moved | gone)


def missing_from_safe(counts: "QuerySet[SafeCount]", _parameters: Parameters) -> "QuerySet[SafeCount]":
    """Something was not found, and nobody says why."""
    return counts.filter(explanation="").exclude(missing="")


def no_recent_count(counts: "QuerySet[SafeCount]", parameters: Parameters) -> "QuerySet[SafeCount]":
    """The newest count is too long ago."""
    before = parameters.days_ago(parameters.number("passports.count_days"))
    newer = SafeCount.objects.filter(organ=OuterRef("organ"), counted_on__gt=OuterRef("counted_on"))
    return counts.filter(~Exists(newer), counted_on__lt=before)


declare(
    Control(
        key="passports.not_handed_in",
        title=gettext_lazy("证件没有按期交存"),
        basis=DISCIPLINE,
        severity=Severity.BREACH,
        model=TravelDocument,
        breaks=not_handed_in,
        sentence=lambda document: _("%(document)s 还在本人手里，请收交") % {"document": document},
        group=GROUP,
        related=("holder",),
    )
)
declare(
    Control(
        key="passports.overdue",
        title=gettext_lazy("领用的证件超期没有交回"),
        basis=OWN_RULES,
        severity=Severity.BREACH,
        model=Trip,
        breaks=overdue,
        sentence=lambda trip: (
            _("%(document)s 应在 %(due)s 以前交回，请催交") % {"document": trip.document, "due": trip.due_on}
        ),
        group=GROUP,
        related=("document__holder",),
    )
)
declare(
    Control(
        key="passports.returned_late",
        title=gettext_lazy("证件交回超过期限"),
        basis=OWN_RULES,
        severity=Severity.HINT,
        model=Trip,
        breaks=returned_late,
        sentence=lambda trip: (
            _("%(document)s 应在 %(due)s 以前交回，%(day)s 才交回，请说明")
            % {"document": trip.document, "due": trip.due_on, "day": trip.returned_on}
        ),
        group=GROUP,
        related=("document__holder",),
    )
)
declare(
    Control(
        key="passports.lent_without_approval",
        title=gettext_lazy("没有批准就领用证件"),
        basis=DISCIPLINE,
        severity=Severity.BREACH,
        model=TravelDocument,
        breaks=lent_without_approval,
        sentence=lambda document: (
            _("%(document)s 不在库，也没有批准的申请，请收回并查明") % {"document": document}
        ),
        group=GROUP,
        related=("holder",),
    )
)
declare(
    Control(
        key="passports.travelled_without_lending",
        title=gettext_lazy("没有领证手续可能已经出境"),
        basis=DISCIPLINE,
        severity=Severity.BREACH,
        model=Trip,
        breaks=travelled_without_lending,
        sentence=lambda trip: (
            _("%(trip)s 出境日期已过，证件在本人手里，没有领用登记，请核实") % {"trip": trip}
        ),
        group=GROUP,
        related=("document__holder",),
    )
)
declare(
    Control(
        key="passports.expired",
        title=gettext_lazy("证件过期没有注销"),
        basis=OWN_RULES,
        severity=Severity.HINT,
        model=TravelDocument,
        breaks=expired,
        sentence=lambda document: (
            _("%(document)s %(day)s 到期，请注销或换发") % {"document": document, "day": document.expires_on}
        ),
        group=GROUP,
        related=("holder",),
    )
)
declare(
    Control(
        key="passports.roster_not_updated",
        title=gettext_lazy("人员变动没有更新备案"),
        basis=FILING,
        severity=Severity.WARNING,
        model=RegisteredPerson,
        breaks=roster_not_updated,
        sentence=lambda one: _("%(name)s 职务已变动，请更新备案或撤销备案") % {"name": one.name},
        group=GROUP,
        related=("person",),
    )
)
declare(
    Control(
        key="passports.missing_from_safe",
        title=gettext_lazy("清点时少了证件没有说明"),
        basis=OWN_RULES,
        severity=Severity.BREACH,
        model=SafeCount,
        breaks=missing_from_safe,
        sentence=lambda count: (
            _("%(count)s 没有找到 %(missing)s，请查找并说明") % {"count": count, "missing": count.missing}
        ),
        group=GROUP,
    )
)
declare(
    Control(
        key="passports.no_recent_count",
        title=gettext_lazy("很久没有清点保险柜"),
        basis=OWN_RULES,
        severity=Severity.WARNING,
        model=SafeCount,
        breaks=no_recent_count,
        sentence=lambda count: _("上次清点是 %(day)s，请安排清点") % {"day": count.counted_on},
        group=GROUP,
    )
)

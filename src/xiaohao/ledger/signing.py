"""Whose turn it is to sign: worked out in memory from two queries, for one decision or for a page of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.models import Account, Organ, Person, Record, Role
from xiaohao.ledger.decision_kinds import KINDS, SUBSTITUTES, DecisionKind
from xiaohao.ledger.models import Decision, Delegation, Outcome, Signer


@dataclass(frozen=True)
class Signatories:
    """The people of some organs who have a login, with their roles, and who signs in whose place today."""

    organ_of: dict[int, int]
    holders: dict[tuple[int, str], set[int]]  # (organ, role) → people
    supervisors: list[tuple[str, int]]  # (path of their organ, person)
    principals: dict[int, set[int]] = field(default_factory=dict)  # deputy → people

    def in_role(self, organ: Organ, role: str) -> set[int]:
        """Return who holds a role for the organ; supervisors sit in an organ above it."""
        if role == Role.SUPERVISOR:
            return {person for path, person in self.supervisors if organ.path.startswith(path)}
        return self.holders.get((organ.pk, role), set())

    def able(self, decision: Decision, place: Signer) -> set[int]:
        """Return who may sign at a place: those named, else the first substitutes who are not concerned."""
        out = {decision.asked_by_id, *decision.concerned}
        out |= {
            signature.person_id
            for signature in decision.signatures.all()
            if signature.outcome == Outcome.AGREED and signature.position != place.position
        }
        kind = KINDS.get(decision.kind)
        substitutes = kind.substitutes if kind else SUBSTITUTES
        first = self._meant(decision.organ, place.person_id, place.role_list)
        return self._first_who_may(decision.organ, first, substitutes, out)

    def able_first(self, kind: DecisionKind, about: Record, by: Account) -> set[int]:
        """Return who could sign first if the account asked now."""
        plan = next(iter(kind.signers(about, {})))
        out = {by.person_id, *(person.pk for person in kind.concerned(about))}
        first = self._meant(about.organ, plan.person.pk if plan.person else None, plan.roles)
        return self._first_who_may(about.organ, first, kind.substitutes, out)

    def represented(self, person: int, place: Signer, able: set[int]) -> set[int]:
        """Return for whom of those able to sign at a place the person may sign with a delegation."""
        return set() if place.in_person else self.principals.get(person, set()) & able

    def _meant(self, organ: Organ, person: int | None, roles: Iterable[str]) -> set[int]:
        """Return whom a place names: a person, as long as he has a login, or whoever holds the roles."""
        if person is not None:
            return {person} if person in self.organ_of else set()
        return {one for role in roles for one in self.in_role(organ, role)}

    def _first_who_may(
        self, organ: Organ, first: set[int], substitutes: Iterable[str], out: set[int]
    ) -> set[int]:
        circles = [first, *(self.in_role(organ, role) for role in substitutes)]
        return next((circle - out for circle in circles if circle - out), set())


def signatories(organs: Iterable[Organ]) -> Signatories:
    """Load the people of the organs and the supervisors above them; two queries."""
    listed = list(organs)
    above = {int(number) for organ in listed for number in organ.path.strip("/").split("/")}
    own = Q(organ__in=[organ.pk for organ in listed])
    people = Person.objects.filter(left_on=None, account__is_active=True).filter(
        own | Q(organ__in=above, roles__role=Role.SUPERVISOR)
    )
    organ_of: dict[int, int] = {}
    holders: dict[tuple[int, str], set[int]] = defaultdict(set)
    supervisors: list[tuple[str, int]] = []
    for person, organ, path, role in people.values_list("pk", "organ", "organ__path", "roles__role"):
        organ_of[person] = organ
        holders[organ, role].add(person)
        if role == Role.SUPERVISOR:
            supervisors.append((path, person))
    today = timezone.localdate()
    principals: dict[int, set[int]] = defaultdict(set)
    for deputy, person in Delegation.objects.filter(
        organ__in=above, starts_on__lte=today, ends_on__gte=today
    ).values_list("deputy", "person"):
        principals[deputy].add(person)
    return Signatories(organ_of, holders, supervisors, principals)


def awaited(decision: Decision) -> Signer:
    """Return the place whose turn it is."""
    return next(place for place in decision.signers.all() if place.position == decision.position)


def signs_as(decision: Decision, account: Account | None, people: Signatories) -> tuple[int | None, str]:
    """Return in whose place the account would sign now (None: its own), and why it may not."""
    if account is None:
        return None, _("请先登录。")
    person = account.person_id
    if person == decision.asked_by_id:
        return None, _("自己的申请不能由自己签批。")
    if person in decision.concerned:
        return None, _("这个事项与您有关，您应当回避。")
    place = awaited(decision)
    able = people.able(decision, place)
    represented = sorted(people.represented(person, place, able))
    if person in able or represented:
        return (None if person in able else represented[0]), ""
    if any(one.person_id == person and one.outcome == Outcome.AGREED for one in decision.signatures.all()):
        return None, _("您已经签过意见，这一环节由别人签批。")
    return None, _("现在轮到%(signer)s签批。") % {"signer": place.said}


def names_of(people: Iterable[int]) -> list[str]:
    """Return what people are called, as a page names them."""
    return list(Person.objects.filter(pk__in=people).order_by("pk").values_list("name", flat=True))


def stuck(decision: Decision, people: Signatories) -> bool:
    """Tell whether nobody at all can sign at the place whose turn it is."""
    return not people.able(decision, awaited(decision))

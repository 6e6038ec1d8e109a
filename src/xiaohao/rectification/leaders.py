"""Who can be accountable leader (责任领导)."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from xiaohao.core.forms import RecordForm
from xiaohao.core.models import Organ, Person, Role, RoleHolding

ROLES = (Role.LEADER, Role.HEAD)


def leading() -> Q:
    """Return which people lead: members of the leadership (班子成员), and who signs as one."""
    return Q(is_leader=True) | Q(Exists(RoleHolding.objects.filter(person=OuterRef("pk"), role__in=ROLES)))


def leaders_of(organ: Organ) -> QuerySet[Person]:
    """Return who leads the organ now; everybody where it has named nobody yet."""
    there = organ.people.filter(left_on=None)
    return there.filter(leading() | ~Q(Exists(there.filter(leading()))))


def offer_leaders(form: RecordForm) -> None:
    """Let a form offer the leaders and who is it already, which may be somebody who left."""
    field = form.fields.get("accountable_leader")
    if field is not None:
        record = form.instance
        chosen = Q(pk__in=leaders_of(record.organ).values("pk")) | Q(pk=record.accountable_leader_id)
        field.queryset = record.organ.people.filter(chosen)  # type: ignore[attr-defined]

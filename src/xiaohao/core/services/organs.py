"""Organs, departments and people: every change with its audit entry."""

from django.db import transaction
from django.utils.translation import gettext as _

from xiaohao.core.models import (
    Account,
    Department,
    LeadingGroupMember,
    Organ,
    Person,
    Post,
    Role,
    RoleHolding,
)
from xiaohao.core.services import audit


def _log(organ: Organ, action: str, kind: str, number: int, label: str, by: Account | None) -> None:
    audit.write(organ, [audit.Event(action, kind, number, label)], by=by)


@transaction.atomic
def create_organ(
    *, code: str, name: str, short_name: str = "", parent: Organ | None = None, by: Account | None = None
) -> Organ:
    """Create an organ, below ``parent`` if given."""
    organ = Organ(code=code, name=name, short_name=short_name, parent=parent, path=f"new-{code}")
    organ.full_clean(exclude=["path"])
    organ.save()
    organ.path = f"{parent.path if parent else '/'}{organ.pk}/"
    organ.save(update_fields=["path"])
    _log(organ, "organ.created", "organ", organ.pk, organ.name, by)
    return organ


@transaction.atomic
def add_department(*, organ: Organ, name: str, by: Account | None) -> Department:
    """Add a department at the end of the organ's list. Raises ``ValidationError`` when the name is taken."""
    department = Department(organ=organ, name=name.strip(), position=organ.departments.count() + 1)
    department.full_clean()
    department.save()
    _log(organ, "department.created", "department", department.pk, department.name, by)
    return department


@transaction.atomic
def add_person(
    *,
    organ: Organ,
    name: str,
    by: Account | None,
    department: Department | None = None,
    post: str = "",
    is_leader: bool = False,
    telephone: str = "",
) -> Person:
    """Add a person, with a post if named."""
    person = Person(
        organ=organ,
        name=name.strip(),
        department=department,
        telephone=telephone,
        position=organ.people.count() + 1,
    )
    person.full_clean()
    person.save()
    if post:
        Post.objects.create(person=person, title=post, is_leader=is_leader)
    _log(organ, "person.created", "person", person.pk, person.name, by)
    return person


@transaction.atomic
def give_role(*, person: Person, role: Role, by: Account | None) -> RoleHolding:
    """Give a person a role. Raises ``ValidationError`` for a second administrator role."""
    holding = RoleHolding(person=person, role=role)
    holding.full_clean()
    holding.save()
    _log(person.organ, "role.given", "person", person.pk, f"{person.name} {holding}", by)
    return holding


@transaction.atomic
def create_account(*, person: Person, username: str, password: str, by: Account | None) -> Account:
    """Create the login of a person."""
    if Account.objects.filter(username=username).exists():
        raise ValueError(_("用户名“%(username)s”已被使用。") % {"username": username})
    account = Account.objects.create_account(username=username, password=password, person=person)
    _log(person.organ, "account.created", "account", account.pk, username, by)
    return account


@transaction.atomic
def set_leading_group_member(
    *, person: Person, office: str, by: Account | None, duty: str = ""
) -> LeadingGroupMember:
    """Put a person into the leading group, or change his office there. One head only."""
    organ = person.organ
    member = LeadingGroupMember.objects.filter(organ=organ, person=person).first() or LeadingGroupMember(
        organ=organ, person=person, position=organ.leading_group.count() + 1
    )
    member.office, member.duty = office, duty
    member.full_clean()
    member.save()
    _log(organ, "leading_group.changed", "person", person.pk, str(member), by)
    return member

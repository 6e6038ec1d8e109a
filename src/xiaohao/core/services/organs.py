"""Organs, departments and people: every change with its audit entry."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
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
from xiaohao.core.services import audit, records

_code_checks: list[Callable[[str], bool]] = []


def add_code_check(is_taken: Callable[[str], bool]) -> None:
    """Declare a check of the codes of new organs: whether something else stands at the organ's address."""
    _code_checks.append(is_taken)


@transaction.atomic
def create_organ(
    *, code: str, name: str, short_name: str = "", parent: Organ | None = None, by: Account | None = None
) -> Organ:
    """Create an organ, below ``parent`` if given. Raises ``ValidationError``."""
    organ = Organ(code=code, name=name, short_name=short_name, parent=parent, path=f"new-{code}")
    organ.full_clean(exclude=["path"])
    if any(is_taken(code) for is_taken in _code_checks):
        raise ValidationError(
            _("单位代码不能用“%(code)s”：网站的一个网址已经用了这个词，请换一个。") % {"code": code}
        )
    organ.save()
    organ.path = f"{parent.path if parent else '/'}{organ.pk}/"
    organ.save(update_fields=["path"])
    audit.write(organ, [audit.Event("organ.created", "organ", organ.pk, organ.name)], by=by)
    return organ


@transaction.atomic
def set_region(*, organ: Organ, region: str, by: Account) -> Organ:
    """Say where the organ is: settings with a local rule take their value from it."""
    current = Organ.objects.select_for_update().get(pk=organ.pk)
    before, current.region = current.region, region.strip()
    if before != current.region:
        current.save(update_fields=["region"])
        changes = {"region": [before, current.region]}
        events = [audit.Event("organ.region_set", "organ", organ.pk, organ.name, changes)]
        audit.write(current, events, by=by)
    return current


def add_department(*, organ: Organ, name: str, by: Account | None) -> Department:
    """Add a department at the end of the organ's list. Raises ``ValidationError`` when the name is taken."""
    department = Department(organ=organ, name=name.strip(), position=organ.departments.count() + 1)
    return records.create(department, by=by, action="department.created")


@transaction.atomic
def add_person(
    *,
    organ: Organ,
    name: str,
    by: Account | None,
    department: Department | None = None,
    posts: Sequence[str] = (),
    is_leader: bool = False,
    telephone: str = "",
    email: str = "",
) -> Person:
    """Add a person with his posts; ``is_leader`` puts him among the organ's leaders (班子成员)."""
    person = Person(
        organ=organ,
        name=name.strip(),
        department=department,
        telephone=telephone,
        email=email,
        is_leader=is_leader,
        position=organ.people.count() + 1,
    )
    records.create(person, by=by, action="person.created", note=_posts_note(posts))
    _set_posts(person, posts)
    return person


@transaction.atomic
def change_person(
    *,
    person: Person,
    values: Mapping[str, Any],
    posts: Sequence[str],
    by: Account,
    expected_version: int,
) -> Person:
    """Change a person and his posts. Raises ``records.Conflict`` when somebody was quicker."""
    before = [post.title for post in person.posts.all()]
    changed = records.change(
        person,
        values,
        by=by,
        action="person.changed",
        expected_version=expected_version,
        note=_posts_note(posts) if list(posts) != before else "",
    )
    _set_posts(changed, posts)
    return changed


def _posts_note(posts: Sequence[str]) -> str:
    return _("职务：%(posts)s") % {"posts": "、".join(posts)} if posts else ""


def _set_posts(person: Person, titles: Sequence[str]) -> None:
    person.posts.exclude(title__in=titles).delete()
    known = set(person.posts.values_list("title", flat=True))
    Post.objects.bulk_create(Post(person=person, title=title) for title in titles if title not in known)


@transaction.atomic
def give_role(*, person: Person, role: Role, by: Account | None) -> RoleHolding:
    """Give a person a role. Raises ``ValidationError`` for a second administrator role."""
    holding = RoleHolding(person=person, role=role)
    holding.full_clean()
    holding.save()
    _log_person(person, "role.given", by, str(holding))
    return holding


@transaction.atomic
def set_roles(*, person: Person, roles: Sequence[Role], by: Account) -> None:
    """Leave a person exactly these roles. Raises ``ValidationError``: one's own, or two administrators."""
    if by.person_id == person.pk:
        raise ValidationError(_("自己的角色要由另一位安全管理员修改。"))
    for holding in person.roles.exclude(role__in=roles):
        holding.delete()
        _log_person(person, "role.taken", by, str(holding))
    held = set(person.roles.values_list("role", flat=True))
    for role in roles:
        if role not in held:
            give_role(person=person, role=role, by=by)


@transaction.atomic
def create_account(*, person: Person, username: str, password: str, by: Account | None) -> Account:
    """Create the login of a person. Raises ``ValidationError`` when the name is taken."""
    account = Account(username=username, person=person)
    account.set_password(password)
    account.full_clean()
    account.save()
    _log_person(person, "account.created", by, username)
    return account


@transaction.atomic
def set_password(*, account: Account, password: str, by: Account) -> None:
    """Set a password that was checked already; it is nowhere in the log."""
    account.set_password(password)
    account.save(update_fields=["password"])
    _log_person(account.person, "account.password_set", by, account.username)


@transaction.atomic
def set_active(*, account: Account, active: bool, by: Account) -> None:
    """Let an account log in, or no longer."""
    if account.is_active == active:
        return
    account.is_active = active
    account.save(update_fields=["is_active"])
    action = "account.enabled" if active else "account.disabled"
    _log_person(account.person, action, by, account.username)


def _log_person(person: Person, action: str, by: Account | None, note: str) -> None:
    audit.write(person.organ, [audit.Event(action, "person", person.pk, person.name, note=note)], by=by)


def add_leading_group_member(
    *, person: Person, office: str, by: Account | None, duty: str = ""
) -> LeadingGroupMember:
    """Put a person into the leading group. Raises ``ValidationError``: a second head, or already in it."""
    position = person.organ.leading_group.count() + 1
    member = LeadingGroupMember(
        organ=person.organ, person=person, office=office, duty=duty, position=position
    )
    return records.create(member, by=by, action="leading_group_member.created")

"""Who leads and who works, as templates see them."""

from collections.abc import Collection
from typing import Any

from xiaohao.core.models import Department, LeadingGroupMember, Organ, Person, Role, RoleHolding


def heads(organ: Organ) -> str:
    """Return the names of the organ's heads."""
    people = Person.objects.filter(organ=organ, left_on=None, roles__role=Role.HEAD)
    return "、".join(person.name for person in people)


def numbers_of_heads(organ: Organ) -> frozenset[int]:
    """Return who counts as the head in numbers (``findings.taken_on_by_head``): whoever holds the role."""
    holders = RoleHolding.objects.filter(person__organ=organ, role=Role.HEAD)
    return frozenset(holders.values_list("person", flat=True))


def leading_group(organ: Organ, head: Collection[int]) -> list[dict[str, Any]]:
    """Return the members of the leading group: office, name, what each does, whether he is the head."""
    members = LeadingGroupMember.objects.filter(organ=organ).select_related("person")
    return [
        {
            "职务": str(member.get_office_display()),
            "姓名": member.person.name,
            "分工": member.duty,
            "主要负责人": member.person_id in head,
        }
        for member in members
    ]


def department_names(organ: Organ) -> list[str]:
    return [department.name for department in Department.objects.filter(organ=organ)]

"""Who leads and who works, as templates see them."""

from xiaohao.core.models import Department, LeadingGroupMember, Organ, Person, Role


def heads(organ: Organ) -> str:
    """Return the names of the organ's heads."""
    people = Person.objects.filter(organ=organ, left_on=None, roles__role=Role.HEAD)
    return "、".join(person.name for person in people)


def leading_group(organ: Organ) -> list[dict[str, str]]:
    """Return the members of the leading group: office, name, what each does."""
    members = LeadingGroupMember.objects.filter(organ=organ).select_related("person")
    return [
        {"职务": str(member.get_office_display()), "姓名": member.person.name, "分工": member.duty}
        for member in members
    ]


def department_names(organ: Organ) -> list[str]:
    return [department.name for department in Department.objects.filter(organ=organ)]

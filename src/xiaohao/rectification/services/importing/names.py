"""Names of people and departments in a file, and who they are in the organ."""

from dataclasses import dataclass, field

from xiaohao.core.models import Account, Department, Organ, Person
from xiaohao.core.services import organs
from xiaohao.rectification.services.importing.content import (
    FindingContent,
    ImportContent,
    MeasureContent,
)


@dataclass
class Unknown:
    """Names that stand in the file and not in the organ, in the order met."""

    departments: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.departments or self.people)


@dataclass
class Names:
    """The organ's people and departments by name; a name two people share is left to a person."""

    departments: dict[str, Department]
    people: dict[str, Person]

    @classmethod
    def of(cls, organ: Organ) -> "Names":
        people: dict[str, Person] = {}
        shared: set[str] = set()
        for person in organ.people.filter(left_on=None):
            shared |= {person.name} & people.keys()
            people[person.name] = person
        return cls(
            {department.name: department for department in organ.departments.all()},
            {name: person for name, person in people.items() if name not in shared},
        )

    def department(self, name: str) -> Department | None:
        return self.departments.get(name.strip())

    def person(self, name: str) -> Person | None:
        return self.people.get(name.strip())

    def create(self, unknown: Unknown, organ: Organ, by: Account | None) -> None:
        """Create what the person who imports agreed to create."""
        for name in unknown.departments:
            self.departments[name] = organs.add_department(organ=organ, name=name, by=by)
        for name in unknown.people:
            self.people[name] = organs.add_person(organ=organ, name=name, by=by)


def unknown_names(content: ImportContent, names: Names) -> Unknown:
    """Return the names of the file the organ does not have."""
    unknown = Unknown()
    for finding in content.findings:
        rows: list[FindingContent | MeasureContent] = [finding, *finding.measures]
        departments = [row.lead_department for row in rows]
        people = [row.accountable_leader for row in rows]
        for measure in finding.measures:
            departments += measure.supporting_departments
            people.append(measure.owner)
        for found, known, listed in (
            (departments, names.departments, unknown.departments),
            (people, names.people, unknown.people),
        ):
            listed += [
                one for one in dict.fromkeys(name.strip() for name in found) if _new(one, known, listed)
            ]
    return unknown


def _new(name: str, known: dict[str, Department] | dict[str, Person], listed: list[str]) -> bool:
    return bool(name) and name not in known and name not in listed

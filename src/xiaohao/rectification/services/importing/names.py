"""Names of people and departments in a file, and who they are in the organ."""

from collections import defaultdict
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
    """Names that stand in the file and not in the organ, in the order met.

    ``unsure`` are in the organ, but who is meant is not sure.
    """

    departments: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.departments or self.people)


@dataclass
class Names:
    """The organ's people and departments by name.

    ``unsure`` are names two people share, or of somebody who left: who is meant is left to a person.
    """

    departments: dict[str, Department]
    people: dict[str, Person]
    unsure: frozenset[str] = frozenset()

    @classmethod
    def of(cls, organ: Organ) -> "Names":
        present: dict[str, list[Person]] = defaultdict(list)
        gone: set[str] = set()
        for person in organ.people.all():
            if person.left_on:
                gone.add(person.name.strip())
            else:
                present[person.name.strip()].append(person)
        return cls(
            {department.name.strip(): department for department in organ.departments.all()},
            {name: people[0] for name, people in present.items() if len(people) == 1},
            frozenset(gone - present.keys() | {name for name, people in present.items() if len(people) > 1}),
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


def known_names(organ: Organ) -> frozenset[str]:
    """Return all names of an organ, so that one that holds a separator is not taken apart."""
    people, departments = organ.people.values_list("name", flat=True), organ.departments.all()
    return frozenset(name.strip() for name in (*people, *(one.name for one in departments)))


def unknown_names(content: ImportContent, names: Names) -> Unknown:
    """Return the names of the file the organ does not have, and those of which it is not sure."""
    unknown = Unknown()
    for finding in content.findings:
        rows: list[FindingContent | MeasureContent] = [finding, *finding.measures]
        departments = [row.lead_department for row in rows]
        people = [row.accountable_leader for row in rows]
        for measure in finding.measures:
            departments += measure.supporting_departments
            people.append(measure.owner)
        for name in dict.fromkeys(name.strip() for name in departments):
            if name and name not in names.departments and name not in unknown.departments:
                unknown.departments.append(name)
        for name in dict.fromkeys(name.strip() for name in people):
            listed = unknown.unsure if name in names.unsure else unknown.people
            if name and name not in names.people and name not in listed:
                listed.append(name)
    return unknown

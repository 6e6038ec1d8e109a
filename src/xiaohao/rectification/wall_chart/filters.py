"""What part of the chart somebody wants to see."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from django.utils.http import urlencode

from xiaohao.core.access import visible_organs
from xiaohao.core.models import Account, Department, Organ, Person, Role
from xiaohao.core.requests import number_in
from xiaohao.rectification.lights import Light, light_condition
from xiaohao.rectification.models import Area, Finding, Inspection, State

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet


@dataclass(frozen=True)
class Filters:
    """The choices of the form above the chart; ``None`` and empty mean all."""

    organ: int | None = None
    inspection: int | None = None
    area: int | None = None
    department: int | None = None
    leader: int | None = None
    state: str = ""
    light: str = ""

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> "Filters":
        """Read the choices from a query; what makes no sense counts as not chosen."""
        numbers = {
            name: number_in(query.get(name, ""))
            for name in ("organ", "inspection", "area", "department", "leader")
        }
        state, light = str(query.get("state", "")), str(query.get("light", ""))
        return cls(
            **numbers,
            state=state if state in State.values else "",
            light=light if light in Light.values else "",
        )

    def apply(self, findings: "QuerySet[Finding]", today: "dt.date", near_days: int) -> "QuerySet[Finding]":
        """Return the findings chosen."""
        exact = {
            "organ": self.organ,
            "inspection": self.inspection,
            "area": self.area,
            "lead_department": self.department,
            "accountable_leader": self.leader,
            "state": self.state or None,
        }
        chosen = findings.filter(**{name: value for name, value in exact.items() if value is not None})
        return chosen.filter(light_condition(Light(self.light), today, near_days)) if self.light else chosen

    def query(self, **more: object) -> str:
        """Return the choices as the query of an address, with others added."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return urlencode({name: value for name, value in {**own, **more}.items() if value})

    def __bool__(self) -> bool:
        return bool(self.query())


@dataclass(frozen=True)
class Options:
    """What the form offers."""

    organs: "list[Organ]"
    inspections: "list[Inspection]"
    areas: "list[Area]"
    departments: "list[Department]"
    leaders: "list[Person]"
    states: tuple[State, ...] = tuple(State)
    lights: tuple[Light, ...] = tuple(Light)


def options(account: Account, filters: Filters) -> Options:
    """Return what the account may choose among: what really occurs, areas of the chosen inspection."""
    inspections = Inspection.objects.visible_to(account)
    findings = Finding.objects.visible_to(account).order_by()
    areas = Area.objects.visible_to(account)
    if filters.inspection:
        areas = areas.filter(inspection=filters.inspection)
    organs: list[Organ] = []
    if account.holds(Role.SUPERVISOR):
        organs = list(with_findings(account))
        inspections, areas = inspections.filter(organ=filters.organ), areas.filter(organ=filters.organ)
        findings = findings.filter(organ=filters.organ)
    return Options(
        organs,
        list(inspections.only("title", "number")),
        list(areas.only("title", "number")),
        list(Department.objects.filter(pk__in=findings.values("lead_department"))),
        list(Person.objects.filter(pk__in=findings.values("accountable_leader"))),
    )


def with_findings(account: Account) -> "QuerySet[Organ]":
    """Return the organs the account supervises that have findings, in the order of the tree."""
    found = Finding.objects.visible_to(account).order_by().values("organ")
    return visible_organs(account).filter(pk__in=found).order_by("path")


def of_one_organ(account: Account, filters: Filters) -> Filters:
    """Let a supervisor look at one organ at a time: hundreds of organs make no chart."""
    if filters.organ or not account.holds(Role.SUPERVISOR):
        return filters
    first = with_findings(account).first()
    return replace(filters, organ=first.pk if first else None)

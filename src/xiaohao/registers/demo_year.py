"""An invented year in every register, for the demo organ; each register's folder tells its own part."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from xiaohao.core.models import Account, Department, Organ, Person
from xiaohao.ledger.services import controls
from xiaohao.registers import modules


@dataclass(frozen=True)
class Scene:
    """The demo organ, with its people and departments by name and its accounts by username."""

    organ: Organ
    people: Mapping[str, Person]
    departments: Mapping[str, Department]
    accounts: Mapping[str, Account]
    today: dt.date

    @property
    def clerk(self) -> Account:
        return self.accounts["clerk"]

    def ago(self, days: int) -> dt.date:
        return self.today - dt.timedelta(days=days)


@transaction.atomic
def load(organ: Organ) -> None:
    """Fill every register, then let the controls look at all of it."""
    accounts = Account.objects.filter(person__organ=organ)
    scene = Scene(
        organ=organ,
        people={person.name: person for person in organ.people.select_related("department")},
        departments={department.name: department for department in organ.departments.all()},
        accounts={account.username: account for account in accounts},
        today=timezone.localdate(),
    )
    told = {module.__name__: module for module in modules("demo")}
    # Vouchers and assets name items of meetings.
    for name in sorted(told, key=lambda name: (".meetings." not in name, name)):
        told[name].tell(scene)
    controls.run(organ, scene.today)

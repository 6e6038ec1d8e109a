"""Fixtures of the registers: rows made from their examples, with what the test is about."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.contracts.examples import make_row

from xiaohao.core.models import Role
from xiaohao.ledger.register import REGISTERS


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def keeper(organ, make_account):
    """Somebody who keeps every register, and signs nothing."""
    return make_account(organ, "林清越", Role.CLERK, Role.OWNER)


@pytest.fixture
def row(keeper):
    """Make a row of a register: ``row("proposals", state="handed_over", due_on=...)``."""
    made = {}

    def make(key: str, **values: object):
        register = REGISTERS[key]
        made[key] = made.get(key, 0) + 1
        found = make_row(register, keeper, made[key])
        many = {field.name for field in register.model._meta.many_to_many}
        for name in many & values.keys():
            getattr(found, name).set(values.pop(name))
        register.model.objects.filter(pk=found.pk).update(**values)
        return register.model.objects.select_related("organ").get(pk=found.pk)

    return make

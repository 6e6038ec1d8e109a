"""Fixtures every test may use."""

import pytest

from xiaohao.core.models import Account, Department, Organ, Person, Role, RoleHolding


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AXES_ENABLED = False
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]


@pytest.fixture
def make_organ(db):
    """Make an organ below ``parent``: ``make_organ("qzx", "青山区政协")``."""

    def make(code: str = "qingshan", name: str = "青山区政协机关", parent: Organ | None = None) -> Organ:
        organ = Organ(code=code, name=name, parent=parent, path=code)
        organ.save()
        organ.path = f"{parent.path if parent else '/'}{organ.pk}/"
        organ.save(update_fields=["path"])
        return organ

    return make


@pytest.fixture
def organ(make_organ) -> Organ:
    return make_organ()


@pytest.fixture
def make_account(db):
    """Make an account of a person with roles: ``make_account(organ, "林清越", Role.CLERK)``."""

    def make(organ: Organ, name: str, *roles: Role, department: Department | None = None) -> Account:
        person = Person.objects.create(organ=organ, name=name, department=department)
        for role in roles:
            RoleHolding.objects.create(person=person, role=role)
        return Account.objects.create_account(username=f"{organ.code}-{name}", password="test", person=person)

    return make


@pytest.fixture
def clerk(organ, make_account) -> Account:
    return make_account(organ, "林清越", Role.CLERK)

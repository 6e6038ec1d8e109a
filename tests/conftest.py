"""Fixtures every test may use."""

import datetime as dt

import pytest

from xiaohao.core.models import Account, Department, Organ, Role, RoleHolding
from xiaohao.core.services import organs, records
from xiaohao.rectification.models import Area, Finding, Inspection, Measure
from xiaohao.rectification.services import search


@pytest.fixture(autouse=True)
def quick_and_clean(settings, tmp_path) -> None:
    """Quick passwords, and nothing left in the home folder."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AXES_ENABLED = False
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


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
        person = organs.add_person(organ=organ, name=name, department=department, by=None)
        for role in roles:
            RoleHolding.objects.create(person=person, role=role)
        return Account.objects.create_account(username=f"{organ.code}-{name}", password="test", person=person)

    return make


@pytest.fixture
def clerk(organ, make_account) -> Account:
    return make_account(organ, "林清越", Role.CLERK)


@pytest.fixture
def inspection(organ: Organ, clerk: Account) -> Inspection:
    return records.create(
        Inspection(
            organ=organ,
            number=1,
            title="2025年区委第三巡察组巡察",
            inspecting_body="区委第三巡察组",
            inspected_unit="青山区政协机关",
            feedback_on=dt.date(2025, 4, 2),
        ),
        by=clerk,
        action="inspection.created",
    )


@pytest.fixture
def area(inspection: Inspection, clerk: Account) -> Area:
    return records.create(
        Area(organ=inspection.organ, inspection=inspection, number=1, title="落实决策部署方面"),
        by=clerk,
        action="area.created",
    )


@pytest.fixture
def make_finding(area: Area, clerk: Account):
    """Make a finding: ``make_finding(3, "提案办理超期")``."""

    def make(number: int = 1, title: str = "提案办理超期", **values: object) -> Finding:
        finding = Finding(
            organ=area.organ,
            inspection=area.inspection,
            area=area,
            number=number,
            code=f"1-{number}",
            title=title,
            **values,
        )
        search.index([records.create(finding, by=clerk, action="finding.created")])
        return finding

    return make


@pytest.fixture
def make_measure(clerk: Account):
    """Make a measure of a finding: ``make_measure(finding, 1, "修订提案办理办法")``."""

    def make(finding: Finding, number: int = 1, text: str = "修订提案办理办法", **values: object) -> Measure:
        measure = Measure(
            organ=finding.organ,
            finding=finding,
            number=number,
            code=f"{finding.code}-{number}",
            text=text,
            **values,
        )
        return records.create(measure, by=clerk, action="measure.created")

    return make

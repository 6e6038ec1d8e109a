"""Fixtures every test may use."""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from hypothesis import settings as property_settings
from PIL import Image
from tests.days import ago

from xiaohao.core.models import Account, Department, Organ, Role, RoleHolding
from xiaohao.core.services import audit, organs, records
from xiaohao.ledger.services import decisions
from xiaohao.rectification.decisions import FINDING_CLOSING, MEASURE_CLOSING
from xiaohao.rectification.models import Area, Finding, Inspection, Measure, State
from xiaohao.rectification.services import analysis, measures, search

# No property fails because a machine was busy.
property_settings.register_profile("unhurried", deadline=None)
property_settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def quick_and_clean(settings, tmp_path) -> None:
    """Quick passwords, and nothing left in the home folder."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AXES_ENABLED = False
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture(autouse=True)
def transactions_of_their_own(monkeypatch) -> None:
    """Let no service lean on the transaction around a test, which a real request does not have."""
    write = audit.write

    def strictly(organ, events, *, by) -> None:
        blocks = connection.atomic_blocks
        assert not (blocks and blocks[-1]._from_testcase), "only the test itself has a transaction"
        write(organ, events, by=by)

    monkeypatch.setattr(audit, "write", strictly)


@pytest.fixture
def no_transaction(transactional_db) -> Iterator[None]:
    """Run a test without a transaction around it; the log, which refuses to, is emptied by force after it."""
    yield
    protection = import_module("xiaohao.core.migrations.0002_append_only")
    with connection.schema_editor() as editor:
        protection.backwards(None, editor)
        editor.execute("DELETE FROM core_auditentry")
        protection.forwards(None, editor)


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
def on(monkeypatch):
    """Go to the noon of some days ago: ``on(30)``."""

    def go(days: int) -> None:
        moment = timezone.make_aware(dt.datetime.combine(ago(days), dt.time(12)))
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return go


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


@dataclass(frozen=True)
class Office:
    """The people of a small organ, each with his account."""

    clerk: Account
    owner: Account
    department_head: Account
    leader: Account
    head: Account
    discipline: Account
    department: Department


@pytest.fixture
def office(organ, clerk, make_account) -> Office:
    """Make an organ with everybody a rectification needs."""
    department = organs.add_department(organ=organ, name="提案委", by=None)
    return Office(
        clerk=clerk,
        owner=make_account(organ, "唐溪", Role.OWNER, department=department),
        department_head=make_account(organ, "顾安", Role.DEPARTMENT_HEAD, department=department),
        leader=make_account(organ, "罗远", Role.LEADER),
        head=make_account(organ, "沈秋", Role.HEAD),
        discipline=make_account(organ, "韩竹", Role.DISCIPLINE_REVIEWER),
        department=department,
    )


@pytest.fixture
def photograph() -> SimpleUploadedFile:
    """A small picture, as a telephone sends it."""
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(stream, "JPEG")
    return SimpleUploadedFile("现场照片.jpg", stream.getvalue(), "image/jpeg")


@pytest.fixture
def work(office, make_finding, make_measure):
    """Make a finding with measures of the owner, due in thirty days."""

    def make(*texts: str, **values: object) -> Finding:
        finding = make_finding(accountable_leader=office.leader.person, lead_department=office.department)
        for number, text in enumerate(texts or ("修订提案办理办法",), start=1):
            given = {"deadline": timezone.localdate() + dt.timedelta(days=30), **values}
            make_measure(
                finding,
                number,
                text,
                owner=office.owner.person,
                lead_department=office.department,
                **given,
            )
        return finding

    return make


@pytest.fixture
def complete(office, photograph):
    """Let the owner report a measure as done, with a photograph."""

    def report(measure: Measure) -> Measure:
        photograph.seek(0)
        said = measures.Report("办法已经印发。", State.COMPLETED, uploads=[photograph], proves="办法已印发")
        return measures.report(measure=measure, said=said, by=office.owner, expected_version=measure.version)

    return report


@pytest.fixture
def strike_off(office, complete):
    """Close a finding the regular way: every measure, then the finding, all signatures."""

    def close(finding: Finding) -> Finding:
        for measure in finding.measures.select_related("finding__inspection", "organ"):
            done = complete(measure)
            asked = decisions.ask(MEASURE_CLOSING, about=done, reason="办完了。", by=office.owner)
            for signer in (office.discipline, office.leader):
                decisions.agree(decision=asked, opinion="同意", by=signer)
        finding.refresh_from_db()
        values = {"root_cause": "没有人负责。", "no_rule_reason": "已有办法。"}
        analysed = analysis.analyse(
            finding=finding, values=values, by=office.clerk, expected_version=finding.version
        )
        asked = decisions.ask(FINDING_CLOSING, about=analysed, reason="可以销号。", by=office.owner)
        for signer in (office.discipline, office.leader, office.head):
            decisions.agree(decision=asked, opinion="同意", by=signer)
        finding.refresh_from_db()
        return finding

    return close

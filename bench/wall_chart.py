"""How long the wall chart takes with 50 and with 500 findings of three measures, in one run.

Prints milliseconds per page (median of five), the ratio and the size.
"""

import datetime as dt
import os
import statistics
import tempfile
import time
from typing import Any

os.environ["XIAOHAO_HOME"] = tempfile.mkdtemp()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaohao.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django first
from django.test import Client  # noqa: E402 - Django first

from xiaohao.core.models import Account, Organ, Role, RoleHolding  # noqa: E402 - Django first
from xiaohao.core.services import organs, records  # noqa: E402 - Django first
from xiaohao.rectification.models import Area, Finding, Inspection, Measure, State  # noqa: E402 - Django first

AREAS = 10
MEASURES = 3
STATES = list(State)
BUDGET = 0.5  # seconds for 500 findings


def organ_with(findings: int) -> Account:
    """Make an organ with a ledger of that many findings and return its clerk."""
    organ = Organ.objects.create(code=f"bench-{findings}", name=f"测量机关{findings}", path=f"/b{findings}/")
    office = organs.add_department(organ=organ, name="办公室", by=None)
    person = organs.add_person(organ=organ, name="林清越", department=office, by=None)
    RoleHolding.objects.create(person=person, role=Role.CLERK)
    clerk = Account.objects.create_account(username=f"bench-{findings}", password="bench", person=person)  # noqa: S106
    today = dt.date.today()  # noqa: DTZ011 - only distances matter here
    inspection = records.create(
        Inspection(organ=organ, number=1, title="巡察", feedback_on=today - dt.timedelta(days=120)),
        by=clerk,
        action="inspection.created",
    )
    areas = records.create_many(
        Area,
        [Area(organ=organ, inspection=inspection, number=n + 1, title=f"方面{n + 1}") for n in range(AREAS)],
        by=clerk,
        action="area.created",
    )
    people: dict[str, Any] = {"lead_department": office, "accountable_leader": person}
    made = records.create_many(
        Finding,
        [
            Finding(
                organ=organ,
                inspection=inspection,
                area=areas[n * AREAS // findings],
                number=n + 1,
                code=f"1-{n + 1}",
                title=f"第{n + 1}个问题，办理超过规定时限且没有说明原因",
                state=STATES[n % len(STATES)],
                deadline=today + dt.timedelta(days=n % 200 - 60),
                **people,
            )
            for n in range(findings)
        ],
        by=clerk,
        action="finding.created",
    )
    records.create_many(
        Measure,
        [
            Measure(
                organ=organ,
                finding=finding,
                number=n + 1,
                code=f"{finding.code}-{n + 1}",
                text="修订办法，明确办理、延期和报告的要求，逐件登记，每月核对一次并通报",
                state=STATES[(finding.number + n) % len(STATES)],
                deadline=today + dt.timedelta(days=(finding.number + 31 * n) % 200 - 60),
                lead_department=office,
                owner=person,
            )
            for finding in made
            for n in range(MEASURES)
        ],
        by=clerk,
        action="measure.created",
    )
    return clerk


def measure(findings: int) -> float:
    """Return the median seconds of the page of an organ with that many findings."""
    client = Client()
    client.force_login(organ_with(findings), backend="django.contrib.auth.backends.ModelBackend")
    size = len(client.get("/wall-chart/").content)
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        assert client.get("/wall-chart/").status_code == 200
        seconds.append(time.perf_counter() - start)
    middle = statistics.median(seconds)
    print(f"{findings} findings: {middle * 1000:.0f} ms, {size // 1024} KiB")
    return middle


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    small, large = measure(50), measure(500)
    print(f"ratio {large / small:.1f} for ten times the findings")
    raise SystemExit(large > BUDGET)

"""How long the list of findings takes with 1,000 and with 100,000 findings, in one run.

    python bench/findings_list.py [findings ...]

Prints milliseconds (median of nine) for the first page, a page in the middle, a search for a word of two
characters, one page filtered by state, and the ratio of the largest ledger to the smallest.
"""

import os
import statistics
import sys
import tempfile
import time
from itertools import islice

os.environ["XIAOHAO_HOME"] = tempfile.mkdtemp()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaohao.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django first
from django.test import Client  # noqa: E402 - Django first
from django.utils import timezone  # noqa: E402 - Django first

from xiaohao.core.models import Account, Role  # noqa: E402 - Django first
from xiaohao.core.paging import page  # noqa: E402 - Django first
from xiaohao.core.services import organs, records  # noqa: E402 - Django first
from xiaohao.rectification.models import Area, Finding, Inspection, State  # noqa: E402 - Django first
from xiaohao.rectification.services import search  # noqa: E402 - Django first

BATCH = 2000
STATES = list(State)


def organ_with(count: int) -> Account:
    """Make an organ with that many findings, past the services: only the reading is measured."""
    organ = organs.create_organ(code=f"bench-{count}", name=f"测量机关{count}")
    person = organs.add_person(organ=organ, name="林清越", by=None)
    organs.give_role(person=person, role=Role.CLERK, by=None)
    clerk = organs.create_account(person=person, username=f"bench-{count}", password="bench", by=None)  # noqa: S106
    inspection = records.create(
        Inspection(organ=organ, number=1, title="巡察"), by=clerk, action="inspection.created"
    )
    area = records.create(
        Area(organ=organ, inspection=inspection, number=1, title="方面"), by=clerk, action="area.created"
    )
    now = timezone.now()
    findings = (
        Finding(
            organ=organ,
            inspection=inspection,
            area=area,
            number=number,
            code=f"1-{number}",
            title=f"第{number}个问题：{'公务接待超标' if number % 1000 == 7 else '提案办理超期'}",
            state=STATES[number % len(STATES)],
            created_at=now,
            changed_at=now,
        )
        for number in range(1, count + 1)
    )
    while batch := list(islice(findings, BATCH)):
        search.index(Finding.objects.bulk_create(batch))
    return clerk


def median(client: Client, query: str) -> float:
    """Return the median milliseconds of nine requests."""
    taken = []
    for _round in range(9):
        start = time.perf_counter()
        assert client.get(f"/findings/{query}").status_code == 200
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def queries(clerk: Account, count: int) -> dict[str, str]:
    """Return the addresses to measure; the middle is reached by its cursor, as by paging there."""
    own = Finding.objects.filter(organ=clerk.organ, number__gte=count // 2)
    cursor = page(own, by="inspection_id,number", cursor="", size=1).next
    return {
        "first page": "",
        "page in the middle": f"?after={cursor}",
        "search 接待": "?q=接待",
        "state in progress": "?state=in_progress",
    }


def main() -> None:
    call_command("migrate", verbosity=0)
    sizes = [int(argument) for argument in sys.argv[1:]] or [1_000, 100_000]
    found: dict[str, list[float]] = {}
    for count in sizes:
        clerk = organ_with(count)
        client = Client()
        client.force_login(clerk, "django.contrib.auth.backends.ModelBackend")
        client.get("/findings/")
        for name, query in queries(clerk, count).items():
            found.setdefault(name, []).append(median(client, query))
    print("  " + "findings".ljust(22) + "".join(f"{size:>12,}" for size in sizes) + "     ratio")
    for name, taken in found.items():
        print(
            f"  {name:<22}" + "".join(f"{one:>9.1f} ms" for one in taken) + f"  {taken[-1] / taken[0]:>8.1f}"
        )


if __name__ == "__main__":
    main()

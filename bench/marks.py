"""The daily work on 10,000 and on 100,000 findings, on SQLite and, where there is a server, on PostgreSQL.

    python bench/marks.py [findings ...]

Prints for each database: milliseconds (median of eleven) of the first page, a state filter, a search and
both, with the ratio to the raw query in the same run; findings created and rows imported per second with
their log entries, with the ratio to the bare inserts; seconds of the whole export, with the ratio to the bare
fetch; and the memory of the process after it all.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ["XIAOHAO_HOME"] = tempfile.mkdtemp()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaohao.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django first
from django.db import connection, transaction  # noqa: E402 - Django first

from scene import analyse, fill, logged_in, median, person  # noqa: E402 - Django first
from xiaohao.core.models import Role  # noqa: E402 - Django first
from xiaohao.core.services import organs, records  # noqa: E402 - Django first
from xiaohao.rectification.models import Area, Finding, Inspection, Measure  # noqa: E402 - Django first
from xiaohao.rectification.services import importing, search  # noqa: E402 - Django first
from xiaohao.rectification.services.importing.content import (  # noqa: E402 - Django first
    FindingContent,
    ImportContent,
    MeasureContent,
)

PAGES = {
    "first page": ("", "", []),
    "state filter": ("?state=phased", "AND state = %s", ["phased"]),
    "search 接待": ("?q=接待", "", []),
    "state and search": ("?state=phased&q=接待", "AND state = %s", ["phased"]),
}
CREATED, IMPORTED = 400, 10_000


def raw_page(organ: int, where: str, values: list[str], *, searched: bool) -> None:
    """Fetch what the page shows with one bare statement."""
    if searched:
        postgresql = connection.vendor == "postgresql"
        found = (
            "AND id IN (SELECT id FROM rectification_finding_search "
            "WHERE body @@ phraseto_tsquery('simple', '接待'))"
            if postgresql
            else "AND id IN (SELECT rowid FROM rectification_finding_search "
            "WHERE rectification_finding_search MATCH '\"接待\"')"
        )
        where = f"{where} {found}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM rectification_finding WHERE organ_id = %s {where} "  # noqa: S608 - constants
            "ORDER BY inspection_id, number, id LIMIT 51",
            [organ, *values],
        )
        cursor.fetchall()


def create(clerk, area: Area, first: int) -> float:
    """Create findings one by one, each in its own transaction with log and index; return them per second."""
    start = time.perf_counter()
    for number in range(first, first + CREATED):
        finding = Finding(
            organ=clerk.organ,
            inspection=area.inspection,
            area=area,
            number=number,
            code=f"1-{number}",
            title=f"新建的第{number}个问题",
        )
        with transaction.atomic():
            search.index([records.create(finding, by=clerk, action="finding.created")])
    return CREATED / (time.perf_counter() - start)


def create_bare(clerk, first: int) -> float:
    """Insert the same rows, one transaction each, without checks, log and index."""
    rows = list(Finding.objects.filter(organ=clerk.organ, number__gte=first)[:CREATED])
    Finding.objects.filter(pk__in=[row.pk for row in rows]).delete()
    start = time.perf_counter()
    for row in rows:
        row.pk = None
        Finding.objects.bulk_create([row])
    return CREATED / (time.perf_counter() - start)


def take_in(clerk) -> float:
    """Import a ledger of that many rows with log entries; return rows per second."""
    findings = [
        FindingContent(
            number=number,
            area="方面",
            title=f"导入的第{number}个问题",
            measures=[MeasureContent(f"措施{one}") for one in range(3)],
        )
        for number in range(1, IMPORTED // 4 + 1)
    ]
    content = ImportContent(title="导入的巡察", findings=findings)
    start = time.perf_counter()
    importing.confirm(content=content, organ=clerk.organ, by=clerk, create_missing=True)
    return IMPORTED / (time.perf_counter() - start)


def take_in_bare(clerk) -> float:
    """Insert the rows of the newest import again without checks, log and index."""
    newest = Inspection.objects.filter(organ=clerk.organ).order_by("-number").first()
    findings = list(Finding.objects.filter(inspection=newest))
    measures = list(Measure.objects.filter(finding__inspection=newest))
    with transaction.atomic():
        Measure.objects.filter(pk__in=[one.pk for one in measures[:1]]).exists()
        start = time.perf_counter()
        for number, one in enumerate(findings):
            one.pk, one.number = None, 1_000_000 + number
        Finding.objects.bulk_create(findings, batch_size=1000)
        for number, one in enumerate(measures):
            one.pk, one.number = None, 100 + number % 30_000
            one.finding = findings[number // 3]
        Measure.objects.bulk_create(measures, batch_size=1000)
        taken = time.perf_counter() - start
        transaction.set_rollback(True)
    return (len(findings) + len(measures)) / taken


def export(client) -> float:
    """Give the whole list as Excel; return seconds."""
    start = time.perf_counter()
    for _block in client.get("/findings/export/").streaming_content:
        pass
    return time.perf_counter() - start


def fetch(organ: int) -> float:
    """Fetch the same rows bare; return seconds."""
    start = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM rectification_measure m JOIN rectification_finding f ON f.id = m.finding_id "
            "WHERE m.organ_id = %s ORDER BY f.inspection_id, f.number, m.number",
            [organ],
        )
        while cursor.fetchmany(1000):
            pass
    return time.perf_counter() - start


def measured(count: int) -> dict[str, str]:
    """Fill an organ with findings and return what everything took, in words."""
    organ = organs.create_organ(code=f"bench-{count}", name=f"测量机关{count}")
    clerk = person(organ, "干事", Role.CLERK)
    inspection = fill(organ, clerk, person(organ, "责任人", Role.OWNER), count, 1)
    analyse()
    client, found = logged_in(clerk), {}
    for name, (query, where, values) in PAGES.items():
        address = f"/findings/{query}"
        assert client.get(address).status_code == 200
        page = median(lambda address=address: client.get(address))
        searched = "q=" in query
        bare = median(
            lambda where=where, values=values, searched=searched: raw_page(
                organ.pk, where, values, searched=searched
            )
        )
        found[name] = f"{page:.1f} ms ({page / bare:.0f}×)"
    exported, fetched = export(client), fetch(organ.pk)
    found["export"] = f"{exported:.2f} s ({exported / fetched:.0f}×)"
    area = Area.objects.select_related("inspection").get(inspection=inspection)
    made, bare = create(clerk, area, count + 1), create_bare(clerk, count + 1)
    found["create"] = f"{made:.0f}/s ({bare / made:.1f}×)"
    rows, bare = take_in(clerk), take_in_bare(clerk)
    found["import"] = f"{rows:.0f} rows/s ({bare / rows:.1f}×)"
    found["memory"] = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB at most"
    return found


def main() -> None:
    call_command("migrate", verbosity=0)
    sizes = [int(argument) for argument in sys.argv[1:]] or [10_000, 100_000]
    columns = [measured(count) for count in sizes]
    print(f"  {connection.vendor}".ljust(24) + "".join(f"{f'{size:,} findings':>26}" for size in sizes))
    for name in columns[0]:
        print(f"  {name:<22}" + "".join(f"{column[name]:>26}" for column in columns))
    if connection.vendor == "sqlite":
        tool = Path(__file__).resolve().parent.parent / "tools" / "postgresql.py"
        command = [sys.executable, str(tool), sys.executable, __file__, *sys.argv[1:]]
        sys.stdout.flush()
        sys.exit(subprocess.run(command, check=False).returncode)


if __name__ == "__main__":
    main()

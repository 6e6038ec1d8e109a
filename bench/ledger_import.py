"""What a large ledger costs: reading, keeping as a draft, writing with log entries — against the raw library
and the raw database, in one run.

    python bench/ledger_import.py [rows ...]

Prints rows per second of each step, its ratio to the raw step (calamine reading the same file; inserting the
same rows without checks and log), and the growth of memory, for 5,000 and 20,000 rows unless told otherwise.
"""

import os
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

HOME = tempfile.mkdtemp()
os.environ["XIAOHAO_HOME"] = HOME
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaohao.config.settings")

import django  # noqa: E402 - the home folder first

django.setup()

import xlsxwriter  # noqa: E402 - Django first
from django.core.management import call_command  # noqa: E402 - Django first
from django.db import transaction  # noqa: E402 - Django first
from python_calamine import CalamineWorkbook  # noqa: E402 - Django first

from xiaohao.core.models import Organ  # noqa: E402 - Django first
from xiaohao.core.services import organs  # noqa: E402 - Django first
from xiaohao.reading import read  # noqa: E402 - Django first
from xiaohao.rectification.models import Area, Finding, Inspection, Measure  # noqa: E402 - Django first
from xiaohao.rectification.services import importing  # noqa: E402 - Django first

HEADER = (
    "序号",
    "方面",
    "反馈问题",
    "整改措施",
    "责任领导",
    "牵头单位",
    "责任人",
    "整改时限",
    "进展情况",
    "完成情况",
)
MEASURES = 4
MEBIBYTE = 1024 * 1024


def ledger(rows: int) -> Path:
    """Write an Excel ledger with that many measures, four to a finding."""
    path = Path(HOME) / f"{rows}.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("整改台账")
    sheet.write_row(0, 0, HEADER)
    for row in range(rows):
        finding = row // MEASURES + 1
        sheet.write_row(
            row + 1,
            0,
            [
                finding,
                f"方面{finding % 10}",
                f"第{finding}个问题：提案办理超期",
                f"第{row}条措施：修订办法，逐件登记",
                "罗明远",
                f"委室{row % 20}",
                f"责任人{row % 50}",
                "2026-06-30",
                "已印发并组织学习",
                "整改中",
            ],
        )
    book.close()
    return path


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def raw_reading(path: Path) -> int:
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    return sum(1 for _row in sheet.iter_rows())


def our_reading(path: Path) -> int:
    reading = read(path.read_bytes(), path.name)
    assert reading.ledger is not None
    return sum(1 for _row in reading.ledger.rows)


@transaction.atomic
def raw_writing(organ: Organ) -> None:
    """Insert copies of the newest inspection's rows, without checks, codes, index and log."""
    source = Inspection.objects.filter(organ=organ).latest("number")
    rows = [list(source.areas.all()), list(source.findings.all())]
    rows.append(list(Measure.objects.filter(finding__inspection=source)))
    source.pk, source.number = None, source.number + 1
    source.save()
    areas, findings, measures = rows
    numbers = {area.pk: area for area in areas}
    for area in areas:
        area.pk, area.inspection = None, source
    Area.objects.bulk_create(areas)
    by_number = {finding.pk: finding for finding in findings}
    for finding in findings:
        finding.area = numbers[finding.area_id]
        finding.pk, finding.inspection = None, source
    Finding.objects.bulk_create(findings, batch_size=1000)
    for measure in measures:
        measure.finding = by_number[measure.finding_id]
        measure.pk = None
    Measure.objects.bulk_create(measures, batch_size=1000)


def measure(rows: int) -> None:
    path = ledger(rows)
    organ = organs.create_organ(code=f"bench-{rows}", name=f"测量机关{rows}")
    raw_read, _count = timed(lambda: raw_reading(path))
    our_read, _count = timed(lambda: our_reading(path))

    def keep() -> Any:
        with path.open("rb") as file:
            return importing.keep(organ=organ, file=file, name=path.name, by=None)

    kept, draft = timed(keep)
    wrote, _inspection = timed(lambda: importing.write(draft=draft, by=None, into=None, create_missing=True))
    raw_wrote, _nothing = timed(lambda: raw_writing(organ))
    tracemalloc.start()
    with path.open("rb") as file:
        again = importing.keep(organ=organ, file=file, name="again.xlsx", by=None)
    keep_peak = tracemalloc.get_traced_memory()[1] / MEBIBYTE
    tracemalloc.reset_peak()
    importing.write(draft=again, by=None, into=None, create_missing=True)
    write_peak = tracemalloc.get_traced_memory()[1] / MEBIBYTE
    tracemalloc.stop()
    print(f"{rows:,} rows")
    print(f"  read            {rows / our_read:>9,.0f} rows/s   {our_read / raw_read:.1f} × raw library")
    print(f"  keep as draft   {rows / kept:>9,.0f} rows/s   peak {keep_peak:.0f} MiB of Python objects")
    print(
        f"  write with log  {rows / wrote:>9,.0f} rows/s   {wrote / raw_wrote:.1f} × raw inserts"
        f"   peak {write_peak:.0f} MiB"
    )


def main() -> None:
    call_command("migrate", verbosity=0)
    for rows in [int(argument) for argument in sys.argv[1:]] or [5_000, 20_000]:
        measure(rows)


if __name__ == "__main__":
    main()

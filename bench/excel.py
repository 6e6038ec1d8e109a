"""What the ledger costs as Excel: our layout against the raw library and against openpyxl, in one run.

    python bench/excel.py [rows ...]

Writes invented rows, four measures to a finding, in the columns of the ledger: with merged cells, heights,
page ends and rows to fill in (ours); the same cells in the same formats and nothing else, by xlsxwriter as a
stream (raw) and by openpyxl in its write-only mode; then the export of as many from the database. Each runs
in a process of its own, on Linux. Prints seconds, their ratio to raw, the peak of the process's memory above
what it had before, and the size of the file, for 10,000 and 100,000 rows unless told otherwise.
"""

import datetime as dt
import multiprocessing
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

os.environ.setdefault("XIAOHAO_HOME", tempfile.mkdtemp())  # of the first process, and of those it starts
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaohao.config.settings")

import django

django.setup()

import xlsxwriter  # noqa: E402 - Django first
from django.core.management import call_command  # noqa: E402 - Django first
from openpyxl import Workbook  # noqa: E402 - Django first
from openpyxl.cell import WriteOnlyCell  # noqa: E402 - Django first
from openpyxl.styles import Alignment, Border, Font, Side  # noqa: E402 - Django first

from scene import fill, person  # noqa: E402 - beside this file
from xiaohao.core.models import Organ, Role  # noqa: E402 - Django first
from xiaohao.core.services import organs  # noqa: E402 - Django first
from xiaohao.core.sheets import Block, Column, Sheet, write_sheets  # noqa: E402 - Django first
from xiaohao.rectification.columns import COLUMNS, LEDGER  # noqa: E402 - Django first
from xiaohao.rectification.models import Finding, Measure  # noqa: E402 - Django first
from xiaohao.rectification.sheets import ledger_file  # noqa: E402 - Django first

MEASURES = 4
MEBIBYTE = 1024 * 1024
FACE, SIZE, DAY = "仿宋_GB2312", 11, "yyyy-mm-dd"
WIDTHS = [COLUMNS[name].width for name in LEDGER]


def blocks(rows: int) -> Iterator[Block]:
    """Yield a finding after the other, in the columns of the ledger."""
    for number in range(1, rows // MEASURES + 1):
        yield [
            [
                number,
                "资金和财务管理方面",
                f"第{number}个问题：公务卡结算不规范",
                "抽查发现部分强制结算目录内的支出用现金报销，没有说明理由。",
                "目录内支出全部用公务卡结算",
                f"1-{number}-{measure}",
                f"第{measure}条措施：公布强制结算目录，现金报销须附说明，按月抽查并通报结果",
                "方静怡",
                "财务室",
                f"责任人{number % 50}",
                "办公室、机关党支部",
                "限期整改",
                dt.date(2026, 6, 30),
                "目录已公布，并组织学习。",
                "整改中",
                "目录文本、通知",
                "",
            ]
            for measure in range(1, MEASURES + 1)
        ]


def ours(rows: int) -> IO[bytes]:
    columns = [
        Column(
            str(one.title),
            one.width,
            group=str(one.group),
            spans=one.spans,
            centred=one.centred,
            exact=one.exact,
        )
        for one in (COLUMNS[name] for name in LEDGER)
    ]
    sheet = Sheet("整改台账", columns, title="测量机关巡察反馈问题整改台账", frozen=3, to_fill=300)
    return write_sheets((sheet, blocks(rows)))


def raw(rows: int) -> IO[bytes]:
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it was measured
    book = xlsxwriter.Workbook(stream, {"constant_memory": True})
    sheet = book.add_worksheet("整改台账")
    common = {"font_name": FACE, "font_size": SIZE, "border": 1, "text_wrap": True, "valign": "vcenter"}
    text, day = book.add_format(common), book.add_format({**common, "num_format": DAY})
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    number = 0
    for block in blocks(rows):
        for row in block:
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, place, value, text)
                elif isinstance(value, dt.date):
                    sheet.write_datetime(number, place, value, day)
                else:
                    sheet.write_number(number, place, value, text)
            number += 1
    book.close()
    return stream


def openpyxl(rows: int) -> IO[bytes]:
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it was measured
    book = Workbook(write_only=True)
    sheet = book.create_sheet("整改台账")
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    font, side = Font(name=FACE, size=SIZE), Side(style="thin")
    border = Border(left=side, right=side, top=side, bottom=side)
    alignment = Alignment(wrap_text=True, vertical="center")
    for block in blocks(rows):
        for row in block:
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, value=value)
                cell.font, cell.border, cell.alignment = font, border, alignment
                if isinstance(value, dt.date):
                    cell.number_format = DAY
                cells.append(cell)
            sheet.append(cells)
    book.save(stream)
    return stream


def from_database(rows: int) -> IO[bytes]:
    organ = Organ.objects.get(code=f"bench-{rows}")
    findings, measures = Finding.objects.filter(organ=organ), Measure.objects.filter(organ=organ)
    return ledger_file(findings, measures, organ)


def memory(what: str) -> float:
    """Return the mebibytes this process has (VmRSS) or had at most (VmHWM)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.findall(rf"{what}:\s*(\d+)", status)[0]) / 1024


def measured(write: Callable[[int], IO[bytes]], rows: int, told: Any) -> None:
    """Write once and tell seconds, mebibytes of memory above those before, and mebibytes of the file."""
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")  # the most counts from here
    before = memory("VmRSS")
    start = time.perf_counter()
    with write(rows) as stream:
        took = time.perf_counter() - start
        size = stream.seek(0, os.SEEK_END)
    told.put((took, memory("VmHWM") - before, size / MEBIBYTE))


def apart(write: Callable[[int], IO[bytes]], rows: int) -> tuple[float, float, float]:
    """Measure in a fresh process: the peak of a process never goes down."""
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    process = context.Process(target=measured, args=(write, rows, told))
    process.start()
    found: tuple[float, float, float] = told.get()
    process.join()
    return found


def show(name: str, found: tuple[float, float, float], floor: float) -> None:
    took, peak, size = found
    print(
        f"  {name:<15} {took:>6.1f} s   {took / floor:>4.1f} × raw   {peak:>6.1f} MiB   {size:>5.1f} MiB file"
    )


def main() -> None:
    call_command("migrate", verbosity=0)
    for rows in [int(argument) for argument in sys.argv[1:]] or [10_000, 100_000]:
        organ = organs.create_organ(code=f"bench-{rows}", name=f"测量机关{rows}")
        clerk, owner = person(organ, "林清越", Role.CLERK), person(organ, "唐溪", Role.OWNER)
        fill(organ, clerk, owner, rows // MEASURES, MEASURES)
        print(f"{rows:,} rows of {len(LEDGER)} columns")
        floor = apart(raw, rows)
        show("raw", floor, floor[0])
        show("ours", apart(ours, rows), floor[0])
        show("openpyxl", apart(openpyxl, rows), floor[0])
        show("from database", apart(from_database, rows), floor[0])


if __name__ == "__main__":
    main()

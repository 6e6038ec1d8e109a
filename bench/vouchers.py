# ruff: noqa: S608 - the SQL written by hand is made of constants
"""What a million vouchers cost: importing them with progress, and running their controls — against the raw
database in one run.

    python bench/vouchers.py [lines]                                       on SQLite
    python tools/postgresql.py .venv/bin/python bench/vouchers.py [lines]  on PostgreSQL

Prints lines per second of each step and its ratio to bare inserts of the same lines, the most memory the
process took in each step, and the time of each control beside SQL written by hand for the same question; both
must give the same rows.
"""

import datetime as dt
import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HOME = tempfile.mkdtemp()
os.environ["XIAOHAO_HOME"] = HOME
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaohao.config.settings")

import django  # noqa: E402 - the home folder first

django.setup()

from django.core.files import File  # noqa: E402 - Django first
from django.core.management import call_command  # noqa: E402 - Django first
from django.db import connection, transaction  # noqa: E402 - Django first
from django.utils import timezone  # noqa: E402 - Django first

import scene  # noqa: E402 - Django first
from xiaohao.core.models import Account, Organ, Role, SettingValue  # noqa: E402 - Django first
from xiaohao.core.services import organs  # noqa: E402 - Django first
from xiaohao.ledger.controls import CONTROLS, Parameters  # noqa: E402 - Django first
from xiaohao.ledger.services import controls, register_import  # noqa: E402 - Django first
from xiaohao.registers.vouchers.models import COMPULSORY, VoucherLine  # noqa: E402 - Django first
from xiaohao.registers.vouchers.register import VOUCHERS  # noqa: E402 - Django first

KINDS = ("办公费", "差旅费", "会议费", "公务接待费", "维修（护）费", "目录以外")
HEADER = "凭证行号,记账日期,支出项目,摘要,收款方,金额,支付方式,经办人,到期还款日,报销日期\n"
MEBIBYTE = 1024 * 1024
SMALL, LARGE, DAYS = 20_000, 5_000_000, 7
ITEMS = ", ".join(f"'{kind}'" for kind in COMPULSORY)
COMMON = "FROM registers_voucherline v WHERE v.organ_id = %(organ)s"
CASH = f"v.method = 'cash' AND v.kind IN ({ITEMS})"
BY_HAND = {
    "vouchers.compulsory_in_cash": f"""SELECT v.id {COMMON} AND {CASH}
        AND (v.exemption = '' OR (v.exemption = 'no_reader' AND v.sum >= {SMALL}))""",
    "vouchers.exempt_without_reason": f"""SELECT v.id {COMMON} AND {CASH}
        AND v.exemption_reason = '' AND v.exemption <> ''""",
    "vouchers.split": f"""SELECT v.id {COMMON} AND {CASH} AND v.sum > 0 AND v.sum < {SMALL} AND v.payee <> ''
        AND (SELECT SUM(w.sum) FROM registers_voucherline w WHERE w.organ_id = v.organ_id
             AND w.method = 'cash' AND w.kind = v.kind AND w.payee = v.payee AND w.sum > 0 AND w.sum < {SMALL}
             AND w.booked_day > v.booked_day - {DAYS} AND w.booked_day <= v.booked_day) >= {SMALL}""",
    "vouchers.reimbursed_late": f"SELECT v.id {COMMON} AND v.method = 'card' AND v.reimbursed_on > v.due_on",
    "vouchers.large_without_decision": f"SELECT v.id {COMMON} AND v.sum >= {LARGE} AND v.decision_id IS NULL",
}


def export(lines: int) -> Path:
    """Write the accounts' export: one line in fifty in cash, one in five hundred too dear for cash."""
    path = Path(HOME) / "vouchers.csv"
    first = dt.date(2025, 1, 1)
    with path.open("w", encoding="utf-8") as stream:
        stream.write(HEADER)
        for number in range(lines):
            day = first + dt.timedelta(days=number * 600 // lines)
            cash = number % 50 == 0
            yuan = 350 if number % 500 == 0 else 60_000 if number % 20_000 == 1 else 120 + number % 70
            due = day + dt.timedelta(days=20)
            late = day + dt.timedelta(days=25 if number % 1000 == 7 else 5)
            place = number // 50
            payee = f"某商店{place - (place % 200 == 1)}"  # now and then the shop of fifty lines before
            stream.write(
                f"记-{number:08d},{day},{KINDS[number // 100 % 6]},报销费用第{number}笔,{payee},{yuan}.50,"
                f"{'现金' if cash else '公务卡'},经办人{number % 40},{due},{late}\n"
            )
    return path


class Memory:
    """The most memory the process held while a step ran, sampled twenty times a second."""

    def __init__(self) -> None:
        self.most, self._going = 0.0, True
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._going = False
        self._thread.join()

    def _watch(self) -> None:
        while self._going:
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            self.most = max(self.most, pages * resource.getpagesize() / MEBIBYTE)
            time.sleep(0.05)


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    with Memory() as memory:
        start = time.perf_counter()
        result = work()
        took = time.perf_counter() - start
    return took, memory.most, result


def keep(path: Path, organ: Organ, by: Account) -> Any:
    with path.open("rb") as stream:
        return register_import.keep(register=VOUCHERS, organ=organ, file=File(stream, path.name), by=by)


@transaction.atomic
def bare(organ: Organ, lines: int) -> None:
    """Insert the same lines without reading, checks and log."""
    now = timezone.now()
    rows = (
        VoucherLine(
            organ=organ,
            key=f"B-{number:08d}",
            booked_on=dt.date(2025, 1, 1),
            booked_day=739_000,
            kind="travel",
            summary=f"报销费用第{number}笔",
            payee=f"某商店{number % 3000}",
            sum=12_050,
            method="card",
            holder=f"经办人{number % 40}",
            created_at=now,
            changed_at=now,
        )
        for number in range(lines)
    )
    for batch in scene.batches(rows):
        VoucherLine.objects.bulk_create(batch, batch_size=1000)


def by_hand(key: str, organ: Organ) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND[key] % {"organ": organ.pk})
        return sorted(row[0] for row in cursor.fetchall())


def declared(key: str, organ: Organ) -> list[int]:
    rows = CONTROLS[key].breaks(
        VoucherLine.objects.filter(organ=organ), Parameters(organ, timezone.localdate())
    )
    return sorted(rows.order_by().values_list("pk", flat=True))


def compare(organ: Organ) -> None:
    for key in BY_HAND:
        times: dict[str, list[float]] = {"hand": [], "declared": []}
        for _again in range(5):
            for name, ask in (("hand", by_hand), ("declared", declared)):
                start = time.perf_counter()
                found = ask(key, organ)
                times[name].append(time.perf_counter() - start)
                if name == "hand":
                    expected = found
        assert found == expected, key
        hand, ours = min(times["hand"]), min(times["declared"])
        print(f"  {key:<34}{len(found):>8,} rows {1000 * ours:>9.1f} ms   {ours / hand:.2f} × by hand")


def main() -> None:
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    call_command("migrate", verbosity=0)
    organ = organs.create_organ(code="bench", name="测量机关")
    other = organs.create_organ(code="bare", name="另一机关")
    clerk = scene.person(organ, "林清越", Role.CLERK)
    SettingValue.objects.create(
        organ=organ, key="meetings.large_sum_yuan", value=LARGE // 100, valid_from=dt.date(2020, 1, 1)
    )
    small = keep(export(1000), organ, clerk)
    register_import.discard(draft=small, by=clerk)
    start_memory = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / MEBIBYTE
    path = export(lines)
    print(f"{connection.vendor}, {lines:,} lines, {start_memory:.0f} MiB before")
    kept, kept_memory, draft = timed(lambda: keep(path, organ, clerk))
    assert draft.fault_count == 0, draft.faults
    wrote, wrote_memory, _done = timed(
        lambda: register_import.write(register=VOUCHERS, draft=draft, by=clerk)
    )
    bare_took, _memory, _nothing = timed(lambda: bare(other, lines))
    print(f"  read and check  {lines / kept:>9,.0f} lines/s {'':>20} {kept_memory:.0f} MiB at most")
    print(
        f"  write with log  {lines / wrote:>9,.0f} lines/s   {wrote / bare_took:.1f} × bare inserts   "
        f"{wrote_memory:.0f} MiB at most (its controls run at the end)"
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    compare(organ)
    keys = [CONTROLS[key] for key in BY_HAND]
    took, most, opened = timed(lambda: controls.run(organ, timezone.localdate(), keys))
    print(f"  all five again  {took:.1f} s, {opened} new hits, {most:.0f} MiB at most")


if __name__ == "__main__":
    main()

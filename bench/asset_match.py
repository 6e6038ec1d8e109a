"""What the match of books, cards and things costs: 200,000 cards and the accounts' export of 50,000 lines —
against reading the same two tables grouped by the raw database, in one run.

    python bench/asset_match.py [cards]                                       on SQLite
    python tools/postgresql.py .venv/bin/python bench/asset_match.py [cards]  on PostgreSQL
"""

import datetime as dt
import os
import sys
import tempfile
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
from django.db import connection  # noqa: E402 - Django first
from django.utils import timezone  # noqa: E402 - Django first

import scene  # noqa: E402 - Django first
from xiaohao.core.models import Organ, Role  # noqa: E402 - Django first
from xiaohao.core.services import organs  # noqa: E402 - Django first
from xiaohao.ledger.register import add  # noqa: E402 - Django first
from xiaohao.ledger.services import register_import  # noqa: E402 - Django first
from xiaohao.registers.assets.models import AssetCard, Match  # noqa: E402 - Django first
from xiaohao.registers.assets.register import ACCOUNT_LINES, MATCHES  # noqa: E402 - Django first
from xiaohao.registers.assets.services import match  # noqa: E402 - Django first

CARDS_OF_A_LINE = 4
WRONG = 500  # one line in so many differs


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def fill(organ: Organ, count: int) -> None:
    now = timezone.now()
    cards = (
        AssetCard(
            organ=organ,
            number=f"K{number:07d}",
            name="台式计算机",
            category="A02",
            acquired_on=dt.date(2021, 6, 18),
            value=468_000,
            account_number=f"Z{number // CARDS_OF_A_LINE:07d}",
            room=f"{number % 300}",
            created_at=now,
            changed_at=now,
        )
        for number in range(count)
    )
    for batch in scene.batches(cards):
        AssetCard.objects.bulk_create(batch)


def accounts(lines: int) -> Path:
    path = Path(HOME) / "accounts.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write("账面编号,名称,数量,账面价值\n")
        for number in range(lines):
            yuan = 4680 * CARDS_OF_A_LINE + (10 if number % WRONG == 0 else 0)
            stream.write(f"Z{number:07d},台式计算机,{CARDS_OF_A_LINE},{yuan}.00\n")
    return path


def by_hand(organ: Organ, found: Match) -> int:
    """Read what any match must read: cards grouped by their number in the books, and the books."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account_number, COUNT(*), SUM(value) FROM registers_assetcard"
            " WHERE organ_id = %s AND state <> 'disposed' GROUP BY account_number",
            [organ.pk],
        )
        cards = cursor.fetchall()
        cursor.execute(
            "SELECT number, quantity, value FROM registers_accountline WHERE organ_id = %s AND match_id = %s",
            [organ.pk, found.pk],
        )
        return len(cards) + len(cursor.fetchall())


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    call_command("migrate", verbosity=0)
    organ = organs.create_organ(code="bench", name="测量机关")
    clerk = scene.person(organ, "林清越", Role.CLERK)
    fill(organ, count)
    values = {"title": "核对", "as_of": timezone.localdate(), "accountant": clerk.person}
    found: Any = add(MATCHES, Match(organ=organ), values, clerk)
    path = accounts(count // CARDS_OF_A_LINE)

    def import_accounts() -> None:
        with path.open("rb") as stream:
            draft = register_import.keep(
                register=ACCOUNT_LINES,
                organ=organ,
                file=File(stream, path.name),
                by=clerk,
                belongs_to={"match": found.pk},
            )
        register_import.write(register=ACCOUNT_LINES, draft=draft, by=clerk)

    imported, _nothing = timed(import_accounts)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    hand, _rows = timed(lambda: by_hand(organ, found))
    first, _match = timed(lambda: match(found=found, by=clerk))
    again, _match = timed(lambda: match(found=found, by=clerk))
    lines = count // CARDS_OF_A_LINE
    differences = found.differences.count()
    print(f"{connection.vendor}, {count:,} cards, {lines:,} lines of books, {differences} differences")
    print(
        f"  import of the books  {imported:5.1f} s   {lines / imported:,.0f} lines/s, read, checked, written"
    )
    print(f"  first match          {first:5.2f} s   {first / hand:.1f} × reading both by hand")
    print(f"  match again          {again:5.2f} s   {again / hand:.1f} ×")


if __name__ == "__main__":
    main()

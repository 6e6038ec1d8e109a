"""What the pages cost in a database with one organ and in one with three hundred, in one run.

    python bench/many_organs.py [organs]

Each organ has 100 findings of 3 measures with history. Prints milliseconds (median of eleven) and the number
of queries of: my duties, the list, the page of a finding, and the supervisor's view; and the ratio.
"""

import os
import sys
import tempfile

os.environ["XIAOHAO_HOME"] = tempfile.mkdtemp()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaohao.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django first
from django.db import connection  # noqa: E402 - Django first

from scene import analyse, fill, logged_in, median, person  # noqa: E402 - Django first
from xiaohao.core.models import Organ, Role  # noqa: E402 - Django first
from xiaohao.core.services import organs  # noqa: E402 - Django first
from xiaohao.rectification.models import Finding  # noqa: E402 - Django first

FINDINGS, MEASURES = 100, 3


class Counter:
    """Counts the statements that go through it."""

    statements = 0

    def __call__(self, execute, sql, params, many, context):
        self.statements += 1
        return execute(sql, params, many, context)


def organ_below(above: Organ, number: int) -> tuple[Organ, object]:
    organ = organs.create_organ(code=f"organ-{number}", name=f"第{number}个单位", parent=above)
    owner = person(organ, "责任人", Role.OWNER)
    fill(organ, person(organ, "干事", Role.CLERK), owner, FINDINGS, MEASURES)
    return organ, owner


def measured(owner, supervisor, finding: int) -> dict[str, tuple[float, int]]:
    """Return milliseconds and number of queries of each page."""
    pages = {
        "my duties": (owner, "/my-duties/"),
        "list": (owner, "/findings/"),
        "finding": (owner, f"/findings/{finding}/"),
        "supervisor's view": (supervisor, "/organs/"),
    }
    found = {}
    for name, (account, address) in pages.items():
        client = logged_in(account)
        assert client.get(address).status_code == 200
        counter = Counter()
        with connection.execute_wrapper(counter):
            client.get(address)
        taken = median(lambda client=client, address=address: client.get(address))
        found[name] = (taken, counter.statements)
    return found


def main() -> None:
    call_command("migrate", verbosity=0)
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    above = organs.create_organ(code="above", name="市委巡察办")
    supervisor = person(above, "督查", Role.SUPERVISOR)
    organ, owner = organ_below(above, 1)
    finding = Finding.objects.filter(organ=organ).first().pk
    analyse()
    one = measured(owner, supervisor, finding)
    for number in range(2, most + 1):
        organ_below(above, number)
    analyse()
    many = measured(owner, supervisor, finding)
    print(f"  {'page':<20}{'1 organ':>14}{f'{most} organs':>16}{'ratio':>8}{'queries':>14}")
    for name, (before, queries) in one.items():
        after, later = many[name]
        print(f"  {name:<20}{before:>11.1f} ms{after:>13.1f} ms{after / before:>8.1f}{queries:>8} → {later}")


if __name__ == "__main__":
    main()

"""Of several inspections imported at the same moment each gets a number of its own."""

from tests.at_once import MANY_WRITERS, WORKERS, in_threads
from tests.rectification.importing.test_importing import ROWS, ledger

from xiaohao.core.models import Department, Person
from xiaohao.core.services import audit
from xiaohao.reading import read
from xiaohao.rectification.models import Finding, Inspection
from xiaohao.rectification.services import importing

pytestmark = MANY_WRITERS


def test_each_import_gets_the_next_number_and_names_are_created_once(organ, clerk) -> None:
    content = importing.content_of(read(ledger(*ROWS), "台账.xlsx"))

    def confirm(_worker: int, _turn: int) -> None:
        importing.confirm(content=content, organ=organ, by=clerk, create_missing=True)

    assert in_threads(confirm, rounds=2) == []
    numbers = list(Inspection.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 2 * WORKERS + 1))
    assert Finding.objects.count() == 2 * 2 * WORKERS
    assert Department.objects.filter(name="提案委").count() == 1
    assert Person.objects.filter(name="唐溪").count() == 1
    assert list(audit.verify()) == []

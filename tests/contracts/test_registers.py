"""What holds for every register that is declared."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from xiaohao.core.access import allowed
from xiaohao.core.models import Role
from xiaohao.core.services import records
from xiaohao.core.values import label
from xiaohao.ledger.models import Delegation
from xiaohao.ledger.register import REGISTERS
from xiaohao.rectification.models import Cause, LookBackRound, Meeting, Rule

TODAY = timezone.localdate()
ALL = pytest.mark.parametrize("register", REGISTERS.values(), ids=lambda register: register.key)


@pytest.fixture
def make_row(office, inspection):
    """Make a row of a register: each kind needs its own."""
    organ, head = office.clerk.organ, office.head.person

    def values(key: str, number: int) -> tuple[type, dict[str, object]]:
        day = TODAY - dt.timedelta(days=number)
        return {
            "delegations": (
                Delegation,
                {
                    "person": head,
                    "deputy": office.leader.person,
                    "starts_on": day,
                    "ends_on": TODAY,
                    "reason": "出差",
                },
            ),
            "causes": (Cause, {"name": f"原因{number}"}),
            "rules": (Rule, {"name": f"办法{number}", "text": "第一条"}),
            "rectification-meetings": (
                Meeting,
                {
                    "inspection": inspection,
                    "held_on": day,
                    "title": f"会议{number}",
                    "chair": head,
                    "agenda": "研究整改",
                },
            ),
            "look-backs": (
                LookBackRound,
                {"title": f"第{number}轮", "starts_on": day, "due_on": TODAY, "checker": head, "seed": "x"},
            ),
        }[key]

    def make(key: str, number: int):
        model, given = values(key, number)
        action = f"{model.subject_kind}.created"
        return records.create(model(organ=organ), by=office.clerk, action=action, values=given)

    return make


@ALL
def test_its_pages_open_for_readers_only(register, client, make_row, office, make_account) -> None:
    row = make_row(register.key, 1)
    client.force_login(office.leader)
    for address in (f"/{register.key}/", register.address(row.pk), f"/{register.key}/export/"):
        answer = client.get(address)
        list(answer)  # a file is closed when it was read
        assert answer.status_code == 200
    client.force_login(make_account(office.clerk.organ, "叶管", Role.SYSTEM_ADMINISTRATOR))
    for address in (f"/{register.key}/", register.address(row.pk), f"/{register.key}/export/"):
        assert client.get(address).status_code == 403


@ALL
def test_the_rows_of_another_organ_do_not_exist(register, client, make_row, make_organ, make_account) -> None:
    row = make_row(register.key, 1)
    client.force_login(make_account(make_organ("neighbour", "红河区政协机关"), "周行", Role.CLERK, Role.HEAD))
    assert client.get(register.address(row.pk)).status_code == 404
    assert client.get(f"/{register.key}/").context["rows"] == []
    assert client.get(f"/{register.key}/{row.pk}/edit/").status_code == 404


@ALL
def test_more_rows_take_no_more_queries(register, client, make_row, office) -> None:
    client.force_login(office.leader)
    counts = []
    for number in (1, 2, 3):
        make_row(register.key, number)
        client.get(f"/{register.key}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/{register.key}/")
        counts.append(len(queries))
    assert len(set(counts)) == 1


@ALL
def test_the_export_gives_what_the_list_shows(register, client, make_row, office) -> None:
    for number in (1, 2):
        make_row(register.key, number)
    client.force_login(office.leader)
    shown = client.get(f"/{register.key}/").context["rows"]
    content = b"".join(client.get(f"/{register.key}/export/"))
    header, *rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert header == [label(register.model, name) for name in register.columns]
    assert [[said(cell) for cell in row] for row in rows] == [
        [text for _title, text in cells] for _address, cells in shown
    ]


def said(cell: object) -> str:
    return f"{cell:.0f}" if isinstance(cell, float) else str(cell)


@ALL
def test_what_it_looks_for_are_columns_of_its_own(register) -> None:
    names = {field.name for field in register.model._meta.get_fields()}
    assert set(register.search) <= names
    assert all(label(register.model, name) for name in (*register.columns, *register.facts))


@ALL
def test_its_form_opens_for_who_may_change_it(register, client, office) -> None:
    for account in (office.clerk, office.leader):
        client.force_login(account)
        opened = client.get(f"/{register.key}/add/").status_code == 200
        assert opened == allowed(account, register.change)


@ALL
def test_its_history_tells_who_made_a_row(register, client, make_row, office) -> None:
    row = make_row(register.key, 1)
    client.force_login(office.leader)
    history = client.get(register.address(row.pk)).context["history"]
    assert [step.by for step in history] == ["林清越"]


@ALL
def test_its_form_offers_nothing_of_another_organ(register, inspection, make_organ) -> None:
    """``RecordForm`` narrows every choice of a record to the organ."""
    form = register.form(instance=register.model(organ=make_organ("neighbour", "红河区政协机关")))
    choices = [field.queryset for field in form.fields.values() if hasattr(field, "queryset")]
    assert [list(rows) for rows in choices] == [[] for _rows in choices]

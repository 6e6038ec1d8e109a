"""What holds for every register that is declared."""

import io
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.forms import ModelChoiceField
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from tests.contracts.examples import make_named, make_row, texts

from xiaohao.core.access import ACTIONS, allowed
from xiaohao.core.fields import EncryptedField
from xiaohao.core.models import Role
from xiaohao.core.values import said
from xiaohao.ledger.cells import names_in
from xiaohao.ledger.models import RegisterImport
from xiaohao.ledger.register import REGISTERS
from xiaohao.ledger.services import register_import
from xiaohao.ledger.views.register import cell

TODAY = timezone.localdate()
DOCUMENTS = Path(__file__).resolve().parents[2] / "docs" / "generated" / "registers"


def each(registers):
    return pytest.mark.parametrize("register", list(registers), ids=lambda register: register.key)


ALL = each(REGISTERS.values())
IMPORTED = each(register for register in REGISTERS.values() if register.identity)
WORKED = each(register for register in REGISTERS.values() if register.workflow)


@pytest.fixture
def writer(office, make_account):
    """Somebody who may keep a register, by whatever role it names."""

    def make(register):
        for account in vars(office).values():
            if hasattr(account, "holds") and allowed(account, register.change):
                return account
        role = min(register.change.roles)
        return make_account(office.clerk.organ, "专管员", role)

    return make


def pages(register, row) -> list[str]:
    found = [f"/{register.key}/", register.address(row.pk)]
    return [*found, f"/{register.key}/export/", f"/{register.key}/guide/"]


@ALL
def test_its_pages_open_for_readers_only(register, client, office, writer, make_account) -> None:
    row = make_row(register, writer(register))
    administrator = make_account(office.clerk.organ, "叶管", Role.SYSTEM_ADMINISTRATOR)
    for account in (*(one for one in vars(office).values() if hasattr(one, "holds")), administrator):
        client.force_login(account)
        for address in pages(register, row):
            answer = client.get(address)
            list(answer)  # a file is closed when it was read
            assert answer.status_code == (200 if allowed(account, register.view) else 403)


@ALL
def test_the_rows_of_another_organ_do_not_exist(register, client, writer, make_organ, make_account) -> None:
    row = make_row(register, writer(register))
    stranger = make_account(make_organ("neighbour", "红河区政协机关"), "周行", *Role.values[:6])
    client.force_login(stranger)
    assert client.get(register.address(row.pk)).status_code == 404
    assert client.get(f"/{register.key}/").context["rows"] == []
    assert client.get(f"/{register.key}/{row.pk}/edit/").status_code == 404
    for step in register.workflow.steps if register.workflow else ():
        assert client.get(f"/{register.key}/{row.pk}/{step.key.replace('_', '-')}/").status_code == 404


@ALL
def test_more_rows_take_no_more_queries(register, client, writer) -> None:
    account = writer(register)
    client.force_login(account)
    counts = []
    for number in (1, 2, 3):
        make_row(register, account, number)
        client.get(f"/{register.key}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/{register.key}/")
        counts.append(len(queries))
    assert len(set(counts)) == 1


@ALL
def test_every_filter_finds_the_row_it_describes_and_no_other(register, client, writer) -> None:
    account = writer(register)
    row = make_row(register, account)
    client.force_login(account)
    for name in register.filters:
        column, value = register.model._meta.get_field(name), getattr(row, name)
        if value in (None, ""):
            continue
        if isinstance(column, models.DateField):
            found, other = {f"{name}_from": value, f"{name}_to": value}, {f"{name}_from": "2999-01-01"}
        elif isinstance(column, models.BooleanField):
            found, other = {name: int(value)}, {name: int(not value)}
        elif column.choices:
            found, other = {name: value}, {name: next(key for key, _l in column.flatchoices if key != value)}
        else:
            found, other = {name: value.pk}, {}
        assert len(client.get(f"/{register.key}/", found).context["rows"]) == 1
        if other:
            assert client.get(f"/{register.key}/", other).context["rows"] == []


@ALL
def test_its_search_finds_what_a_row_says(register, client, writer) -> None:
    account = writer(register)
    row = make_row(register, account)
    client.force_login(account)
    for name in register.search:
        first, *rest = name.split("__")
        wanted = str(getattr(row, first))[:20] if not rest else ""
        if wanted:
            assert len(client.get(f"/{register.key}/", {"q": wanted}).context["rows"]) == 1
    if register.search:
        assert client.get(f"/{register.key}/", {"q": "绝无此事"}).context["rows"] == []


def exported(client, register) -> tuple[list[str], list[list[object]]]:
    content = b"".join(client.get(f"/{register.key}/export/"))
    header, *rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return header, rows


@ALL
def test_the_export_gives_what_the_list_shows_and_all_that_was_entered(register, client, writer) -> None:
    account = writer(register)
    for number in (1, 2):
        make_row(register, account, number)
    client.force_login(account)
    shown = client.get(f"/{register.key}/").context["rows"]
    header, rows = exported(client, register)
    assert header == [register.label(name) for name in register.written]
    assert {register.label(name) for name in (*register.columns, *register.entered)} <= set(header)
    assert len(rows) == len(shown) == 2
    width = len(register.columns)
    numbers = [int(address.strip("/").split("/")[-1]) for address, _cells in shown]
    for number, row in zip(numbers, rows, strict=True):
        record = register.model.objects.get(pk=number)
        assert [plain(one) for one in row[:width]] == [plain(cell(record, name)) for name in register.columns]


def plain(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, int | float) else str(value)


def uploaded(client, register) -> SimpleUploadedFile:
    content = b"".join(client.get(f"/{register.key}/export/"))
    return SimpleUploadedFile("导出.xlsx", content)


@ALL
def test_no_two_columns_of_its_file_have_the_same_name(register) -> None:
    names = [register.label(name) for name in register.written]
    assert sorted(names) == sorted(set(names))


@IMPORTED
def test_importing_its_own_export_changes_nothing(register, client, writer) -> None:
    account = writer(register)
    for number in (1, 2):
        make_row(register, account, number)
    client.force_login(account)
    draft = register_import.keep(
        register=register, organ=account.organ, file=uploaded(client, register), by=account
    )
    assert draft.faults == []
    assert (draft.new_count, draft.changed_count, draft.same_count) == (0, 0, 2)


@IMPORTED
def test_importing_its_own_export_elsewhere_gives_the_same_rows(
    register, client, writer, make_organ, make_account
) -> None:
    account = writer(register)
    for number in (1, 2):
        make_row(register, account, number)
    client.force_login(account)
    file, (header, before) = uploaded(client, register), exported(client, register)
    if any(isinstance(field, EncryptedField) for field in register.model._meta.fields):
        return  # an export does not give away what is kept masked
    neighbour = make_organ("neighbour", "红河区政协机关")
    newcomer = make_account(neighbour, "周行", *register.change.roles)
    name_everything(register, newcomer)
    client.force_login(newcomer)
    draft = register_import.keep(register=register, organ=neighbour, file=file, by=newcomer)
    assert draft.faults == []
    register_import.write(register=register, draft=draft, by=newcomer)
    assert exported(client, register)[0] == header
    assert sorted(map(str, exported(client, register)[1])) == sorted(map(str, before))


def name_everything(register, by) -> None:
    for number in (1, 2):
        for name, text in texts(register, number).items():
            column = register.model._meta.get_field(name)
            if isinstance(column, models.ForeignKey | models.ManyToManyField):
                for one in names_in(text):
                    make_named(column.related_model, one, by)


@IMPORTED
def test_its_template_filled_in_with_the_example_is_a_new_row(register, client, writer) -> None:
    account = writer(register)
    name_everything(register, account)
    client.force_login(account)
    content = b"".join(client.get(f"/{register.key}/template/"))
    book = load_workbook(io.BytesIO(content))
    titles = [str(one.value).rstrip("*") for one in book.worksheets[0][1]]
    assert titles == [register.label(name) for name in register.imported]
    example = texts(register, 1)
    for place, name in enumerate(register.imported, start=1):
        book.worksheets[0].cell(2, place, example.get(name, ""))
    stream = io.BytesIO()
    book.save(stream)
    file = SimpleUploadedFile("填好的模板.xlsx", stream.getvalue())
    answer = client.post(f"/{register.key}/import/", {"file": file})
    draft = RegisterImport.objects.get()
    assert (draft.faults, draft.new_count) == ([], 1)
    assert client.post(answer["Location"], {"do": "write"}).status_code == 302
    assert register.model.objects.count() == 1


@IMPORTED
def test_a_file_with_a_bad_cell_writes_nothing_and_names_the_cell(register, client, writer) -> None:
    account = writer(register)
    client.force_login(account)
    book = load_workbook(io.BytesIO(b"".join(client.get(f"/{register.key}/template/"))))
    bad = next((name for name in register.imported if wrong(register, name)), "")
    example = texts(register, 1)
    name_everything(register, account)
    for place, name in enumerate(register.imported, start=1):
        text = wrong(register, name) if name == bad else example.get(name, "")
        book.worksheets[0].cell(2, place, text)
    if not bad:
        return  # every text is good
    stream = io.BytesIO()
    book.save(stream)
    file = SimpleUploadedFile("坏.xlsx", stream.getvalue())
    address = client.post(f"/{register.key}/import/", {"file": file})["Location"]
    draft = RegisterImport.objects.get()
    assert re.fullmatch(r"[A-Z]{1,2}2", draft.faults[0]["cell"])
    assert draft.faults[0]["field"] == bad
    client.post(address, {"do": "write"})
    assert not register.model.objects.filter(organ=account.organ).exists()


def wrong(register, name: str) -> str:
    """Return what cannot stand in a column; empty where anything can."""
    column = register.model._meta.get_field(name)
    if isinstance(column, models.DateField | models.IntegerField | models.BooleanField):
        return "不知道"
    return "不知道" if getattr(column, "choices", None) else ""


@ALL
def test_what_it_names_are_fields_of_its_own(register) -> None:
    names = {field.name for field in register.model._meta.get_fields()}
    searched = {name.split("__")[0] for name in register.search}
    assert searched | set(register.filters) | set(register.identity) <= names
    assert set(register.example) <= names
    assert all(register.label(name) for name in (*register.columns, *register.shown))


@ALL
def test_its_form_opens_for_who_may_change_it(register, client, office) -> None:
    for account in vars(office).values():
        if hasattr(account, "holds"):
            client.force_login(account)
            opened = client.get(f"/{register.key}/add/").status_code == 200
            assert opened == (register.may_add and allowed(account, register.change))


@WORKED
def test_every_step_is_refused_to_strangers_and_from_the_wrong_state(
    register, client, writer, make_account
) -> None:
    account = writer(register)
    row = make_row(register, account)
    stranger = make_account(account.organ, "叶管", Role.SYSTEM_ADMINISTRATOR)
    for step in register.workflow.steps:
        address = f"/{register.key}/{row.pk}/{step.key.replace('_', '-')}/"
        assert register.step_actions[step.key].key in ACTIONS
        client.force_login(stranger)
        assert client.get(address).status_code == 403
        client.force_login(account)
        expected = 403 if register.step_refusal(step, row, account) else 200
        assert client.get(address).status_code == expected
        if row.state not in step.sources:
            assert expected == 403


@ALL
def test_its_history_tells_who_made_a_row(register, client, writer) -> None:
    account = writer(register)
    row = make_row(register, account)
    client.force_login(account)
    history = client.get(register.address(row.pk)).context["history"]
    assert [step.by for step in history] == [account.person.name]


@ALL
def test_its_form_offers_nothing_of_another_organ(register, writer, make_organ) -> None:
    make_row(register, writer(register))
    form = register.form_class(instance=register.model(organ=make_organ("neighbour", "红河区政协机关")))
    choices = [field.queryset for field in form.fields.values() if isinstance(field, ModelChoiceField)]
    assert [list(rows) for rows in choices] == [[] for _rows in choices]


@ALL
def test_every_fact_of_a_row_can_be_said(register, writer) -> None:
    row = make_row(register, writer(register))
    assert all(isinstance(said(row, name), str) for name in (*register.columns, *register.shown))


@ALL
def test_it_has_its_page_in_the_documents(register) -> None:
    assert (DOCUMENTS / f"{register.key}.md").exists()

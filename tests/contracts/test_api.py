"""What holds for every register in the API: the same rows, permissions and refusals as on its pages."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.contracts.examples import make_row
from tests.contracts.test_registers import ALL, WORKED, writer

from xiaohao.core.access import allowed
from xiaohao.core.models import AuditEntry, Role
from xiaohao.core.services import api_keys

__all__ = ["writer"]
OPENAPI = Path(__file__).resolve().parents[2] / "docs" / "generated" / "openapi.json"


@pytest.fixture
def program(client):
    """Another program that calls the API with an account's key."""

    class Program:
        def __init__(self, account) -> None:
            self.headers = {"Authorization": f"Bearer {api_keys.make(account)}"}

        def get(self, address, **asked):
            return client.get(f"/api/{address}", asked, headers=self.headers)

        def send(self, method, address, given):
            send = getattr(client, method)
            return send(f"/api/{address}", json.dumps(given), "application/json", headers=self.headers)

    return Program


@ALL
def test_it_gives_the_rows_of_the_list(register, program, writer) -> None:
    account = writer(register)
    made = [make_row(register, account, number).pk for number in (1, 2)]
    answer = program(account).get(f"{register.key}/").json()
    assert sorted(row["id"] for row in answer["rows"]) == sorted(made)
    row = program(account).get(f"{register.key}/{made[0]}/").json()
    assert set(register.imported) <= set(row)


@ALL
def test_more_rows_take_no_more_queries(register, program, client, writer) -> None:
    account = writer(register)
    caller, counts = program(account), []
    client.force_login(account)
    for place in (1, 2, 3):
        make_row(register, account, place)
        with CaptureQueriesContext(connection) as queries:
            caller.get(f"{register.key}/")
        with CaptureQueriesContext(connection) as more:
            list(client.get(f"/{register.key}/export/"))
        counts.append((len(queries), len(more)))
    assert len(set(counts[1:])) == 1


@ALL
def test_it_is_closed_to_strangers_and_to_other_organs(
    register, program, client, writer, make_organ, make_account
) -> None:
    row = make_row(register, writer(register))
    assert client.get(f"/api/{register.key}/").status_code == 401
    bad = {"Authorization": "Bearer geraten"}
    assert client.get(f"/api/{register.key}/", headers=bad).status_code == 401
    administrator = make_account(row.organ, "叶管", Role.SYSTEM_ADMINISTRATOR)
    assert program(administrator).get(f"{register.key}/").status_code == 403
    stranger = make_account(make_organ("neighbour", "红河区政协机关"), "周行", *Role.values[:6])
    assert program(stranger).get(f"{register.key}/").json()["rows"] == []
    assert program(stranger).get(f"{register.key}/{row.pk}/").status_code == 404
    given = {"version": 1}
    assert program(stranger).send("patch", f"{register.key}/{row.pk}/", given).status_code == 404


@ALL
def test_what_it_refuses_it_says_in_sentences_and_writes_nothing(register, program, writer) -> None:
    if not register.may_add:
        return
    account = writer(register)
    before = register.model.objects.count()
    answer = program(account).send("post", f"{register.key}/", {"gibt_es_nicht": 1})
    assert answer.status_code == 422
    answer = program(account).send("post", f"{register.key}/", {})
    assert answer.status_code == 422
    assert answer.json()["fields"]
    assert register.model.objects.count() == before


@ALL
def test_who_may_not_keep_it_changes_nothing(register, program, writer, office) -> None:
    row = make_row(register, writer(register))
    for account in vars(office).values():
        if hasattr(account, "holds") and not allowed(account, register.change):
            answer = program(account).send("patch", f"{register.key}/{row.pk}/", {"version": 1})
            assert answer.status_code == 403
            answer = program(account).send("post", f"{register.key}/", {})
            closed = 403 if register.may_add or not allowed(account, register.view) else 405
            assert answer.status_code == closed


@ALL
def test_a_change_is_logged_and_one_from_an_old_version_is_refused(register, program, writer) -> None:
    account = writer(register)
    row = make_row(register, account)
    if not register.open_to(account, row):
        return
    entries = AuditEntry.objects.filter(subject_kind=row.subject_kind, subject_number=row.pk)
    name = next((one for one in register.entered if isinstance(getattr(row, one), str)), None)
    field = register.model._meta.get_field(name) if name else None
    free = field is not None and not field.choices and name not in register.identity
    text = "改过了" if free else None
    given = {"version": row.version} | ({name: text} if text else {})
    answer = program(account).send("patch", f"{register.key}/{row.pk}/", given)
    assert answer.status_code == 200, answer.json()
    if text and answer.json()["version"] == 2:
        assert entries.count() == 2
        answer = program(account).send("patch", f"{register.key}/{row.pk}/", {**given, name: "再改"})
        assert answer.status_code == 409


@WORKED
def test_a_step_that_the_page_refuses_the_api_refuses_with_the_same_sentence(
    register, program, writer
) -> None:
    account = writer(register)
    row = make_row(register, account)
    for step in register.workflow.steps:
        why_not = register.step_refusal(step, row, account)
        if why_not:
            address = f"{register.key}/{row.pk}/{step.key.replace('_', '-')}/"
            answer = program(account).send("post", address, {"version": row.version})
            assert (answer.status_code, answer.json()["reasons"]) == (422, [why_not])


def test_a_key_opens_no_page(client, clerk) -> None:
    headers = {"Authorization": f"Bearer {api_keys.make(clerk)}"}
    assert client.get("/rules/", headers=headers).status_code == 302


def test_a_session_writes_only_with_its_csrf_token(clerk) -> None:
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(clerk)
    assert browser.get("/api/rules/").status_code == 200
    answer = browser.post("/api/rules/", json.dumps({"name": "办法"}), "application/json")
    assert answer.status_code == 403


def test_a_new_key_ends_the_old_one_and_both_are_logged(client, clerk) -> None:
    old, new = api_keys.make(clerk), api_keys.make(clerk)
    statuses = [
        client.get("/api/rules/", headers={"Authorization": f"Bearer {key}"}).status_code
        for key in (old, new)
    ]
    assert statuses == [401, 200]
    assert AuditEntry.objects.filter(action="api_key.made").count() == 2


def test_its_description_is_the_one_that_is_kept(client, clerk) -> None:
    client.force_login(clerk)
    kept = json.loads(OPENAPI.read_text(encoding="utf-8"))
    assert client.get("/api/openapi.json").json() == kept
    assert client.get("/api/docs/").status_code == 200

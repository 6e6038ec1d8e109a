"""The log: append-only, and a change of it is found."""

import pytest
from django.db import DatabaseError, connection, transaction

from xiaohao.core.models import AppendOnlyError, AuditEntry, AuditHead
from xiaohao.core.services import audit
from xiaohao.core.services.audit import Break, Event


@pytest.fixture
def log(organ):
    """Write five entries in one transaction."""
    with transaction.atomic():
        events = [Event("note.written", "note", number, f"第{number}条") for number in range(1, 6)]
        audit.write(organ, events, by=None)
    return organ


def unprotected(statement: str, *values: object) -> None:
    """Run a statement as somebody would who took the triggers away first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE core_auditentry DISABLE TRIGGER audit_append_only")
        else:
            cursor.execute("DROP TRIGGER audit_no_update")
            cursor.execute("DROP TRIGGER audit_no_delete")
        cursor.execute(statement, values)


def test_a_log_nobody_touched_verifies(log) -> None:
    assert list(audit.verify()) == []


def test_entries_are_neither_changed_nor_deleted_by_the_program(log) -> None:
    entry = AuditEntry.objects.first()
    for attempt in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(note="改"),
    ):
        with pytest.raises(AppendOnlyError):
            attempt()


@pytest.mark.parametrize(
    "statement", ["UPDATE core_auditentry SET note = '改'", "DELETE FROM core_auditentry WHERE sequence = 3"]
)
def test_entries_are_neither_changed_nor_deleted_in_the_database(log, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize(
    ("statement", "sequence", "why"),
    [
        ("UPDATE core_auditentry SET subject_label = '别的' WHERE sequence = 3", 3, "changed"),
        ("UPDATE core_auditentry SET by_name = '别人' WHERE sequence = 1", 1, "changed"),
        ("DELETE FROM core_auditentry WHERE sequence = 2", 2, "missing"),
        ("DELETE FROM core_auditentry WHERE sequence = 5", 5, "cut off"),
        ("DELETE FROM core_auditentry", 1, "cut off"),
    ],
)
def test_tampering_is_found_at_the_first_broken_entry(log, statement: str, sequence: int, why: str) -> None:
    unprotected(statement)
    assert list(audit.verify()) == [Break(log.pk, sequence, why)]


@pytest.mark.parametrize(
    "field", [field.name for field in AuditEntry._meta.concrete_fields if field.name != "id"]
)
def test_a_change_of_any_field_is_found(log, field: str) -> None:
    columns = {
        "organ_number": 999,
        "sequence": 99,
        "at": "2020-01-01 00:00:00",
        "by_number": 7,
        "changes": '{"a": [1, 2]}',
        "subject_number": 77,
    }
    statement = f"UPDATE core_auditentry SET {field} = %s WHERE sequence = 3"  # noqa: S608 - our own names
    unprotected(statement, columns.get(field, "x"))
    broken = [one for one in audit.verify() if one.organ_number == log.pk]
    assert [one.sequence for one in broken] == [3]


def test_a_cut_off_end_is_found_even_when_its_head_was_bent_to_fit(log) -> None:
    """The end of the chain is printed by the command, to be kept elsewhere: that is what shows it."""
    before = AuditHead.objects.get(organ_number=log.pk)
    unprotected("DELETE FROM core_auditentry WHERE sequence = 5")
    last = AuditEntry.objects.order_by("-sequence").first()
    AuditHead.objects.filter(organ_number=log.pk).update(sequence=last.sequence, hash=last.hash)
    assert list(audit.verify()) == []
    after = AuditHead.objects.get(organ_number=log.pk)
    assert (after.sequence, after.hash) != (before.sequence, before.hash)


def test_an_entry_needs_the_transaction_of_its_change(no_transaction, organ) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        audit.write(organ, [Event("note.written", "note", 1, "一")], by=None)


def test_each_organ_has_a_chain_of_its_own(log, make_organ) -> None:
    other = make_organ("other", "红河区政协机关")
    with transaction.atomic():
        audit.write(other, [Event("note.written", "note", 1, "一")], by=None)
    assert sorted(AuditHead.objects.values_list("sequence", flat=True)) == [1, 5]


def test_a_change_that_fails_leaves_no_entry(log) -> None:
    def fail_half_way() -> None:
        with transaction.atomic():
            audit.write(log, [Event("note.written", "note", 6, "六")], by=None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert AuditEntry.objects.count() == 5
    assert list(audit.verify()) == []

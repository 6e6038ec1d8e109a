"""The one way to write records: row and audit entry in one transaction."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.fields import EncryptedField
from xiaohao.core.models import Account, Record
from xiaohao.core.services import audit
from xiaohao.lib.hash_chain import link

RecordType = TypeVar("RecordType", bound=Record)
STAMPS = frozenset({"id", "organ", "version", "created_at", "created_by", "changed_at", "changed_by"})


class Conflict(Exception):  # noqa: N818 - what it is called in the sentence to the user
    """Somebody else changed the record since it was read; ``str()`` is the sentence for the user."""

    def __init__(self, record: Record) -> None:
        self.record = record
        name = record.changed_by.person.name if record.changed_by else "xiaohao"
        at = timezone.localtime(record.changed_at).strftime("%H:%M")
        super().__init__(
            _("%(name)s 在 %(at)s 已修改这条记录，您的修改没有保存。") % {"name": name, "at": at}
        )


def plain(value: Any) -> Any:
    """Return a field value as the audit log stores it: rows by their label, files by name, the rest as is."""
    if isinstance(value, models.Model):
        return str(value)
    return value.name if isinstance(value, FieldFile) else value


def logged(record: Record, name: str, value: Any) -> Any:
    """Return the value of a field for the log: masked where encrypted, by digest where the record says so."""
    field = record._meta.get_field(name)
    if isinstance(field, EncryptedField):
        return field.masked(value or "")
    if name not in record.logged_by_digest or not value:
        return plain(value)
    return "sm3:" + link("", json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True))


@transaction.atomic
def create(
    record: RecordType,
    *,
    by: Account | None,
    action: str,
    note: str = "",
    values: Mapping[str, Any] | None = None,
) -> RecordType:
    """Check and insert a new record with its audit entry; ``values`` are set on it first."""
    _stamp_new(record, by)
    many = _many_to_many(record, values or {})
    for name, value in (values or {}).items():
        if name not in many:
            setattr(record, name, value)
    _check(record)
    record.save(force_insert=True)
    for name, rows in many.items():
        getattr(record, name).set(rows)
    event = _created(record, action, note)
    chosen = {name: [None, _listed(rows)] for name, rows in many.items() if rows}
    audit.write(record.organ, [replace(event, changes={**event.changes, **chosen})], by=by)
    return record


@transaction.atomic
def create_many(
    model: type[RecordType], records: Sequence[RecordType], *, by: Account | None, action: str, note: str = ""
) -> list[RecordType]:
    """Insert many new records of one organ, each with its audit entry. The caller has checked them."""
    for record in records:
        _stamp_new(record, by)
    created = cast("list[RecordType]", model._default_manager.bulk_create(records, batch_size=1000))
    if created:
        audit.write(created[0].organ, [_created(record, action, note) for record in created], by=by)
    return created


@transaction.atomic
def create_lines(
    records: Sequence[RecordType], *, by: Account | None, action: str, label: str
) -> list[RecordType]:
    """Insert very many new records of one organ with one audit entry for all of them.

    The entry holds their number and the SM3 digest of what they say, in their order: enough to prove each.
    For lines taken over from another system by the hundred thousand. The caller has checked them.
    """
    for record in records:
        _stamp_new(record, by)
    created = cast(
        "list[RecordType]", type(records[0])._default_manager.bulk_create(records, batch_size=1000)
    )
    said = json.dumps([_said(record) for record in created], cls=DjangoJSONEncoder, ensure_ascii=False)
    event = audit.Event(
        action=action,
        subject_kind=created[0].subject_kind,
        subject_number=None,
        subject_label=label,
        changes={"rows": [None, len(created)], "digest": [None, "sm3:" + link("", said)]},
    )
    audit.write(created[0].organ, [event], by=by)
    return created


def _said(record: Record) -> list[Any]:
    """Return the stored values of a record without its number and stamps, in the order of the fields."""
    return [
        getattr(record, field.attname) for field in record._meta.concrete_fields if field.name not in STAMPS
    ]


@transaction.atomic
def change(
    record: RecordType,
    values: Mapping[str, Any],
    *,
    by: Account | None,
    action: str,
    expected_version: int | None = None,
    note: str = "",
) -> RecordType:
    """Set the values on the record and log what really changed; nothing is written when nothing did.

    Raises ``Conflict`` when the row's version is not the expected one (default: the version of ``record``).
    """
    model = type(record)
    current = cast("RecordType", model._default_manager.select_for_update().get(pk=record.pk))
    if current.version != (record.version if expected_version is None else expected_version):
        raise Conflict(current)
    many = _many_to_many(current, values)
    changes = {
        name: [logged(record, name, getattr(current, name)), logged(record, name, value)]
        for name, value in values.items()
        if name not in many and getattr(current, name) != value
    }
    for name in changes:
        setattr(current, name, values[name])
    for name, rows in many.items():
        before = list(getattr(current, name).all())
        if {row.pk for row in before} != {row.pk for row in rows}:
            changes[name] = [_listed(before), _listed(rows)]
            getattr(current, name).set(rows)
    if not changes and not note:
        return current
    current.version += 1
    current.changed_at, current.changed_by = timezone.now(), by
    _check(current, changes)
    current.save()
    audit.write(current.organ, [_event(current, action, changes, note)], by=by)
    return current


@transaction.atomic
def remove(record: Record, *, by: Account | None, action: str) -> None:
    """Delete a record that only arranges others (a place in the leading group); the log keeps the fact."""
    event = _event(record, action, {}, "")
    record.delete()
    audit.write(record.organ, [event], by=by)


def _check(record: Record, changed: Collection[str] | None = None) -> None:
    """Validate as ``full_clean`` does, without asking for rows at hand. Raises ``ValidationError``."""
    errors = _refused(partial(record.clean_fields, exclude=_known(record, changed)), {})
    errors = _refused(record.clean, errors)
    errors = _refused(partial(record.validate_unique, exclude=set(errors)), errors)
    errors = _refused(partial(record.validate_constraints, exclude=set(errors)), errors)
    if errors:
        raise ValidationError(errors)


def _refused(check: Callable[[], object], errors: dict[str, Any]) -> dict[str, Any]:
    """Return the errors with those of one more check."""
    try:
        check()
    except ValidationError as error:
        return error.update_error_dict(errors)
    return errors


def _known(record: Record, changed: Collection[str] | None = None) -> set[str]:
    """Return the foreign keys that need not be asked for once more: their row is at hand, or unchanged.

    Each would cost a query for every record written; the database checks them all the same.
    """
    return {
        field.name
        for field in record._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and (field.is_cached(record) or (changed is not None and field.name not in changed))
    }


def _many_to_many(record: Record, values: Mapping[str, Any]) -> dict[str, list[models.Model]]:
    """Return those of the values that are rows on the other side of a many-to-many field."""
    names = {field.name for field in record._meta.many_to_many}
    return {name: list(value) for name, value in values.items() if name in names}


def _listed(rows: Sequence[models.Model]) -> str:
    return "、".join(str(row) for row in rows)


def _stamp_new(record: Record, by: Account | None) -> None:
    record.created_at = record.changed_at = timezone.now()
    record.created_by = record.changed_by = by


def _created(record: Record, action: str, note: str) -> audit.Event:
    changes = {
        field.name: [None, logged(record, field.name, getattr(record, field.name))]
        for field in record._meta.concrete_fields
        if field.name not in STAMPS and getattr(record, field.attname) not in (None, "", [], {})
    }
    return _event(record, action, changes, note)


def _event(record: Record, action: str, changes: Mapping[str, Sequence[Any]], note: str) -> audit.Event:
    return audit.Event(
        action=action,
        subject_kind=record.subject_kind,
        subject_number=record.pk,
        subject_label=str(record),
        changes=changes,
        note=note,
    )

"""What a row looks like as JSON, and how it is given."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.forms import model_to_dict
from ninja import Schema
from pydantic import ConfigDict, create_model

from xiaohao.core.fields import EncryptedField, FenField
from xiaohao.core.models import Record
from xiaohao.core.values import fields_of, said
from xiaohao.ledger.register import Register
from xiaohao.lib.money import yuan_of


class Reference(Schema):
    """Another record: its number and what it is called."""

    id: int
    name: str


class Strict(Schema):
    """What is given: a field that does not exist is refused, not overlooked."""

    model_config = ConfigDict(extra="forbid")


class Refusal(Schema):
    """Why not, as sentences for the user; ``fields`` where they are about one field."""

    reasons: list[str]
    fields: dict[str, list[str]] = {}


def kind_of(column: Any, *, given: bool) -> Any:
    """Return the type of a field: money in fen, records by number when given, with their name when read."""
    if isinstance(column, models.ManyToManyField):
        return list[int] if given else list[Reference]
    if isinstance(column, models.ForeignKey):
        return (int if given else Reference) | None
    for base, kind in (
        (models.BooleanField, bool),
        (models.IntegerField, int | None),
        (models.DateField, dt.date | None),
    ):
        if isinstance(column, base):
            return kind
    return str


def _fields(register: Register, names: tuple[str, ...]) -> dict[str, Any]:
    fields = fields_of(register.model)
    return {name: fields[name] for name in names if name in fields}


def _schema_name(register: Register, part: str) -> str:
    return "".join(word.title() for word in register.key.split("-")) + part


def read_schema(register: Register) -> type[Schema]:
    """Return the shape of a row as it is read."""
    shape: dict[str, Any] = {"id": (int, ...), "version": (int, ...), "label": (str, ...)}
    for name, column in _fields(register, register.imported).items():
        shape[name] = (kind_of(column, given=False), ...)
    return create_model(_schema_name(register, ""), __base__=Schema, **shape)


def given_schema(register: Register, names: tuple[str, ...], part: str, *, version: bool) -> type[Schema]:
    """Return the shape of what is given: any of the fields, and the version read where one is changed."""
    shape: dict[str, Any] = {"version": (int, ...)} if version else {}
    for name, column in _fields(register, names).items():
        shape[name] = (kind_of(column, given=True) | None, None)
    return create_model(_schema_name(register, part), __base__=Strict, **shape)


def as_json(register: Register, row: Record) -> dict[str, Any]:
    """Return a row; what is encrypted is masked, as on the pages."""
    found: dict[str, Any] = {"id": row.pk, "version": row.version, "label": str(row)}
    for name, column in _fields(register, register.imported).items():
        value = getattr(row, name)
        if isinstance(column, models.ManyToManyField):
            found[name] = [_reference(one) for one in value.all()]
        elif isinstance(column, models.ForeignKey):
            found[name] = _reference(value) if value else None
        elif isinstance(column, EncryptedField):
            found[name] = said(row, name)
        else:
            found[name] = value
    return found


def _reference(row: Any) -> dict[str, Any]:
    return {"id": row.pk, "name": str(row)}


def form_data(register: Register, record: Record, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the register's form is to be filled with: the row as it stands, and what is given."""
    data = model_to_dict(record, fields=register.entered) if record.pk else _defaults(register)
    data |= given
    for name, column in _fields(register, register.entered).items():
        if isinstance(column, FenField) and isinstance(data.get(name), int):
            data[name] = yuan_of(data[name])
        elif isinstance(column, models.ManyToManyField):
            data[name] = [getattr(one, "pk", one) for one in data.get(name) or []]
    data["version"] = given.get("version", record.version)
    return {name: value for name, value in data.items() if value is not None}


def _defaults(register: Register) -> dict[str, Any]:
    fields = _fields(register, register.entered)
    return {
        name: column.get_default()
        for name, column in fields.items()
        if hasattr(column, "has_default") and column.has_default()
    }

"""Rows of any register, made from the example it declares."""

from collections.abc import Mapping

from django.db import models
from django.utils import timezone

from xiaohao.core.fields import EncryptedField
from xiaohao.core.models import Account, Department, Organ, Person, Record
from xiaohao.core.services import organs, records
from xiaohao.ledger.cells import Related, names_in, read_lines
from xiaohao.ledger.register import REGISTERS, Register, register_of
from xiaohao.rectification.models import Inspection


def texts(register: Register, place: int, /, **given: str) -> dict[str, str]:
    """Return the example with what identifies a row made different for each number."""
    found = {**register.example, **given}
    names = [name for name in told_apart_by(register) if name not in given]
    columns = {name: register.model._meta.get_field(name) for name in names}
    plain = [
        name
        for name, column in columns.items()
        if isinstance(column, models.CharField) and not column.choices
    ]
    for name in plain or [name for name in names if isinstance(columns[name], models.ForeignKey)][-1:]:
        found[name] = f"{found[name]}{place}"
    for name in names:
        if isinstance(columns[name], models.IntegerField):
            found[name] = str(int(found[name]) + place)
    for name in found.keys() - given.keys():
        if isinstance(register.model._meta.get_field(name), EncryptedField):
            found[name] = f"{found[name]}{place}"  # such numbers belong to one person
    return found


def told_apart_by(register: Register) -> list[str]:
    """Return the fields no two rows may share: its identity, else those of its first constraint."""
    unique = [one for one in register.model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    names = register.identity or next((one.fields for one in unique if not one.condition), ())
    return [name for name in names if name in register.example]


def make_row(register: Register, by: Account, place: int = 1, /, **given: str) -> Record:
    """Make a row, and whatever it names."""
    organ = by.organ
    written = texts(register, place, **given)
    for name, text in written.items():
        column = register.model._meta.get_field(name)
        if isinstance(column, models.ForeignKey | models.ManyToManyField):
            for one in names_in(text):
                make_named(column.related_model, one, by)
    (line,) = read_lines(register.model, Related(organ), [(1, written)])
    assert line.faults == []
    action = f"{register.model.subject_kind}.created"
    if any(field.name == "seed" for field in register.model._meta.fields):
        line.values["seed"] = "x"  # drawn by the service elsewhere
    return records.create(register.model(organ=organ), by=by, action=action, values=line.values)


def make_named(model: type[Record], name: str, by: Account) -> None:
    """Make the row a name stands for, where there is none yet."""
    if not name or model._default_manager.filter(organ=by.organ, **{model.said_by: name}).exists():
        return
    register = register_of(model)
    if model is Person:
        organs.add_person(organ=by.organ, name=name, by=by)
    elif model is Department:
        organs.add_department(organ=by.organ, name=name, by=by)
    elif model is Inspection:
        make_inspection(by.organ, name, by)
    elif register is not None:
        make_row(register, by, **{model.said_by: name})
    else:
        raise LookupError(model)


def make_inspection(organ: Organ, title: str, by: Account) -> Inspection:
    inspection = Inspection(
        organ=organ,
        number=1,
        title=title,
        inspecting_body="区委第三巡察组",
        inspected_unit=organ.name,
        feedback_on=timezone.localdate(),
    )
    return records.create(inspection, by=by, action="inspection.created")


def all_registers() -> Mapping[str, Register]:
    return REGISTERS

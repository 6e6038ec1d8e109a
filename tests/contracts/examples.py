"""Rows of any register, made from the example it declares."""

from collections.abc import Mapping

from django.db import models
from django.utils import timezone

from xiaohao.core.models import Account, Department, Organ, Person, Record
from xiaohao.core.services import organs, records
from xiaohao.ledger.cells import Related, names_in, read_lines
from xiaohao.ledger.register import REGISTERS, Register, register_of
from xiaohao.rectification.models import Inspection


def texts(register: Register, place: int, /, **given: str) -> dict[str, str]:
    """Return the example with what identifies a row made different for each number."""
    found = {**register.example, **given}
    for name in register.identity:
        column = register.model._meta.get_field(name)
        if name not in given and isinstance(column, models.CharField) and not column.choices:
            found[name] = f"{found[name]}{place}"
        elif name not in given and isinstance(column, models.IntegerField):
            found[name] = str(int(found[name]) + place)
    return found


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
    if register.key == "look-backs":
        line.values["seed"] = "x"
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

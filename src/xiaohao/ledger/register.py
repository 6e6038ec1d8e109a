"""A register is declared, not programmed.

From the declaration come list with filters, page with history, form, steps, Excel template, import, export,
API, duties, docs page, permission names, and the contract tests.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms import modelform_factory
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.core import subjects
from xiaohao.core.access import READERS, Action, allowed
from xiaohao.core.access import declare as declare_action
from xiaohao.core.audit_words import ACTIONS, name_actions
from xiaohao.core.context import add_to_menu
from xiaohao.core.forms import RecordForm
from xiaohao.core.models import Account, Person, Record, Role
from xiaohao.core.services import records
from xiaohao.core.values import fields_of, label
from xiaohao.ledger.decision_kinds import DecisionKind
from xiaohao.ledger.forms import AskForm
from xiaohao.ledger.indicators import INDICATORS, Indicator
from xiaohao.ledger.services import controls
from xiaohao.ledger.workflow import Step, Workflow, move, refusal

Beside = Callable[[Account, Any], Mapping[str, Any]]


def create_plainly(record: Any, values: Mapping[str, Any], by: Account) -> Record:
    """Create the row with one audit entry."""
    created: Record = records.create(record, by=by, action=f"{record.subject_kind}.created", values=values)
    return created


def change_plainly(record: Any, values: Mapping[str, Any], by: Account, expected_version: int) -> Record:
    """Change the row with one audit entry. Raises ``records.Conflict``."""
    action = f"{record.subject_kind}.changed"
    changed: Record = records.change(record, values, by=by, action=action, expected_version=expected_version)
    return changed


def nobody_waits(_record: Any) -> Iterable[Person]:
    return ()


@dataclass(frozen=True)
class Due:
    """What somebody owes on the rows that are ``open``, by the day in the field ``due_on``.

    ``people`` names the field with who owes it, or the way to it; ``key`` is stable.
    """

    key: str
    what: str | Promise
    open: models.Q
    people: str
    due_on: str = ""
    hears: str = ""  # the field with who is told when it is late


@dataclass(frozen=True)
class Charge:
    """Who has a row in his charge and hands it over when he changes post: the field, and while what holds."""

    person: str
    while_: models.Q = field(default_factory=models.Q)


@dataclass(frozen=True)
class Ask:
    """A decision that may be asked for on the page of a row, and the form of the question."""

    kind: DecisionKind
    form: type[AskForm] = AskForm


@dataclass(frozen=True)
class Part:
    """Rows of another register that belong to a row, by their ``field``; shown on its page."""

    register: str
    field: str


@dataclass(frozen=True)
class Register:
    """What there is to say about a register.

    ``key`` stands in addresses and is never renamed. ``columns`` make the list, ``facts`` the page,
    ``fields`` the form. ``identity`` names the fields by which a row of a file is known again; without it
    nothing is imported. ``example`` is a row as a clerk would write it. ``position`` is the place in
    the menu; without it the register stands on the page of all registers only. ``may_change`` narrows down
    who may change one row; ``beside`` gives its page what else it shows; ``changed`` names the records whose
    controls a change may have broken or mended.
    """

    key: str
    model: type[Record]
    title: str | Promise
    add_label: str | Promise
    empty: str | Promise
    columns: Sequence[str]
    view: Action
    change: Action
    example: Mapping[str, str]
    purpose: str | Promise = ""
    basis: str | Promise = ""
    fields: Sequence[str] = ()
    form: type[RecordForm] = RecordForm
    facts: Sequence[str] = ()
    filters: Sequence[str] = ()
    search: Sequence[str] = ()
    identity: Sequence[str] = ()
    position: int | None = None
    order: str = "-id"
    related: Sequence[str] = ()
    prefetch: Sequence[str] = ()
    workflow: Workflow | None = None
    asks: Sequence[Ask] = ()
    charge: Charge | None = None
    dues: Sequence[Due] = ()
    parts: Sequence[Part] = ()
    on_shelf: bool = True
    may_add: bool = True  # rows of some come only from elsewhere
    by_lines: bool = False  # imported by the hundred thousand, with one audit entry for each batch
    item_template: str = "ledger/register_item.html"
    list_links: Sequence[tuple[str | Promise, str]] = ()  # further pages of its own, by name
    beside: Beside = field(default=lambda _account, _record: {})
    create: Callable[[Any, Mapping[str, Any], Account], Record] = create_plainly
    save: Callable[[Any, Mapping[str, Any], Account, int], Record] = change_plainly
    may_change: Callable[[Account, Any], bool] = field(default=lambda _account, _record: True)
    responsible: Callable[[Any], Iterable[Person]] = nobody_waits
    initial: Callable[[Account], Mapping[str, Any]] = field(default=lambda _account: {})
    changed: Callable[[Any], Iterable[Record]] = field(default=lambda record: (record,))
    step_actions: dict[str, Action] = field(default_factory=dict)

    @property
    def item_view(self) -> str:
        return f"{self.key}_item"

    @cached_property
    def form_class(self) -> type[RecordForm]:
        """The form: as declared, or made from ``fields``."""
        if not self.fields:
            return self.form
        made: Any = modelform_factory(self.model, form=self.form, fields=list(self.fields))
        return cast("type[RecordForm]", made)

    @cached_property
    def entered(self) -> tuple[str, ...]:
        """The fields a person enters, in the order of the form."""
        return tuple(name for name in self.form_class.base_fields if name != "version")

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The columns of a file: what the list shows first, then all else that is entered.

        What the list shows in short of a field has its name; the file has the field.
        """
        rest = [name for name in (*self.entered, *self.shown) if name in fields_of(self.model)]
        fields = {self.label(name): name for name in rest}
        first = [fields.get(self.label(name), name) for name in self.columns]
        return tuple(dict.fromkeys([*first, *rest]))

    @cached_property
    def imported(self) -> tuple[str, ...]:
        """The columns of a file that are read back: not what is worked out."""
        return tuple(name for name in self.written if name in fields_of(self.model))

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The facts of its page."""
        return tuple(self.facts or self.fields)

    def label(self, name: str) -> str:
        """Return what a field is called."""
        return label(self.model, name)

    def address(self, number: int) -> str:
        """Return the page of a row."""
        return reverse(self.item_view, args=[number])

    def open_to(self, account: Account, record: Any) -> bool:
        """Tell whether the account may change the row."""
        own = record.organ_id == account.organ.pk
        return own and allowed(account, self.change) and self.may_change(account, record)

    def step_refusal(self, step: Step, record: Any, account: Account) -> str:
        """Return why the account cannot take a step with the row now, as a sentence; empty when it can."""
        if not allowed(account, self.step_actions[step.key]) or record.organ_id != account.organ.pk:
            return _("由%(who)s办理。") % {"who": step.who}
        assert self.workflow is not None  # noqa: S101 - it has steps
        return refusal(self.workflow, record, step, account)


REGISTERS: dict[str, Register] = {}


def actions_of(
    key: str, title: str | Promise, *writers: Role, readers: Iterable[Role] = READERS
) -> tuple[Action, Action]:
    """Declare who may see a register and who may keep it; return both permissions."""
    view = declare_action(f"{key}.view", format_lazy("{}{}", gettext_lazy("查看"), title), *readers)
    change = declare_action(
        f"{key}.change", format_lazy("{}{}", gettext_lazy("登记、修改、导入"), title), *writers
    )
    return view, change


def declare(register: Register) -> Register:
    """Declare a register once; others may attach to its rows, and its steps get their permissions."""
    if register.key in REGISTERS:
        raise ValueError(register.key)
    REGISTERS[register.key] = register
    subjects.declare(
        subjects.Subject(
            model=register.model,
            address=register.address,
            may_work=register.open_to,
            responsible=register.responsible,
            changed=lambda record: check_after(register, record),
            view=register.view,
        )
    )
    _declare_steps(register)
    _name_in_log(register)
    if register.position is not None:
        add_to_menu(register.title, register.key, register.view, register.position)
    return register


def register_of(model: type[Record]) -> Register | None:
    """Return the register of a model; None where it has none."""
    return next((one for one in REGISTERS.values() if one.model is model), None)


def open_indicators(account: Account) -> dict[str, Indicator]:
    """Return the indicators whose records the account may see, by key."""
    found = {}
    for key, indicator in INDICATORS.items():
        register = register_of(indicator.model)
        if register is None or allowed(account, register.view):
            found[key] = indicator
    return found


def group_of(indicator: Indicator) -> str:
    """Return what an indicator counts, by the register on the shelf or the kind of record."""
    register = register_of(indicator.model)
    return str(shelf(register).title if register else indicator.model._meta.verbose_name)


def shelf(register: Register) -> Register:
    """Return the register on the shelf that a register is part of; itself where it stands there."""
    if register.on_shelf:
        return register
    for owner in REGISTERS.values():
        if any(part.register == register.key for part in owner.parts):
            return shelf(owner)
    return register


def _declare_steps(register: Register) -> None:
    for step in register.workflow.steps if register.workflow else ():
        register.step_actions[step.key] = (
            declare_action(
                f"{register.key}.{step.key}", format_lazy("{}：{}", register.title, step.label), *step.roles
            )
            if step.roles
            else register.change
        )


def _name_in_log(register: Register) -> None:
    kind, name = register.model.subject_kind, register.model._meta.verbose_name
    words: dict[str, str | Promise] = {
        f"{kind}.created": format_lazy("{}{}", gettext_lazy("登记"), name),
        f"{kind}.changed": format_lazy("{}{}", gettext_lazy("修改"), name),
        f"{kind}.imported": format_lazy("{}{}", gettext_lazy("导入"), name),
    }
    for step in register.workflow.steps if register.workflow else ():
        words[f"{kind}.{step.key}"] = format_lazy("{}：{}", name, step.label)
    name_actions({key: text for key, text in words.items() if key not in ACTIONS})


# --- what is done with rows: the same for page, import and API


@transaction.atomic
def add(register: Register, record: Any, values: Mapping[str, Any], by: Account) -> Record:
    """Create a row and check it. Raises ``ValidationError``."""
    created = register.create(record, values, by)
    check_after(register, created)
    return created


@transaction.atomic
def store(
    register: Register, record: Any, values: Mapping[str, Any], by: Account, expected_version: int
) -> Record:
    """Change a row and check it. Raises ``ValidationError`` and ``records.Conflict``."""
    changed = register.save(record, values, by, expected_version)
    check_after(register, changed)
    return changed


@transaction.atomic
def take(
    register: Register,
    record: Any,
    key: str,
    given: Mapping[str, Any],
    by: Account,
    expected_version: int | None = None,
) -> Record:
    """Take a step with a row and check it. Raises ``ValidationError`` and ``records.Conflict``."""
    assert register.workflow is not None  # noqa: S101 - it has steps
    step = register.workflow.step(key)
    reason = register.step_refusal(step, record, by)
    if reason:
        raise ValidationError(reason)
    missing = [name for name in step.needs if given.get(name) in (None, "", [])]
    if missing:
        raise ValidationError(
            [_("请填写“%(field)s”。") % {"field": register.label(name)} for name in missing]
        )
    values = {**given, **step.also(record, given, by)}
    action = f"{record.subject_kind}.{key}"
    moved: Record = move(
        register.workflow, record, key, by=by, action=action, values=values, expected_version=expected_version
    )
    check_after(register, moved)
    return moved


def check_after(register: Register, record: Record) -> None:
    """Run the controls a change of the row may have broken or mended."""
    for one in register.changed(record):
        controls.run_for(one)

"""What a register is and checks, in words: for its page of explanation and for the documents."""

from dataclasses import dataclass

from xiaohao.core.values import fields_of
from xiaohao.ledger.controls import CONTROLS, Control
from xiaohao.ledger.filling import how_to_fill, must_be_filled
from xiaohao.ledger.indicators import INDICATORS, Indicator
from xiaohao.ledger.register import REGISTERS, Register


@dataclass(frozen=True)
class Column:
    """A field as a clerk is told about it."""

    name: str
    label: str
    needed: bool
    how: str
    example: str


@dataclass(frozen=True)
class Guide:
    """Everything declared for a register."""

    register: Register
    columns: list[Column]
    controls: list[Control]
    indicators: list[Indicator]
    parts: list[Register]


def guide(register: Register) -> Guide:
    """Return what is declared for a register, in one place."""
    model = register.model
    names = [name for name in register.entered if name in fields_of(model)]
    return Guide(
        register=register,
        columns=[
            Column(
                name=name,
                label=register.label(name),
                needed=must_be_filled(register, name),
                how=how_to_fill(register, name),
                example=register.example.get(name, ""),
            )
            for name in names
        ],
        controls=[control for control in CONTROLS.values() if control.model is model],
        indicators=[one for one in INDICATORS.values() if one.model is model],
        parts=[REGISTERS[part.register] for part in register.parts],
    )

"""What a published rectification notice says. All offsets are character offsets in the repaired text."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

Certainty = Literal["certain", "likely", "unsure"]
Value = TypeVar("Value", str, date)


@dataclass(frozen=True)
class Fact(Generic[Value]):
    """A value read from ``text``, which stands at ``start`` to ``end``.

    ``certainty`` is ``certain`` only where the text states the value itself; a value that follows from
    other places (a year taken over from the date before) is ``likely`` and stands among the doubts.
    """

    value: Value
    text: str
    start: int
    end: int
    certainty: Certainty = "certain"


@dataclass(frozen=True)
class Figure:
    """A number with what it counts, as printed: ``unit`` keeps 余 and %, ``value`` is without separators."""

    label: str
    value: int | float
    unit: str
    start: int
    end: int


@dataclass(frozen=True)
class Measure:
    """One listed measure; ``text`` leaves out its marker (一是, （1）)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Finding:
    """A finding and what was done about it.

    ``number`` is the printed one where those are unique in the notice, else the place in the notice.
    ``problem`` is the stated problem where the notice prints it apart from the title.
    ``measures`` is empty where the notice tells the measures as plain sentences.
    """

    number: int
    title: str
    problem: str | None
    status: str | None
    text: str
    start: int
    end: int
    measures: tuple[Measure, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Area:
    """A heading that groups findings, with their numbers."""

    title: str
    findings: tuple[int, ...]


@dataclass(frozen=True)
class Doubt:
    """Something a person should look at: which field, the text it rests on, and why."""

    field: str
    text: str
    why: str


@dataclass(frozen=True)
class Notice:
    """A rectification notice; a fact the notice does not state is None."""

    inspected_unit: Fact[str] | None
    inspecting_body: Fact[str] | None
    inspected_from: Fact[date] | None
    inspected_to: Fact[date] | None
    feedback_on: Fact[date] | None
    open_from: Fact[date] | None
    open_to: Fact[date] | None
    contact_phone: Fact[str] | None
    signed_by: Fact[str] | None
    signed_on: Fact[date] | None
    sections: tuple[str, ...]
    responsibility: tuple[str, ...]
    areas: tuple[Area, ...]
    findings: tuple[Finding, ...]
    next_steps: tuple[str, ...]
    statistics: tuple[Figure, ...]
    doubts: tuple[Doubt, ...]

"""Figures in a text. ``[[55|rectification_meetings.study]]`` is the number 55 and the indicator it came from.

The number stays as it was written until somebody takes over the present one, so that a change is seen.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xiaohao.ledger.indicators import INDICATORS, Figure, Period, Unit, figure_of_organ
from xiaohao.lib.money import yuan_of
from xiaohao.rectification.services.statistics import percentage

TOKEN = re.compile(r"\[\[([^|\[\]\n]{1,40})\|([a-z_]+(?:\.[a-z_]+)+)\]\]")


@dataclass(frozen=True)
class Changed:
    """A figure of a text whose records came to another number since."""

    figure: Figure
    written: str
    now: str


def spoken(found: Figure) -> str:
    """Return the number as a sentence says it: a count bare, money in yuan, a share as 28.57% or 100%."""
    unit = found.indicator.unit
    if unit == Unit.FEN:
        return yuan_of(found.value)
    if unit == Unit.COUNT:
        return str(found.value)
    return percentage(found.value, found.base).replace(".00%", "%")


class Figures(Mapping[str, str]):
    """The figures of one organ, period and whole, worked out when first asked for and then kept.

    They are the same whoever looks: a document says what its organ's records say. As a mapping it gives the
    token of an indicator by its key: what a template writes into a text.
    """

    def __init__(self, organ: int, period: Period, whole: int | None) -> None:
        self.organ, self.period, self.whole = organ, period, whole
        self._known: dict[str, Figure] = {}

    def of(self, key: str) -> Figure:
        """Return the figure. Raises ``KeyError`` for an indicator nobody declared."""
        if key not in self._known:
            indicator = INDICATORS[key]
            whole = self.whole if indicator.within else None
            self._known[key] = figure_of_organ(indicator, self.organ, self.period, whole)
        return self._known[key]

    def __getitem__(self, key: str) -> str:
        return f"[[{spoken(self.of(key))}|{key}]]"

    def __iter__(self) -> Iterator[str]:
        return iter(INDICATORS)

    def __len__(self) -> int:
        return len(INDICATORS)


class Counts(Mapping[str, int]):
    """The bare values behind figures, for the conditions of a template."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures

    def __getitem__(self, key: str) -> int:
        return self.figures.of(key).value

    def __iter__(self) -> Iterator[str]:
        return iter(self.figures)

    def __len__(self) -> int:
        return len(self.figures)


def plain(body: str) -> str:
    """Return the text with every figure as its number alone."""
    return TOKEN.sub(r"\1", body)


def unknown(body: str) -> list[str]:
    """Return the keys of figures no indicator stands behind: somebody typed them, or it was retired."""
    return list(dict.fromkeys(key for _written, key in TOKEN.findall(body) if key not in INDICATORS))


def changes(body: str, figures: Figures) -> list[Changed]:
    """Return the figures whose number is another one now, each place by itself, in the order of the text."""
    found = []
    for written, key in TOKEN.findall(body):
        if key in INDICATORS and spoken(figures.of(key)) != written:
            found.append(Changed(figures.of(key), written, spoken(figures.of(key))))
    return found


def taken_over(body: str, figures: Figures) -> str:
    """Return the text with the present number of every figure."""
    return TOKEN.sub(
        lambda found: figures[found.group(2)] if found.group(2) in INDICATORS else found.group(0), body
    )

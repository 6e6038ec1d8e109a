"""What may stand behind a bar in a template: of the language's filters those a text needs, and our own."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from liquid.builtin.filters import array, misc
from liquid.builtin.filters import math as numbers
from liquid.builtin.filters import string as strings
from liquid.exceptions import (
    FilterArgumentError,
    FilterError,
    FilterItemTypeError,
    FilterValueError,
    LiquidValueError,
    LoopIterationLimitError,
    OutputStreamLimitError,
)

from xiaohao.lib.chinese_numerals import chinese
from xiaohao.writing.body import LONGEST_BODY
from xiaohao.writing.tables import cell

MOST_STEPS = 100_000
LONGEST_VALUE = 30  # characters shown of what a filter cannot take
REFUSED = (
    *(TypeError, ValueError, ArithmeticError),
    *(FilterArgumentError, FilterError, FilterItemTypeError, FilterValueError),
)
TEXT, NUMBER, WHOLE = gettext_lazy("文字"), gettext_lazy("数"), gettext_lazy("整数")
LIST, RECORDS = gettext_lazy("一组内容"), gettext_lazy("一组记录")


class Misused(FilterArgumentError):  # noqa: N818 - what happened to it
    """A filter was given what it cannot take; the message is a sentence for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, token=None)


@dataclass(frozen=True)
class TextFilter:
    """A filter: what it works on, an example of it, and how many things may stand behind its colon."""

    work: Callable[..., object]
    takes: Promise
    example: str
    least: int = 0
    most: int = 0

    def __call__(self, left: object, *given: object) -> object:
        """Apply it. Raises ``Misused``."""
        try:
            made = self.work(left, *given)
        except REFUSED as error:
            raise Misused(self._refusal(left)) from error
        if isinstance(made, float) and not math.isfinite(made):
            raise LiquidValueError("not finite", token=None)
        return made

    def _refusal(self, left: object) -> str:
        shown = _("空") if left is None else str(left)
        if isinstance(left, Sequence | Mapping) and not isinstance(left, str):
            shown = str(LIST)
        told = {"takes": self.takes, "value": shown[:LONGEST_VALUE], "example": self.example}
        return _("竖线前面要是%(takes)s，这里是“%(value)s”。写法如 %(example)s。") % told


def bounded(text: str, length: int = 0) -> str:
    """Return a text, or stop where it, or what it is about to become, is too long for any document."""
    if max(len(text), length) > LONGEST_BODY:
        raise OutputStreamLimitError("text too long", token=None)
    return text


def _numeral(number: Any) -> str:
    whole = int(number)
    if isinstance(number, float) and number != whole:
        raise ValueError(number)
    return chinese(whole)


def _join(values: Any, between: object = " ") -> str:
    if isinstance(values, str):
        return values
    if len(values) > MOST_STEPS:
        raise LoopIterationLimitError("too many values", token=None)
    return bounded(str(between).join(str(value) for value in values))


def _append(text: object, more: object) -> str:
    return bounded(f"{text}{more}")


def _replace(text: object, old: object, new: object = "") -> str:
    said, wanted, instead = str(text), str(old), str(new)
    if not wanted:
        return said
    bounded("", len(said) + said.count(wanted) * len(instead))
    return said.replace(wanted, instead)


def _end(values: object, place: int) -> object:
    """Return the first (0) or last (-1) of several; nothing of what is not several."""
    several = isinstance(values, Sequence) and not isinstance(values, str)
    return values[place] if several and values else None  # type: ignore[index]


FILTERS: Final = {
    "append": TextFilter(_append, TEXT, '{{ 单位 | append: "党组" }}', 1, 1),
    "default": TextFilter(misc.default, TEXT, '{{ 单位 | default: "本单位" }}', 0, 1),
    "first": TextFilter(lambda values: _end(values, 0), LIST, "{% assign 首会 = 会议 | first %}"),
    "join": TextFilter(_join, LIST, '{{ 委室 | join: "、" }}', 0, 1),
    "last": TextFilter(lambda values: _end(values, -1), LIST, "{% assign 末会 = 会议 | last %}"),
    "map": TextFilter(array.map_, RECORDS, '{{ 问题 | map: "题目" | join: "、" }}', 1, 1),
    "minus": TextFilter(numbers.minus, NUMBER, "{{ forloop.index | minus: 1 }}", 1, 1),
    "plus": TextFilter(numbers.plus, NUMBER, "{{ forloop.index | plus: 1 }}", 1, 1),
    "replace": TextFilter(_replace, TEXT, '{{ 单位 | replace: "委员会", "委" }}', 1, 2),
    "size": TextFilter(misc.size, LIST, "{{ 问题 | size }}"),
    "strip": TextFilter(strings.strip, TEXT, "{{ 单位 | strip }}"),
    "where": TextFilter(array.where, RECORDS, '{% assign 新 = 制度 | where: "变化", "新立" %}', 1, 2),
    "汉字": TextFilter(_numeral, WHOLE, "{{ forloop.index | 汉字 }}"),
    "格": TextFilter(lambda text: cell(str(text)), TEXT, "{{ 单位 | 格 }}"),
}

"""The language of text templates: Liquid, which can name values, ask and repeat, and nothing else.

A template reaches only what it is given; loops and length are bounded, files and code out of reach.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from liquid import Environment, StrictUndefined
from liquid.exceptions import (
    LiquidError,
    LiquidSyntaxError,
    LoopIterationLimitError,
    OutputStreamLimitError,
    UndefinedError,
)

from xiaohao.lib.chinese_numerals import chinese
from xiaohao.writing.tables import cell

LONGEST_SOURCE = 200_000  # characters
MOST_STEPS = 100_000
LONGEST_TEXT = 2_000_000  # characters


class TemplateFault(Exception):  # noqa: N818 - what a clerk would call it
    """What is wrong with a template, as a sentence, and in which line (counted from 1; 0 for none)."""

    def __init__(self, reason: str, line: int) -> None:
        self.line = line
        super().__init__(_("模板第 %(line)s 行：%(reason)s") % {"line": line, "reason": reason})


class BoundedEnvironment(Environment):
    loop_iteration_limit = MOST_STEPS
    output_stream_limit = LONGEST_TEXT * 4  # bytes
    local_namespace_limit = LONGEST_TEXT
    context_depth_limit = 20


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = BoundedEnvironment(undefined=StrictUndefined, strict_filters=True)
    environment.add_filter("汉字", lambda number: chinese(int(number)))
    environment.add_filter("格", lambda text: cell(str(text)))
    return environment


def render(source: str, values: Mapping[str, Any]) -> str:
    """Return the text of a template. Raises ``TemplateFault``."""
    if len(source) > LONGEST_SOURCE:
        raise TemplateFault(_("模板太长，最多 %(most)s 字。") % {"most": LONGEST_SOURCE}, 0)
    try:
        text = _environment().from_string(source).render(**values)
    except LiquidError as error:
        raise TemplateFault(_reason(error), _line(error, source)) from error
    except RecursionError as error:
        raise TemplateFault(_("嵌套太深。"), 0) from error
    return tidy(text)


def check(source: str) -> None:
    """Raise ``TemplateFault`` for a template that cannot be read at all."""
    if len(source) > LONGEST_SOURCE:
        raise TemplateFault(_("模板太长，最多 %(most)s 字。") % {"most": LONGEST_SOURCE}, 0)
    try:
        _environment().from_string(source)
    except (LiquidError, RecursionError) as error:
        line = _line(error, source) if isinstance(error, LiquidError) else 0
        reason = _reason(error) if isinstance(error, LiquidError) else _("嵌套太深。")
        raise TemplateFault(reason, line) from error


def tidy(text: str) -> str:
    """Return the text with a paragraph a line: the lines a template needs for itself leave no gaps."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _line(error: LiquidError, source: str) -> int:
    """Return the line; a tag that is never closed is noticed at the end, which has no place of its own."""
    place = error.token.start_index if error.token else -1
    return source.count("\n", 0, place if place >= 0 else len(source)) + 1


def _reason(error: LiquidError) -> str:
    if isinstance(error, LoopIterationLimitError | OutputStreamLimitError):
        return _("循环太多或文字太长，已停止。请检查循环。")
    if isinstance(error, UndefinedError):
        return _("没有这个名称：%(said)s") % {"said": error.message}
    if isinstance(error, LiquidSyntaxError):
        return _("写法有误：%(said)s") % {"said": error.message}
    return str(error.message)

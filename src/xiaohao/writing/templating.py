"""The language of text templates: Liquid, which can name values, ask and repeat, and nothing else.

A template reaches only what it is given; files and code are out of reach. Loops, length and time are bounded,
and of the language's tags and filters there are only those a text needs: each of the others is a way to make
a number, a list or a text that fills the memory.
"""

import re
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from liquid import BoundTemplate, Environment, RenderContext, StrictUndefined
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.exceptions import (
    LiquidError,
    LocalNamespaceLimitError,
    LoopIterationLimitError,
    OutputStreamLimitError,
    UndefinedError,
)

from xiaohao.lib.chinese_numerals import chinese
from xiaohao.writing.tables import cell

LONGEST_SOURCE = 20_000  # characters; the shipped ones have 3,000 at most
MOST_STEPS = 100_000
LONGEST_TEXT = 2_000_000  # characters
LONGEST_TIME = 10  # seconds
WRITTEN = ("assign", "break", "capture", "case", "comment", "continue", "cycle", "for", "if", "unless")
TAGS = frozenset((*WRITTEN, "#", "content", "illegal", "output"))  # the last are how it reads any text
FAULTS = (
    (re.compile(r"expected tag (\w+), .*"), gettext_lazy("没有写结束的 {%% %(what)s %%}。")),
    (re.compile(r"unexpected tag '(else|elsif|end\w+)'"), gettext_lazy("{%% %(what)s %%} 没有对应的开头。")),
    (re.compile(r"unexpected tag '(.+)'"), gettext_lazy("没有 {%% %(what)s %%} 这种写法。")),
    (re.compile(r"unknown filter '(.+)'"), gettext_lazy("竖线后面没有“%(what)s”这种用法。")),
    (re.compile(r"expected '\}\}'.*|expected '%\}'.*"), gettext_lazy("括号没有写完。")),
    (re.compile(r"missing expression"), gettext_lazy("缺少条件或名称。")),
    (re.compile(r"expected .*, found .*"), gettext_lazy("写得不完整或多了字。")),
    (re.compile(r"block nesting limit reached"), gettext_lazy("嵌套太深。")),
)
NOT_PAIRED = re.compile(r"expected tag end\w+, .*|unexpected tag 'end\w+'")
TAG = re.compile(r"\{%-?\s*(\w+)")
PAIRED = frozenset(("capture", "case", "comment", "for", "if", "unless"))
# What takes the square of its length to be read, and no text needs.
TANGLES = re.compile(r"\{{4,}|\({4,}|\s{200,}")
FILTERS = ("default", "first", "last", "map", "minus", "plus", "size", "strip", "where")


class TemplateFault(Exception):  # noqa: N818 - what a clerk would call it
    """What is wrong with a template, as a sentence, and in which line (counted from 1; 0 for none)."""

    def __init__(self, reason: str, line: int) -> None:
        self.line = line
        super().__init__(_("模板第 %(line)s 行：%(reason)s") % {"line": line, "reason": reason})


class BoundedContext(RenderContext):
    """Ends a template that takes too long: asked whenever it names a value or a filter."""

    __slots__ = ("_until",)

    def __init__(self, template: BoundTemplate, **options: Any) -> None:
        super().__init__(template, **options)
        self._until = time.monotonic() + LONGEST_TIME

    def _go_on(self) -> None:
        if time.monotonic() > self._until:
            raise LoopIterationLimitError("time limit reached", token=None)

    def get(self, *arguments: Any, **options: Any) -> object:
        """Return a value by its name."""
        self._go_on()
        return super().get(*arguments, **options)

    def filter(self, *arguments: Any, **options: Any) -> Callable[..., object]:
        """Return a filter by its name."""
        self._go_on()
        return super().filter(*arguments, **options)


class BoundedTemplate(BoundTemplate):
    context_class = BoundedContext


class BoundedEnvironment(Environment):
    template_class = BoundedTemplate
    loop_iteration_limit = MOST_STEPS
    output_stream_limit = LONGEST_TEXT * 4  # bytes
    local_namespace_limit = LONGEST_TEXT
    context_depth_limit = 20


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = BoundedEnvironment(undefined=StrictUndefined, strict_filters=True)
    environment.tags = {name: tag for name, tag in environment.tags.items() if name in TAGS}
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    environment.add_filter("汉字", lambda number: chinese(int(number)))
    environment.add_filter("格", lambda text: cell(str(text)))
    environment.add_filter("join", _join)
    environment.add_filter("append", lambda text, more: _bounded(f"{text}{more}"))
    environment.add_filter("replace", _replace)
    return environment


def _join(values: Any, between: object = " ") -> str:
    if len(values) > MOST_STEPS:
        raise LoopIterationLimitError("too many values", token=None)
    return _bounded(str(between).join(str(value) for value in values))


def _replace(text: object, old: object, new: object = "") -> str:
    said, wanted, instead = str(text), str(old), str(new)
    if not wanted:
        return said
    _bounded("", len(said) + said.count(wanted) * len(instead))
    return said.replace(wanted, instead)


def _bounded(text: str, length: int = 0) -> str:
    if max(len(text), length) > LONGEST_TEXT:
        raise OutputStreamLimitError("text too long", token=None)
    return text


def render(source: str, values: Mapping[str, Any]) -> str:
    """Return the text of a template. Raises ``TemplateFault``."""
    template = _read(source)
    try:
        return tidy(template.render(**values))
    except LiquidError as error:
        raise TemplateFault(_reason(error), _line(error, source)) from error
    except RecursionError as error:
        raise TemplateFault(_("嵌套太深。"), 0) from error
    except (TypeError, ValueError, ArithmeticError) as error:  # a filter given what it cannot take
        raise TemplateFault(_("过滤器用错了对象：%(said)s") % {"said": error}, 0) from error


def check(source: str) -> None:
    """Raise ``TemplateFault`` for a template that cannot be read at all."""
    _read(source)


def _read(source: str) -> BoundTemplate:
    if len(source) > LONGEST_SOURCE:
        raise TemplateFault(_("模板太长，最多 %(most)s 字。") % {"most": LONGEST_SOURCE}, 0)
    tangle = TANGLES.search(source)
    if tangle:
        raise TemplateFault(_("括号或空白连着太多。"), _line_at(source, tangle.start()))
    try:
        template = _environment().from_string(source)
    except LiquidError as error:
        open_tag = _left_open(source) if NOT_PAIRED.fullmatch(str(error.message)) else None
        if open_tag is not None:
            name, line = open_tag
            raise TemplateFault(
                _("没有写结束的 {%% %(what)s %%}。") % {"what": f"end{name}"}, line
            ) from error
        raise TemplateFault(_reason(error), _line(error, source)) from error
    except RecursionError as error:
        raise TemplateFault(_("嵌套太深。"), 0) from error
    _refuse_ranges(template, source)
    return template


def _refuse_ranges(template: BoundTemplate, source: str) -> None:
    """Refuse (1..9): a text goes through records, and a range may be longer than any of them."""
    context = RenderContext(template)
    nodes = list(template.nodes)
    while nodes:
        node = nodes.pop()
        nodes += node.children(context, include_partials=False)
        expressions = list(node.expressions())
        while expressions:
            expression = expressions.pop()
            expressions += expression.children()
            if isinstance(expression, RangeLiteral):
                line = _line_at(source, expression.token.start_index)
                raise TemplateFault(_("没有 (1..9) 这种写法，只能逐条列出记录。"), line)


def tidy(text: str) -> str:
    """Return the text with a paragraph a line: the lines a template needs for itself leave no gaps."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _left_open(source: str) -> tuple[str, int] | None:
    """Return the tag that is never closed and its line: that is where a person has to look.

    It is the innermost one that is open where one around it ends, or where the text does.
    """
    open_tags: list[tuple[str, int]] = []
    for tag in TAG.finditer(source):
        name, names = tag[1], [one for one, _line in open_tags]
        if names and names[-1] == "comment" and name != "endcomment":
            continue
        if name in PAIRED:
            open_tags.append((name, _line_at(source, tag.start())))
        elif names and name == f"end{names[-1]}":
            open_tags.pop()
        elif name.startswith("end"):
            return open_tags[-1] if name.removeprefix("end") in names else None
    return open_tags[-1] if open_tags else None


def _line(error: LiquidError, source: str) -> int:
    """Return the line; what is noticed at the end of the text has no place of its own."""
    place = error.token.start_index if error.token else -1
    return _line_at(source, place if place >= 0 else len(source))


def _line_at(source: str, place: int) -> int:
    return source.count("\n", 0, place) + 1


def _reason(error: LiquidError) -> str:
    """Return what is wrong in words; the language's own, in English, only where there are none."""
    if isinstance(error, LoopIterationLimitError | OutputStreamLimitError | LocalNamespaceLimitError):
        return _("循环太多或文字太长，已停止。请检查循环。")
    said = str(error.message)
    if isinstance(error, UndefinedError):
        return _("没有这个名称：%(name)s") % {"name": said.removesuffix(" is undefined").strip("'")}
    for pattern, words in FAULTS:
        found = pattern.fullmatch(said)
        if found:
            return str(words) % {"what": found.group(1)} if found.groups() else str(words)
    return _("写法有误：%(said)s") % {"said": said}

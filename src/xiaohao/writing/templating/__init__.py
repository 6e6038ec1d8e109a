"""The language of text templates: Liquid, which can name values, ask and repeat, and nothing else.

A template reaches only what it is given; files and code are out of reach. Loops, length and time are bounded,
and of the language's tags and filters there are only those a text needs: each of the others is a way to make
a number, a list or a text that fills the memory.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from liquid import BoundTemplate, RenderContext, Token
from liquid.ast import Node
from liquid.builtin.expressions import FilteredExpression, PositionalArgument
from liquid.builtin.expressions.filtered import Filter
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.exceptions import LiquidError, LiquidValueError, ResourceLimitError
from liquid.expression import Expression
from liquid.output import LimitedStringIO
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.token import TOKEN_EXPRESSION

from xiaohao.lib.plain_text import plain_lines
from xiaohao.writing.templating.bounds import BoundedContext, BoundedEnvironment, environment
from xiaohao.writing.templating.faults import NOT_ENDED, TOO_DEEP, TemplateFault, left_open, reason
from xiaohao.writing.templating.filters import FILTERS

__all__ = ["TemplateFault", "check", "render"]

LONGEST_SOURCE = 20_000  # characters; the shipped ones have 3,000 at most
MOST_NESTED = 50  # of what one expression may hold within another
NOT_PAIRED = re.compile(r"expected tag end\w+, .*|unexpected tag 'end\w+'|comment tag was never closed")
# What takes the square of its length to be read, and no text needs.
TANGLES = re.compile(r"\{{4,}|\({4,}|\s{200,}")
NESTING = re.compile(r"\[|[<>=!]+|\b(?:and|or|contains)\b")


def render(source: str, values: Mapping[str, Any]) -> str:
    """Return the text of a template. Raises ``TemplateFault``."""
    template = _read(source)
    context = BoundedContext(template, globals=template.make_globals(dict(values)))
    text = LimitedStringIO(BoundedEnvironment.output_stream_limit)
    try:
        template.render_with_context(context, text)
    except LiquidError as error:
        # What reaches a limit has no place of its own, only that of the outermost tag around it.
        limited = isinstance(error, ResourceLimitError | LiquidValueError)
        token = context.at if limited and context.at else error.token
        raise TemplateFault(reason(error), source, _place(token)) from error
    except (RecursionError, TypeError, ValueError, ArithmeticError) as error:
        raise TemplateFault(reason(error), source, _place(context.at)) from error
    return tidy(plain_lines(text.getvalue()))


def check(source: str) -> None:
    """Raise ``TemplateFault`` for a template that cannot be read at all."""
    _read(source)


def tidy(text: str) -> str:
    """Return the text with a paragraph a line: the lines a template needs for itself leave no gaps."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _read(source: str) -> BoundTemplate:
    if len(source) > LONGEST_SOURCE:
        too_long = _("模板太长，最多 %(most)s 字，请从这里起删减。") % {"most": LONGEST_SOURCE}
        raise TemplateFault(too_long, source, LONGEST_SOURCE)
    tangle = TANGLES.search(source)
    if tangle:
        raise TemplateFault(_("括号或空白连着太多，请删去。"), source, tangle.start())
    language, tokens = environment(), TokenStream(iter(()))
    try:
        tokens = TokenStream(language.tokenizer()(source))
        _refuse_depth(tokens.tokens, source)
        nodes = get_parser(language).parse(tokens)
    except TemplateFault:
        raise
    except Exception as error:  # whatever the language makes of what somebody typed
        raise _unreadable(error, tokens, source) from error
    _refuse_what_there_is_not(nodes, source)
    return language.template_class(language, nodes, globals=language.make_globals(None))


def _unreadable(error: Exception, tokens: TokenStream, source: str) -> TemplateFault:
    token = error.token if isinstance(error, LiquidError) else None
    if isinstance(error, LiquidError) and NOT_PAIRED.fullmatch(str(error.message)):
        open_tag = left_open(source)
        if open_tag is not None:
            name, place = open_tag
            return TemplateFault(str(NOT_ENDED) % {"what": f"end{name}"}, source, place)
    if token is None or token.start_index < 0:  # noticed at the end of an expression, which has no place
        read = tokens.tokens[: tokens.pos + 1]
        token = next((one for one in reversed(read) if one.kind == TOKEN_EXPRESSION), None)
    return TemplateFault(reason(error), source, _place(token))


def _place(token: Token | None) -> int:
    return max(token.start_index, 0) if token else 0


def _refuse_depth(tokens: Sequence[Token], source: str) -> None:
    for token in tokens:
        if token.kind == TOKEN_EXPRESSION and len(NESTING.findall(token.value)) > MOST_NESTED:
            raise TemplateFault(str(TOO_DEEP), source, token.start_index)


def _refuse_what_there_is_not(nodes: Sequence[Node], source: str) -> None:
    """Refuse ranges and filters there are none of, also where the text would not come by.

    A text goes through records; a range, (1..9), may be longer than any of them.
    """
    for expression in _expressions(nodes):
        if isinstance(expression, RangeLiteral):
            place = expression.token.start_index
            raise TemplateFault(_("没有 (1..9) 这种写法，只能逐条列出记录。"), source, place)
        if isinstance(expression, FilteredExpression):
            for used in expression.filters or ():
                _refuse_filter(used, source)


def _refuse_filter(used: Filter, source: str) -> None:
    place = used.token.start_index
    known = FILTERS.get(used.name)
    if known is None:
        said = _("竖线后面没有“%(what)s”这种用法，可以用的有：%(known)s。")
        raise TemplateFault(said % {"what": used.name, "known": "、".join(FILTERS)}, source, place)
    named = any(not isinstance(one, PositionalArgument) for one in used.args)
    if named or not known.least <= len(used.args) <= known.most:
        said = _("“%(what)s”后面的内容少了或者多了，写法如 %(example)s。")
        raise TemplateFault(said % {"what": used.name, "example": known.example}, source, place)


def _expressions(nodes: Sequence[Node]) -> Iterator[Expression]:
    """Yield the expressions of nodes and of all within them."""
    context = RenderContext(BoundTemplate(environment(), []))
    open_nodes = list(nodes)
    while open_nodes:
        node = open_nodes.pop()
        open_nodes += node.children(context, include_partials=False)
        open_expressions = list(node.expressions())
        while open_expressions:
            expression = open_expressions.pop()
            yield expression
            open_expressions += expression.children()

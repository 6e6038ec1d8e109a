"""What is wrong with a template, in words a clerk understands, with the line and the piece it stands in."""

import re
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from liquid.exceptions import (
    BlockNestingError,
    ContextDepthError,
    LiquidError,
    LiquidValueError,
    LocalNamespaceLimitError,
    LoopIterationLimitError,
    OutputStreamLimitError,
    UndefinedError,
)

from xiaohao.writing.templating.bounds import TAGS, TimeLimitError
from xiaohao.writing.templating.filters import Misused

LONGEST_PIECE = 200  # characters shown of where the fault is
PIECE_ENDS = re.compile(r"[%}]\}|\n|$")
TAG = re.compile(r"\{%-?\s*(\w+)")
PAIRED = frozenset(("capture", "case", "comment", "for", "if", "unless"))
NOT_ENDED = gettext_lazy("没有写结束的 {%% %(what)s %%}，请补上。")
UNFINISHED = gettext_lazy("写得不完整或者多了字，请对照原来的模板改。")
UNSUITABLE = gettext_lazy("这里的内容不能这样用，请对照原来的模板改。")
TOO_DEEP = gettext_lazy("一层套一层，套得太深，请减少层数。")
TOO_LONG = gettext_lazy("写出来的文字太长，已停止。请检查循环里重复加上的文字。")


LIMITS: Final = (
    ((LoopIterationLimitError,), gettext_lazy("循环太多，已停止。请减少循环里的循环。")),
    ((OutputStreamLimitError, LocalNamespaceLimitError), TOO_LONG),
    ((BlockNestingError, ContextDepthError), TOO_DEEP),
    ((TimeLimitError,), gettext_lazy("很久还没有写完，已停止。请减少循环。")),
    ((LiquidValueError,), gettext_lazy("数太大了，请改小。")),
)
# What the language says, in English, and what we say.
FAULTS: Final = tuple(
    (re.compile(said), words)
    for said, words in (
        (r"expected tag (\w+), .*", NOT_ENDED),
        (
            r"unexpected tag '(else|elsif|when|end\w+)'",
            gettext_lazy("{%% %(what)s %%} 没有对应的开头，请补上开头或者删去。"),
        ),
        (
            rf"unexpected tag '({'|'.join(TAGS)})'",
            gettext_lazy("{%% case %%} 后面要先写 {%% when %%}，请把 {%% %(what)s %%} 移到它后面。"),
        ),
        (
            r"unexpected tag '(.+)'|expected tag, found (doc)",
            gettext_lazy("没有 {%% %(what)s %%} 这种写法，可以用的有：%(tags)s。"),
        ),
        (
            r"expected '\}\}', found end of file|missing tag name or closing delimiter",
            gettext_lazy("括号没有写完，或者里面是空的。请写成 {{ 名称 }} 或 {%% if 名称 %%}。"),
        ),
        (
            r"missing expression|expected at least one argument|.*, found end of expression",
            gettext_lazy("没有写完，缺少条件、名称或内容，请补上。"),
        ),
        (r"unexpected '(break|continue)'", gettext_lazy("{%% %(what)s %%} 只能写在 {%% for %%} 里面。")),
        (
            r"unknown operator '(.+)'|expected end of expression, found '(=)'",
            gettext_lazy("没有“%(what)s”这种比较，可以用 ==、!=、>、<、>=、<=、contains。"),
        ),
        (r"""unexpected ["'](["'])["']""", gettext_lazy("引号不成对，请补上另一半。")),
        (
            r"""unexpected ["'](.)["']""",
            gettext_lazy("这里不能用 %(what)s。引号、竖线、逗号、冒号要用英文的（半角）。"),
        ),
        (r"disallowed not operator.*", gettext_lazy("条件里不能用 not，请改用 {%% unless %%}。")),
        (r"disallowed parentheses.*", gettext_lazy("条件里不能用圆括号，请分成几个 {%% if %%}。")),
        (r"disallowed ternary.*", gettext_lazy("花括号里不能写 if，请改用 {%% if %%}……{%% endif %%}。")),
        (r"every line of an inline comment.*", gettext_lazy("{%% # %%} 里的说明，每一行都要以 # 开头。")),
        (
            r"expected in, .*|expected 'reversed', 'offset' or 'limit'.*",
            gettext_lazy("请写成 {%% for 题 in 问题 %%}；后面只能再写 limit、offset 或 reversed。"),
        ),
        (
            r"expected an? (?:identifier|name), .*|invalid identifier",
            gettext_lazy("这里要写一个名称，不带点、问号和引号。"),
        ),
        (r"'<' and '>' are not .*", gettext_lazy("只有数和数、文字和文字可以比大小，请检查两边。")),
        (r"'in' and 'contains' are not .*", gettext_lazy("contains 前面要是文字或者一组内容。")),
        (
            r"expected an integer, .*|.* islice\(\) .*",
            gettext_lazy("limit、offset 后面要写不小于 0 的整数。"),
        ),
    )
)


class TemplateFault(Exception):  # noqa: N818 - what a clerk would call it
    """What is wrong as a sentence with its line (counted from 1), and the piece of the template it is in."""

    def __init__(self, reason: str, source: str, place: int) -> None:
        self.line = source.count("\n", 0, place) + 1
        self.piece = _piece(source, place)
        super().__init__(_("模板第 %(line)s 行：%(reason)s") % {"line": self.line, "reason": reason})


def _piece(source: str, place: int) -> str:
    """Return the tag around a place; outside of any, the line it is in."""
    begun = max(source.rfind(mark, 0, place + 2) for mark in ("{{", "{%"))
    ended = max(source.rfind(mark, 0, place) for mark in ("}}", "%}"))
    start = begun if begun > ended else source.rfind("\n", 0, place) + 1
    end = PIECE_ENDS.search(source, place)
    return source[start : end.end() if end else None].strip()[:LONGEST_PIECE]


def reason(error: Exception) -> str:
    """Return what is wrong in words."""
    if isinstance(error, RecursionError):
        return str(TOO_DEEP)
    said = str(error.message if isinstance(error, LiquidError) else error)
    if isinstance(error, Misused):
        return said
    if isinstance(error, UndefinedError):
        return _undefined(error, said)
    for kinds, words in LIMITS:
        if isinstance(error, kinds):
            return str(words)
    for pattern, words in FAULTS:
        found = pattern.fullmatch(said)
        if found:
            what = next((one for one in found.groups() if one), "")
            return str(words) % {"what": what, "tags": "、".join(TAGS)}
    return str(UNFINISHED if isinstance(error, LiquidError) else UNSUITABLE)


def _undefined(error: UndefinedError, said: str) -> str:
    if said == "index out of range":
        name = error.token.value if error.token else ""
        return _("“%(name)s”没有这么多项。") % {"name": name}
    name = said.removesuffix(" is undefined").strip("'")
    return _("没有这个名称：%(name)s。请从“可以用的名称”里选。") % {"name": name}


def left_open(source: str) -> tuple[str, int] | None:
    """Return the tag that is never closed and its place: that is where a person has to look.

    It is the innermost one that is open where one around it ends, or where the text does.
    """
    open_tags: list[tuple[str, int]] = []
    for tag in TAG.finditer(source):
        name, names = tag[1], [one for one, _place in open_tags]
        if names and names[-1] == "comment" and name != "endcomment":
            continue
        if name in PAIRED:
            open_tags.append((name, tag.start()))
        elif names and name == f"end{names[-1]}":
            open_tags.pop()
        elif name.startswith("end"):
            return open_tags[-1] if name.removeprefix("end") in names else None
    return open_tags[-1] if open_tags else None

"""How far a template may go: time, steps, length, depth, and the tags there are."""

import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from liquid import BoundTemplate, Environment, RenderContext, StrictUndefined, Token
from liquid.exceptions import ResourceLimitError

from xiaohao.writing.body import LONGEST_BODY
from xiaohao.writing.templating.filters import FILTERS, MOST_STEPS

LONGEST_TIME = 10  # seconds
TAGS: Final = ("assign", "break", "capture", "case", "comment", "continue", "cycle", "for", "if", "unless")
READING = ("#", "content", "illegal", "output")  # tags by which the language reads any text


class TimeLimitError(ResourceLimitError):
    """The template takes too long."""


class BoundedContext(RenderContext):
    """Ends a template that takes too long: asked whenever it names a value or a filter.

    ``at`` is what was named last: there a limit was reached.
    """

    __slots__ = ("_until", "at")

    def __init__(self, template: BoundTemplate, **options: Any) -> None:
        super().__init__(template, **options)
        self._until = time.monotonic() + LONGEST_TIME
        self.at: Token | None = None

    def _go_on(self, token: Token | None) -> None:
        self.at = token or self.at
        if time.monotonic() > self._until:
            raise TimeLimitError("time limit reached", token=None)

    def get(self, *arguments: Any, **options: Any) -> object:
        """Return a value by its name."""
        self._go_on(options.get("token"))
        return super().get(*arguments, **options)

    def filter(self, name: str, token: Token | None) -> Callable[..., object]:
        """Return a filter by its name."""
        self._go_on(token)
        return super().filter(name, token)


class BoundedEnvironment(Environment):
    loop_iteration_limit = MOST_STEPS
    output_stream_limit = LONGEST_BODY * 4  # bytes
    local_namespace_limit = LONGEST_BODY * 4  # bytes
    context_depth_limit = 20


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the language: its tags and filters."""
    made = BoundedEnvironment(undefined=StrictUndefined, strict_filters=True)
    made.tags = {name: tag for name, tag in made.tags.items() if name in (*TAGS, *READING)}
    made.filters = {**FILTERS}
    return made

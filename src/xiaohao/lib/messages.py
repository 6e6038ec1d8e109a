"""Sentences for the user, made where no web framework is at hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Message:
    """A sentence in Chinese with named values, for example ``Message("第%(line)s行为空", {"line": 3})``.

    ``template`` is the gettext message id: the web layer translates it and fills in ``values`` afterwards.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template % self.values if self.values else self.template

"""The standing registers: one folder each, found by its place; nothing lists them."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType


def modules(name: str) -> Iterator[ModuleType]:
    """Import the module of a name from every register that has it, in the order of the folders."""
    for folder in iter_modules(__path__):
        path = f"{__name__}.{folder.name}.{name}"
        if folder.ispkg and folder.name != "migrations" and find_spec(path) is not None:
            yield import_module(path)

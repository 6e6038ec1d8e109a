"""What must not leave the organ: looked for before a text is published.

Each hit is resolved by changing the text or kept with a reason. Rules: 保密法, 个人信息保护法,
党务公开条例（试行）. No ID, mobile or bank numbers, home addresses, clue or informant words, secret marks,
names beside discipline words, nothing marked as not public.
"""

from collections.abc import Iterator, Mapping, Sequence

from xiaohao.writing.publication_check import people
from xiaohao.writing.publication_check.hit import Hit
from xiaohao.writing.publication_check.marks import marks
from xiaohao.writing.publication_check.numbers import numbers
from xiaohao.writing.publication_check.withheld import standing_in

__all__ = ["Hit", "check", "keys_in", "places"]


def check(text: str, names: Sequence[str], withheld: Mapping[str, str]) -> list[Hit]:
    """Return what was found, in the order of the text, what stands there several times once.

    ``names`` are those of the organ's people; ``withheld`` what is marked as not public, with why.
    """
    found: dict[str, Hit] = {}
    for hit in sorted(_found(text, names, withheld), key=lambda hit: hit.start):
        found.setdefault(hit.key, hit)
    return list(found.values())


def places(text: str, hit: Hit, names: Sequence[str]) -> list[int]:
    """Return where a name or a number stands in a text, but not where it is part of a longer one."""
    if hit.rule == people.RULE:
        return people.places_of(text, hit.text, names)
    return sorted(one.start for one in numbers(text) if one.key == hit.key)


def keys_in(text: str, names: Sequence[str]) -> set[str]:
    """Return the keys of all names and numbers in a text, looked for once."""
    return {one.key for one in (*numbers(text), *people.named(text, names))}


def _found(text: str, names: Sequence[str], withheld: Mapping[str, str]) -> Iterator[Hit]:
    yield from numbers(text)
    yield from marks(text)
    yield from people.beside_discipline(text, names)
    yield from standing_in(text, withheld)

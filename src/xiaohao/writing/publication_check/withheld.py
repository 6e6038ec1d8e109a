"""What is marked as not public, standing in a text."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from xiaohao.writing.publication_check.hit import Hit


def standing_in(text: str, withheld: Mapping[str, str]) -> list[Hit]:
    """Find what is marked as not public by its words alone: 。 and line ends differ in a text.

    A sentence inside a passage that stands there as a whole is not told once more.
    """
    standing = [place for place, one in enumerate(text) if one.isalnum()]
    words = "".join(text[place] for place in standing)
    found: list[Hit] = []
    told = 0  # up to where
    for start, end, why in sorted(_spans(words, withheld), key=lambda span: (span[0], -span[1])):
        if end > told:
            said = text[standing[start] : standing[end - 1] + 1]
            advice = why or _("请删去这一内容。")
            found.append(Hit("withheld", _("标为不公开的内容"), said, standing[start], advice))
            told = end
    return found


def _spans(words: str, withheld: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Yield where each passage stands first, and why it is not public."""
    for said, why in withheld.items():
        looked_for = "".join(one for one in said if one.isalnum())
        first = words.find(looked_for) if looked_for else -1
        if first >= 0:
            yield first, first + len(looked_for), why

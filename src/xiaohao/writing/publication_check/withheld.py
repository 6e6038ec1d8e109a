"""What is marked as not public, standing in a text."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from xiaohao.writing.publication_check.hit import Hit


def standing_in(text: str, withheld: Mapping[str, str]) -> Iterator[Hit]:
    """Find what is marked as not public by its words alone: 。 and line ends differ in a text."""
    standing = [place for place, one in enumerate(text) if one.isalnum()]
    words = "".join(text[place] for place in standing)
    for said, why in withheld.items():
        looked_for = "".join(one for one in said if one.isalnum())
        first = words.find(looked_for) if looked_for else -1
        if first >= 0:
            start, end = standing[first], standing[first + len(looked_for) - 1] + 1
            advice = why or _("请删去这一问题。")
            yield Hit("withheld", _("标为不公开的问题"), text[start:end], start, advice)

"""Telephone numbers among words, as a telephone dials them."""

import re

NUMBER = re.compile(r"(?:[（(]0[0-9]{2,3}[）)]\s?)?\+?[0-9](?:-?[0-9]){4,}")


def pieces(said: str) -> list[tuple[str, str]]:
    """Return words in pieces, each with what is dialled; empty for what is no number."""
    found, end = [], 0
    for number in NUMBER.finditer(said):
        found += [(said[end : number.start()], ""), (number[0], re.sub(r"[^0-9+]", "", number[0]))]
        end = number.end()
    return [piece for piece in (*found, (said[end:], "")) if piece[0]]

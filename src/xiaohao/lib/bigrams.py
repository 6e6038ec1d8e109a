"""Two-character tokens, so that Chinese words of any length are found by an index that splits at spaces.

A word of two, three or four characters is a phrase of one, two or three neighbouring tokens. Neither SQLite's
trigram index (blind to two-character words) nor a dictionary (blind to names it does not know) is needed.
"""

import re
import unicodedata

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|[^\W_{_HAN}]+")


def bigrams(text: str) -> str:
    """Return the tokens of ``text`` separated by spaces, for FTS5 ``unicode61`` and PostgreSQL ``simple``."""
    return " ".join(_tokens(text))


def phrase(query: str) -> list[str]:
    """Return the tokens of a query in order; they must stand side by side in the index.

    A lone character at the edge of a longer query (``2025年``) is left out, because in the text it may be
    half of a longer word (``2025年度``): such a query may find a little more, never less. A query of a
    single character gives that character, which the index knows only where it stands alone.
    """
    tokens = _tokens(query)
    first, last = 0, len(tokens)
    if last > 1 and _lone(tokens[-1]):
        last -= 1
    if last - first > 1 and _lone(tokens[0]):
        first += 1
    return tokens[first:last]


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    for run in _RUN.finditer(unicodedata.normalize("NFKC", text).lower()):
        word = run.group()
        if run["han"] and len(word) > 1:
            tokens.extend(word[at : at + 2] for at in range(len(word) - 1))
        else:
            tokens.append(word)
    return tokens


def _lone(token: str) -> bool:
    return len(token) == 1 and re.match(f"[{_HAN}]", token) is not None

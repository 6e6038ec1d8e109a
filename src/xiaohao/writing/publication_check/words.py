"""A part of a text as the dictionary divides it."""

import rjieba

NAMES = "nr"  # the kinds of names in the dictionary
LIKE_NAMES = ("ns", "nz", "z", "m")  # of places, of brands, and what is a picture or a number: 江山, 万里
THINGS = "n"


class Words:
    """Where its words begin, how long they are and of what kind."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._words: dict[int, tuple[int, str]] = {}
        place = 0
        for word, kind in rjieba.tag(text, hmm=False):
            self._words[place] = (len(word), kind)
            place += len(word)
        self._words[place] = (0, "")

    def divides(self, place: int) -> bool:
        """Tell whether a word begins or the text ends at a place."""
        return place in self._words

    def word_at(self, place: int) -> tuple[int, str]:
        """Return length and kind of the word that begins at a place and is no name; 0 for none."""
        length, kind = self._words.get(place, (0, ""))
        return (0, "") if length < 2 or kind.startswith(NAMES) else (length, kind)

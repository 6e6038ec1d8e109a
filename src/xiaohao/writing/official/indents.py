"""Where lines begin that do not begin two characters in, in characters (GB/T 9704-2012, 7.3)."""

from xiaohao.writing.official.measures import CHARACTERS


def width(text: str) -> float:
    """Return the width in characters: digits and Latin letters take half of one."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def sign_off_indents(organ: str, date: str, *, sealed: bool) -> tuple[float, float]:
    """Return how far from the left organ and date begin (7.3.5).

    Without a seal (7.3.5.2) the date begins two characters right of the organ, and the longer of both ends
    two before the edge. Counted from the left, this stays true where a font or a program makes the digits of
    the date wider. With a seal (7.3.5.1) both are centred between their indent and the edge, so that a date
    of the usual width ends four before it; a longer organ has one character more than it should need.
    """
    long, short = width(organ), width(date)
    if sealed:
        begin = max(0.0, CHARACTERS - max(2 * 4 + short, long + 1))
        return begin, begin
    begin = max(0.0, CHARACTERS - 2 - (long if long > short else short + 2))
    return begin, begin + 2


def attachment_indents(line: str) -> tuple[float, float]:
    """Return where a line of the list of attachments begins, and where it goes on, in characters (7.3.4)."""
    first = line.startswith("附件：")
    numbered = line.removeprefix("附件：")[:1].isdigit()
    begin = 2.0 if first else 5.0
    return begin, 5.0 + (1.0 if numbered else 0.0)

"""Where lines begin and end that do not begin two characters in, in characters (GB/T 9704-2012, 7.3)."""


def width(text: str) -> float:
    """Return the width in characters: digits and Latin letters take half of one."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def sign_off_indents(organ: str, date: str, *, sealed: bool) -> tuple[float, float]:
    """Return how far organ and date stand in from the right (7.3.5).

    With a seal (7.3.5.1) the date stands four characters in and the organ is centred on it. Without one
    (7.3.5.2) the longer of both stands two in; the other begins two characters beside its first character.
    """
    long, short = width(organ), width(date)
    if sealed:
        beside = 4 + (short - long) / 2
        return (beside, 4.0) if beside >= 0 else (0.0, (long - short) / 2)
    if short >= long:
        return max(0.0, 2 + short + 2 - long), 2.0
    return 2.0, max(0.0, 2 + long - 2 - short)


def attachment_indents(line: str) -> tuple[float, float]:
    """Return where a line of the list of attachments begins, and where it goes on, in characters (7.3.4)."""
    first = line.startswith("附件：")
    numbered = line.removeprefix("附件：")[:1].isdigit()
    begin = 2.0 if first else 5.0
    return begin, 5.0 + (1.0 if numbered else 0.0)

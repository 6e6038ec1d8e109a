"""Money in integer fen (分); a hundred make a yuan (元)."""

import re

AMOUNT = re.compile(r"(-?)(\d+)(?:\.(\d{1,2}))?")
LARGEST = 10**15  # fen


def fen_of(text: str) -> int:
    """Return the fen of an amount in yuan as people write it: ``1,234.5`` or ``￥1234.50元``.

    Raises ``ValueError`` for anything else, and for parts of a fen.
    """
    plain = re.sub(r"[\s,，￥¥元]", "", text)
    match = AMOUNT.fullmatch(plain)
    if match is None:
        raise ValueError(text)
    sign, yuan, rest = match.groups()
    fen = int(yuan) * 100 + int((rest or "0").ljust(2, "0"))
    if fen > LARGEST:
        raise ValueError(text)
    return -fen if sign else fen


def yuan_of(fen: int) -> str:
    """Return an amount in yuan, with thousands set apart: ``1,234.50``."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"

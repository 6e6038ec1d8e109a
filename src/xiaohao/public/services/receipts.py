"""Receipts: sixteen digits, shown once, kept as a keyed digest; and what stands behind one."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from xiaohao.core import encryption
from xiaohao.public.models import Comment, HeldText, Publication, Receipt

DIGITS = 16


def receipt_of(once: str) -> str:
    """Return the receipt that belongs to a question answered right: the same however often it is sent."""
    return f"{int(encryption.digest(f'receipt of|{once}'), 16) % 10**DIGITS:0{DIGITS}d}"


def digest_of(receipt: str) -> str:
    """Return what is kept of a receipt."""
    return encryption.digest(f"receipt|{receipt}")[:32]


def known_by(digest: str) -> Receipt | None:
    """Return what is kept already under a receipt's digest."""
    return Receipt.objects.filter(digest=digest).first()


def found_by(receipt: str) -> Receipt | None:
    """Return what is kept under a receipt; blanks, dashes and wide digits do not matter."""
    digits = re.sub(r"[\s–—-]", "", unicodedata.normalize("NFKC", receipt))
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    rows = Receipt.objects.select_related(
        "comment__publication__organ", "held__publication__organ", "held__comment"
    )
    return rows.filter(digest=digest_of(digits)).first()


@dataclass(frozen=True)
class Standing:
    """What became of what somebody wrote, as he is told."""

    publication: Publication
    received_on: dt.date
    text: str
    comment: Comment | None  # once it is one that will be answered
    set_aside: str = ""  # why not


def standing(receipt: Receipt) -> Standing:
    """Return what became of a receipt's words. What was deleted since is empty."""
    if receipt.comment is not None:
        comment = receipt.comment
        return Standing(comment.publication, receipt.received_on, comment.text, comment)
    held = receipt.held
    assert held is not None  # noqa: S101 - a constraint of the table
    aside = held.reason if held.state == HeldText.State.SET_ASIDE else ""
    text = held.comment.text if held.comment else held.text
    return Standing(held.publication, receipt.received_on, text, held.comment, aside)

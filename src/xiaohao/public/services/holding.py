"""Holding back what comes in a flood until somebody looks at it: the same words once, a receipt for each."""

import unicodedata

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from xiaohao.core import encryption
from xiaohao.lib.notice_text import squeezed
from xiaohao.public.models import HeldText, Publication, Receipt
from xiaohao.public.services import intake, shares
from xiaohao.public.services.posts import Said, Taken
from xiaohao.public.services.receipts import known_by


@transaction.atomic
def hold(*, publication: Publication, said: Said, digest: str, source: str) -> Taken:
    """Hold a text back: a new one, or one more of a text that is there."""
    counts = intake.locked(publication.organ)
    known = known_by(digest)
    if known is not None:
        return Taken(known, again=True)
    words = text_digest(said.text)
    same = HeldText.objects.filter(publication=publication, digest=words).defer("text").first()
    sender = f"{said.name}\n{said.contact}" if said.name or said.contact else ""
    size = shares.Size(0, intake.RECEIPT_ROW + intake.size_of(sender))
    if same is None:
        size = shares.Size(intake.size_of(said.text), intake.HELD_ROW + size.beside)
    shares.take(counts, publication.organ, source, size)
    held = _one_more(same) if same else _first(publication, said.text, words)
    held.organ = publication.organ
    receipt = Receipt.objects.create(
        digest=digest, held=held, sender=sender, received_on=timezone.localdate()
    )
    if held.state == HeldText.State.HELD:
        counts.waiting += 1
        counts.waiting_since = counts.waiting_since or receipt.received_on
    intake.note_held(counts, receipt, held)
    counts.save()
    return Taken(receipt)


def _one_more(held: HeldText) -> HeldText:
    """Count one more of a text."""
    row = HeldText.objects.filter(pk=held.pk)
    row.update(count=F("count") + 1, version=F("version") + 1, changed_at=timezone.now())
    return held


def _first(publication: Publication, text: str, digest: str) -> HeldText:
    """Keep a text nobody sent before."""
    now = timezone.now()
    return HeldText.objects.create(
        organ=publication.organ,
        publication=publication,
        digest=digest,
        text=text,
        received_on=timezone.localdate(),
        created_at=now,
        changed_at=now,
    )


def text_digest(text: str) -> str:
    """Return a keyed digest, the same for the same words however blanks and widths are set."""
    return encryption.digest(f"text|{squeezed(unicodedata.normalize('NFKC', text)).casefold()}")[:32]

"""Taking in what the public writes: as a comment, or in a flood as a text that is looked at first.

Nothing that answered the question is turned away before the room for texts is full.
"""

import datetime as dt
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core import encryption
from xiaohao.core.dated_settings import value
from xiaohao.core.models import Organ, Person, Role
from xiaohao.core.services import records
from xiaohao.lib.notice_text import squeezed
from xiaohao.public.models import Comment, HeldText, Intake, Publication, Receipt
from xiaohao.public.services import files, intake
from xiaohao.public.services.receipts import digest_of


@dataclass(frozen=True)
class Said:
    """What somebody wrote. Only the words are asked for."""

    text: str
    name: str = ""
    contact: str = ""
    file: "files.Upload | None" = None


@dataclass(frozen=True)
class Taken:
    """What came of it. ``again``: the same was sent before and nothing was added."""

    receipt: Receipt
    again: bool = False


def receive(*, publication: Publication, said: Said, receipt: str, flood: bool) -> Taken:
    """Keep a comment under its receipt; in a flood hold it back, without a file.

    Raises ``ValidationError`` for a file that is not taken, when there is no room, and after the period.
    """
    if not publication.is_open(timezone.localdate()):
        raise ValidationError(_("公开期已经结束，请拨打联系电话。"))
    digest = digest_of(receipt)
    if flood:
        return _held(publication, said, digest)
    file = files.checked(publication.organ, said.file) if said.file else None
    return _received(publication, said, file, digest)


def _known(digest: str) -> Receipt | None:
    return Receipt.objects.filter(digest=digest).first()


def _received(publication: Publication, said: Said, file: files.Checked | None, digest: str) -> Taken:
    """Keep an ordinary comment; a file that was written for one that failed does not stay."""
    path = ""
    try:
        with transaction.atomic():
            counts = intake.locked(publication.organ)
            known = _known(digest)
            if known is not None:
                return Taken(known, again=True)
            intake.check_texts(counts, publication.organ, held=False)
            if file is not None:
                intake.check_files(counts, publication.organ, len(file.sealed))
                path = files.write(publication.organ, file)
            comment = new_comment(publication, said, timezone.localdate())
            comment.file = path
            if file is not None:
                comment.file_name, comment.file_kind = file.name, file.kind
                comment.file_size = len(file.sealed)
            records.create(comment, by=None, action="public_comment.received")
            receipt = Receipt.objects.create(digest=digest, comment=comment, received_on=comment.received_on)
            counts.text_bytes += intake.COMMENT_ROW + intake.size_of(said.text, said.name, said.contact)
            counts.file_bytes += comment.file_size
            counts.save()
    except BaseException:
        if path:
            files.delete(path)
        raise
    return Taken(receipt)


def new_comment(publication: Publication, said: Said, received_on: dt.date) -> Comment:
    """Return a comment with the next number, not saved yet. The caller holds the organ's ``Intake``."""
    newest = publication.comments.aggregate(top=Max("number"))["top"] or 0
    days = int(value(publication.organ, "comments.answer_days", received_on))
    return Comment(
        organ=publication.organ,
        publication=publication,
        number=newest + 1,
        text=said.text,
        name=said.name,
        contact=said.contact,
        received_on=received_on,
        due_on=received_on + dt.timedelta(days=days),
        handler=answerers(publication.organ).first(),
    )


def answerers(organ: Organ) -> QuerySet[Person]:
    """Return who may answer the public: the organ's clerks."""
    return _holders(organ, Role.CLERK)


def in_charge(organ: Organ) -> Person | None:
    """Return who sees to comments: the clerk, where there is none the head, who has to name one."""
    return answerers(organ).first() or _holders(organ, Role.HEAD).first()


def _holders(organ: Organ, role: Role) -> QuerySet[Person]:
    return Person.objects.filter(organ=organ, left_on=None, roles__role=role).order_by("pk")


@transaction.atomic
def _held(publication: Publication, said: Said, digest: str) -> Taken:
    """Hold a text back: a new one, or one more of a text that is there."""
    counts = intake.locked(publication.organ)
    known = _known(digest)
    if known is not None:
        return Taken(known, again=True)
    intake.check_texts(counts, publication.organ, held=True)
    today = timezone.localdate()
    held = _one_more(publication, said.text, today, counts)
    sender = f"{said.name}\n{said.contact}" if said.name or said.contact else ""
    receipt = Receipt.objects.create(digest=digest, held=held, sender=sender, received_on=today)
    counts.text_bytes += intake.RECEIPT_ROW + intake.size_of(sender)
    if held.state == HeldText.State.HELD:
        counts.waiting += 1
        counts.waiting_since = counts.waiting_since or today
    intake.note_held(counts, receipt, held)
    counts.save()
    return Taken(receipt)


def _one_more(publication: Publication, text: str, today: dt.date, counts: Intake) -> HeldText:
    """Return the row of a text, with one more counted."""
    now = timezone.now()
    digest = text_digest(text)
    rows = HeldText.objects.filter(publication=publication, digest=digest)
    if rows.update(count=F("count") + 1, version=F("version") + 1, changed_at=now):
        return rows.select_related("organ").get()
    counts.text_bytes += intake.HELD_ROW + intake.size_of(text)
    return HeldText.objects.create(
        organ=publication.organ,
        publication=publication,
        digest=digest,
        text=text,
        received_on=today,
        created_at=now,
        changed_at=now,
    )


def text_digest(text: str) -> str:
    """Return a keyed digest, the same for the same words however blanks and widths are set."""
    return encryption.digest(f"text|{squeezed(unicodedata.normalize('NFKC', text)).casefold()}")[:32]

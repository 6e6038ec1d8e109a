"""Taking in what the public writes: as a comment, or in a flood as a text that is looked at first.

Nothing that answered the question is turned away while there is room; in a flood a source has its share.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.dated_settings import value
from xiaohao.core.models import Organ, Person, Role
from xiaohao.core.services import records
from xiaohao.public.models import Comment, Publication, Receipt
from xiaohao.public.services import files, intake
from xiaohao.public.services.holding import hold
from xiaohao.public.services.posts import Came, Said, Taken
from xiaohao.public.services.receipts import digest_of, known_by


def receive(*, publication: Publication, said: Said, came: Came) -> Taken:
    """Keep a comment under its receipt; in a flood hold it back, without a file.

    Raises ``ValidationError`` for a file that is not taken, when there is no room, and after the period.
    """
    if not publication.is_open(timezone.localdate()):
        raise ValidationError(_("公开期已经结束，请拨打联系电话。"))
    digest = digest_of(came.receipt)
    if came.flood:
        return hold(publication=publication, said=said, digest=digest, source=came.source)
    file = files.checked(publication.organ, said.file) if said.file else None
    return _received(publication, said, file, digest)


def _received(publication: Publication, said: Said, file: files.Checked | None, digest: str) -> Taken:
    """Keep an ordinary comment; a file that was written for one that failed does not stay."""
    path = ""
    try:
        with transaction.atomic():
            counts = intake.locked(publication.organ)
            known = known_by(digest)
            if known is not None:
                return Taken(known, again=True)
            intake.check_texts(counts, publication.organ)
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

"""Taking in what the public writes, and answering it."""

import datetime as dt
import secrets
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core import encryption
from xiaohao.core.dated_settings import value
from xiaohao.core.evidence_kinds import MEBIBYTE, check_size, evidence_kind
from xiaohao.core.models import Account, Organ, Person, Role
from xiaohao.core.services import records
from xiaohao.public.models import Comment, Publication

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    File = UploadedFile[Any]

RECEIPT_DIGITS = 16
FOLDER = "comments"


def receive(
    *, publication: Publication, text: str, name: str = "", contact: str = "", file: "File | None" = None
) -> tuple[Comment, str]:
    """Keep a comment; return it with its receipt, which is known to nobody afterwards.

    Raises ``ValidationError`` for a file that is not taken, and once the period is over.
    """
    today = timezone.localdate()
    if not publication.is_open(today):
        raise ValidationError(_("公开期已经结束，请拨打联系电话。"))
    organ = publication.organ
    kept = _keep(organ, file, today) if file else ("", "")
    receipt = "".join(secrets.choice("0123456789") for _digit in range(RECEIPT_DIGITS))
    with transaction.atomic():
        # Two at once would get the same number: the notice is held while it is given.
        Publication.objects.select_for_update().get(pk=publication.pk)
        newest = publication.comments.aggregate(top=Max("number"))["top"] or 0
        comment = Comment(
            organ=organ,
            publication=publication,
            number=newest + 1,
            receipt=encryption.digest(f"receipt|{receipt}"),
            text=text,
            name=name,
            contact=contact,
            file=kept[0],
            file_kind=kept[1],
            file_name=(file.name or "")[-100:] if file else "",
            received_on=today,
            due_on=today + dt.timedelta(days=int(value(organ, "comments.answer_days", today))),
            handler=Person.objects.filter(organ=organ, left_on=None, roles__role=Role.CLERK).first(),
        )
        created = records.create(comment, by=None, action="public_comment.received")
    return created, receipt


def _keep(organ: Organ, file: "File", today: dt.date) -> tuple[str, str]:
    """Write a file, encrypted; return where it is and its kind. Raises ``ValidationError``."""
    name = file.name or ""
    check_size(file.size or 0, name, int(value(organ, "comments.most_megabytes", today)))
    if _used(organ) > int(value(organ, "comments.storage_megabytes", today)) * MEBIBYTE:
        raise ValidationError(_("附件暂时收不下了。请去掉附件提交意见，或者拨打联系电话。"))
    data = file.read()
    kind = evidence_kind(data, name)
    path = f"{FOLDER}/{organ.pk}/{secrets.token_hex(16)}"
    return default_storage.save(path, ContentFile(encryption.encrypt_bytes(data))), kind


def _used(organ: Organ) -> int:
    """Return how many bytes the organ's files of comments take."""
    folder = f"{FOLDER}/{organ.pk}"
    if not default_storage.exists(folder):
        return 0
    _folders, files = default_storage.listdir(folder)
    return sum(default_storage.size(f"{folder}/{name}") for name in files)


def attachment(comment: Comment) -> bytes:
    """Return the file of a comment. Raises ``FileNotFoundError`` where it has none."""
    if not comment.file:
        raise FileNotFoundError
    with default_storage.open(comment.file) as stored:
        return encryption.decrypt_bytes(stored.read())


def found_by(receipt: str) -> Comment | None:
    """Return the comment of a receipt; blanks between its digits do not matter."""
    digits = "".join(receipt.split())
    if len(digits) != RECEIPT_DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    rows = Comment.objects.select_related("publication", "organ")
    return rows.filter(receipt=encryption.digest(f"receipt|{digits}")).first()


def counts(organ: Organ) -> dict[str, int]:
    """Return how many comments were received and how many answered."""
    answered = Count("pk", filter=Q(state=Comment.State.ANSWERED))
    return Comment.objects.filter(organ=organ).aggregate(received=Count("pk"), answered=answered)


def answer(*, comment: Comment, text: str, by: Account, expected_version: int) -> Comment:
    """Answer a comment; a later answer replaces the earlier one, which the log keeps. Raises ``Conflict``."""
    if not text.strip():
        raise ValidationError(_("请填写答复。"))
    values = {"answer": text.strip(), "answered_on": timezone.localdate(), "state": Comment.State.ANSWERED}
    return records.change(
        comment, values, by=by, action="public_comment.answered", expected_version=expected_version
    )

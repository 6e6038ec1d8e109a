"""Taking in, replacing and removing evidence."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core import subjects
from xiaohao.core.dated_settings import value
from xiaohao.core.evidence_kinds import check_size, evidence_kind
from xiaohao.core.models import Account, Evidence, Organ, Record, StoredFile
from xiaohao.core.services import records

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

NAME_LENGTH = 200


def store(organ: Organ, file: "UploadedFile[Any]") -> StoredFile:
    """Keep the bytes once per organ. Raises ``ValidationError`` for a file that is not taken."""
    name, limit = file.name or "", int(value(organ, "evidence.most_megabytes", timezone.localdate()))
    check_size(file.size or 0, name, limit)  # before it is read: what is too large never fills the memory
    data = file.read()
    kind = evidence_kind(data, name)
    digest = hashlib.new("sm3", data).hexdigest()
    known = StoredFile.objects.filter(organ=organ, digest=digest).first()
    if known is not None:
        return known
    path = f"evidence/{organ.pk}/{digest[:2]}/{digest}.{kind}"
    # Written before the row: what a killed process leaves behind is found again under the same name.
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(data))
    stored, _new = StoredFile.objects.get_or_create(
        organ=organ, digest=digest, defaults={"kind": kind, "size": len(data), "file": path}
    )
    return stored


@transaction.atomic
def add(
    *,
    about: Record,
    uploads: Sequence["UploadedFile[Any]"],
    proves: str,
    by: Account,
    dated: dt.date | None = None,
    source: str = "",
) -> list[Evidence]:
    """Attach files to a record, all or none. Raises ``ValidationError``: refused file, or nobody may."""
    if not subjects.subject_of(about).may_work(by, about):
        raise ValidationError(_("您不能为它上传佐证材料。"))
    if dated and dated > timezone.localdate():
        raise ValidationError(_("材料日期在今天之后，请核对。"))
    added = [
        records.create(
            Evidence(
                organ=about.organ,
                about_kind=about.subject_kind,
                about_number=about.pk,
                stored=store(about.organ, file),
                name=(file.name or "")[-NAME_LENGTH:],
                proves=proves,
                dated=dated,
                source=source,
            ),
            by=by,
            action="evidence.created",
            note=_("用于：%(subject)s") % {"subject": about},
        )
        for file in uploads
    ]
    subjects.subject_of(about).changed(about)
    return added


@transaction.atomic
def replace(*, evidence: Evidence, file: "UploadedFile[Any]", proves: str, by: Account) -> Evidence:
    """Put a newer version in place of a piece of evidence; the old one stays to be looked at."""
    about = subjects.find(evidence.about_kind, evidence.about_number)
    if hasattr(evidence, "replaced_by"):
        raise ValidationError(_("这份材料已经有新版本，请在新版本上修改。"))
    (newer,) = add(
        about=about,
        uploads=[file],
        proves=proves or evidence.proves,
        by=by,
        dated=evidence.dated,
        source=evidence.source,
    )
    return records.change(newer, {"replaces": evidence}, by=by, action="evidence.replaced")


@transaction.atomic
def remove(*, evidence: Evidence, by: Account) -> None:
    """Take evidence away that nothing rests on yet. Raises ``ValidationError`` where something does."""
    about = subjects.find(evidence.about_kind, evidence.about_number)
    subject = subjects.subject_of(about)
    if not subject.may_work(by, about):
        raise ValidationError(_("您不能移走这份材料。"))
    reason = subject.sealed(about)
    if reason:
        raise ValidationError(reason)
    if hasattr(evidence, "replaced_by"):
        raise ValidationError(_("新版本以它为根据，不能移走。"))
    records.remove(evidence, by=by, action="evidence.removed")
    subject.changed(about)


def evidence_of(rows: Iterable[Record]) -> dict[int, list[Evidence]]:
    """Return the newest versions of the evidence of records of one kind, by their numbers, in one query."""
    listed = list(rows)
    found: dict[int, list[Evidence]] = defaultdict(list)
    if not listed:
        return found
    query = Evidence.objects.about(*listed).filter(replaced_by=None)
    query = query.select_related("stored", "created_by__person")
    for one in query:
        found[one.about_number].append(one)
    return found

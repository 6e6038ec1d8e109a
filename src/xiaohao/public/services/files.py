"""Files of comments: encrypted on disk, under names that say nothing."""

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from xiaohao.core import encryption
from xiaohao.core.dated_settings import value
from xiaohao.core.evidence_kinds import check_size, evidence_kind
from xiaohao.core.models import Organ
from xiaohao.lib.plain_text import one_line
from xiaohao.public.models import Comment

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    Upload = UploadedFile[Any]

FOLDER = "comments"
LONGEST_NAME = 100


@dataclass(frozen=True)
class Checked:
    """A file that may be taken, encrypted."""

    name: str
    kind: str
    sealed: bytes


def checked(organ: Organ, file: "Upload") -> Checked:
    """Look at a file. Raises ``ValidationError`` in the sender's words for one that is not taken."""
    name = one_line(file.name or "")[-LONGEST_NAME:]
    check_size(file.size or 0, name, int(value(organ, "comments.most_megabytes", timezone.localdate())))
    data = file.read()
    return Checked(name, evidence_kind(data, name), encryption.encrypt_bytes(data))


def write(organ: Organ, file: Checked) -> str:
    """Write a file and return where it is."""
    path = f"{FOLDER}/{organ.pk}/{secrets.token_hex(16)}"
    return default_storage.save(path, ContentFile(file.sealed))


def delete(path: str) -> None:
    default_storage.delete(path)


def attachment(comment: Comment) -> bytes:
    """Return the file of a comment. Raises ``FileNotFoundError`` where it has none."""
    if not comment.file:
        raise FileNotFoundError
    with default_storage.open(comment.file) as stored:
        return encryption.decrypt_bytes(stored.read())

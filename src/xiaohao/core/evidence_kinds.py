"""Which files are taken as evidence. The kind follows from the content, never from the name."""

import io
import warnings
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from xiaohao.reading.files.kinds import kind_of
from xiaohao.reading.files.limits import open_archive
from xiaohao.reading.problems import Unreadable

MEBIBYTE = 1024 * 1024
MOST_PIXELS = 80_000_000


@dataclass(frozen=True)
class EvidenceKind:
    """``content_type`` is what a browser is told; ``shown`` how it is previewed."""

    content_type: str
    shown: str = ""  # picture, pages, text or nothing


OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "jpg": EvidenceKind("image/jpeg", "picture"),
    "png": EvidenceKind("image/png", "picture"),
    "webp": EvidenceKind("image/webp", "picture"),
    "pdf": EvidenceKind("application/pdf", "pages"),
    "docx": EvidenceKind(f"{OFFICE}.wordprocessingml.document", "text"),
    "doc": EvidenceKind("application/msword", "text"),
    "xlsx": EvidenceKind(f"{OFFICE}.spreadsheetml.sheet"),
    "xls": EvidenceKind("application/vnd.ms-excel"),
    "txt": EvidenceKind("text/plain", "text"),
    "ofd": EvidenceKind("application/ofd"),
    "mp4": EvidenceKind("video/mp4"),
}
PICTURE_FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "MPO": "jpg"}


def check_size(size: int, name: str, most_megabytes: int) -> None:
    """Raise ``ValidationError`` for an empty file and for one over the limit (bytes against megabytes)."""
    if not size:
        raise ValidationError(_("“%(name)s”是空的。请检查是否选错了文件。") % {"name": name})
    if size > most_megabytes * MEBIBYTE:
        raise ValidationError(
            _("“%(name)s”有 %(size)s MB，超过 %(limit)s MB 的上限。")
            % {"name": name, "size": size // MEBIBYTE, "limit": most_megabytes}
        )


def evidence_kind(data: bytes, name: str) -> str:
    """Return the kind of a file. Raises ``ValidationError`` in the user's words for one that is not taken."""
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff")) or data[8:12] == b"WEBP":
        return _picture(data, name)
    if data[4:8] == b"ftyp" and data[8:12] in {b"isom", b"mp41", b"mp42", b"iso2", b"avc1", b"M4V "}:
        return "mp4"
    try:
        if data.startswith(b"PK") and _is_ofd(data):
            return "ofd"
        kind = kind_of(data, name)
    except Unreadable as problem:
        raise ValidationError(
            f"“{name}”：{_(problem.message.template) % problem.message.values}"
        ) from problem
    if kind not in KINDS:
        raise ValidationError(
            _("“%(name)s”不是可以作佐证的文件。请用照片、PDF、Word、Excel、OFD、文本或 MP4 录像。")
            % {"name": name}
        )
    return kind


def _is_ofd(data: bytes) -> bool:
    with open_archive(data) as archive:
        return "OFD.xml" in archive.namelist()


def _picture(data: bytes, name: str) -> str:
    """Look at the whole picture once, so that what is kept can be shown."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                width, height = picture.size
                kind = PICTURE_FORMATS.get(picture.format or "", "")
                if not kind or width * height > MOST_PIXELS:
                    raise ValueError
                picture.verify()
    except Exception as error:
        raise ValidationError(
            _("“%(name)s”这张图片打不开或者太大。请重新拍摄或另存后再上传。") % {"name": name}
        ) from error
    return kind

"""How much room an organ's comments take and how many wait to be looked at, kept while they come in."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.dated_settings import value
from xiaohao.core.evidence_kinds import MEBIBYTE
from xiaohao.core.models import Organ
from xiaohao.core.services import audit
from xiaohao.lib.hash_chain import GENESIS, link
from xiaohao.public.models import HeldText, Intake, Receipt

# What a row takes beside its words, with its indexes and its entry in the log; measured by bench/flood.py.
COMMENT_ROW, HELD_ROW, RECEIPT_ROW = 3000, 600, 250


class NoRoomError(ValidationError):
    """What was sent has no room any more."""


def locked(organ: Organ) -> Intake:
    """Return the organ's row, held until the end of the transaction: one post is taken in after the other."""
    found = Intake.objects.select_for_update().filter(organ=organ).first()
    if found is None:
        Intake.objects.get_or_create(organ=organ)
        found = Intake.objects.select_for_update().get(organ=organ)
    return found


def check_texts(intake: Intake, organ: Organ) -> None:
    """Raise ``NoRoomError`` once the room for texts is full."""
    room = int(value(organ, "comments.text_megabytes", timezone.localdate())) * MEBIBYTE
    if intake.text_bytes >= room:
        raise no_room()


def no_room() -> NoRoomError:
    """Return what whoever writes is told when nothing more has room."""
    return NoRoomError(_("收到的意见太多，暂时存不下了，这一条没有收下。您写的内容还在，请拨打联系电话。"))


def check_files(intake: Intake, organ: Organ, size: int) -> None:
    """Raise ``NoRoomError`` where a file has no room left."""
    room = int(value(organ, "comments.storage_megabytes", timezone.localdate())) * MEBIBYTE
    if intake.file_bytes + size > room:
        raise NoRoomError(_("附件暂时收不下了。请去掉附件提交意见，或者拨打联系电话。"))


def size_of(*texts: str) -> int:
    """Return what words take at most: sealed, with what stays free of the pages that hold long ones."""
    return sum(len(text.encode("utf-8", "replace")) * 9 // 8 for text in texts)


def note_held(intake: Intake, receipt: Receipt, held: HeldText) -> None:
    """Add a held post to what the log has yet to tell; the hour before is written down first."""
    now = timezone.now()
    if intake.unlogged_since and _hour(intake.unlogged_since) != _hour(now):
        write_down(intake, held.organ)
    if not intake.unlogged:
        intake.unlogged_since, intake.unlogged_first, intake.unlogged_digest = now, receipt.pk, GENESIS
    intake.unlogged += 1
    intake.unlogged_last = receipt.pk
    intake.unlogged_digest = chained(intake.unlogged_digest, receipt.digest, held.digest)


def chained(before: str, receipt: str, text: str) -> str:
    """Return the digest of held posts with one more: its receipt's digest and its text's."""
    return link(before, f"{receipt}|{text}")


def _hour(moment: dt.datetime) -> dt.datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def write_down(intake: Intake, organ: Organ) -> None:
    """Tell the log of the held posts since the last time, in one entry: enough to prove each of them."""
    if not intake.unlogged or intake.unlogged_since is None:
        return
    since = timezone.localtime(intake.unlogged_since)
    event = audit.Event(
        action="held_text.received",
        subject_kind=HeldText.subject_kind,
        subject_number=None,
        subject_label=_("集中收到的意见（%(hour)s起）") % {"hour": since.strftime("%Y-%m-%d %H:%M")},
        changes={
            "rows": [None, intake.unlogged],
            "receipts": [None, f"{intake.unlogged_first}–{intake.unlogged_last}"],
            "digest": [None, f"sm3:{intake.unlogged_digest}"],
        },
    )
    audit.write(organ, [event], by=None)
    intake.unlogged, intake.unlogged_since, intake.unlogged_digest = 0, None, ""


def write_down_all(now: dt.datetime) -> int:
    """Tell the log of held posts of hours that have passed, in every organ; return of how many organs."""
    rows = Intake.objects.filter(unlogged__gt=0, unlogged_since__lt=_hour(now))
    organs = [one.organ for one in rows.select_related("organ")]
    for organ in organs:
        with transaction.atomic():
            counts = locked(organ)
            write_down(counts, organ)
            counts.save()
    return len(organs)


def recount_oldest(intake: Intake, organ: Organ) -> None:
    """Find since when posts wait, after some were looked at."""
    rows = HeldText.objects.filter(organ=organ, state=HeldText.State.HELD)
    intake.waiting_since = rows.aggregate(oldest=Min("received_on"))["oldest"] if intake.waiting else None

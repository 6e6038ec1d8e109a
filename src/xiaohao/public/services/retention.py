"""Forgetting what is personal once it is no longer needed: by night, with an entry in the log."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.dated_settings import value
from xiaohao.core.models import Organ
from xiaohao.core.services import audit, records
from xiaohao.public.models import Comment, HeldText, Receipt
from xiaohao.public.services import files, intake

AT_ONCE = 500  # rows of one transaction: nobody waits long for it
FORGOTTEN = {"name": "", "contact": "", "file": "", "file_size": 0, "file_name": "", "file_kind": ""}


def forget_all(today: dt.date) -> int:
    """Delete what is due in every organ; return how many comments, held texts and late senders that were."""
    return sum(_forget(organ, today) for organ in Organ.objects.order_by("pk"))


def _forget(organ: Organ, today: dt.date) -> int:
    before = today - dt.timedelta(days=int(value(organ, "comments.personal_days", today)))
    answered = Comment.objects.filter(organ=organ, answered_on__lt=before, forgotten_on=None)
    aside = HeldText.objects.filter(
        organ=organ, state=HeldText.State.SET_ASIDE, decided_on__lt=before
    ).exclude(text="")
    count = 0
    for comment in list(answered.select_related("organ").order_by("pk")[:AT_ONCE]):
        _forget_sender(comment, today)
        count += 1
    count += _forget_texts(organ, list(aside.order_by("pk")[:AT_ONCE]))
    return count + _forget_late_senders(organ, before)


def _forget_sender(comment: Comment, today: dt.date) -> None:
    """Delete name, contact and file of an answered comment; words and answer stay on record."""
    path = comment.file
    with transaction.atomic():
        counts = intake.locked(comment.organ)
        counts.file_bytes = max(0, counts.file_bytes - comment.file_size)
        counts.save()
        Receipt.objects.filter(held__comment=comment).exclude(sender="").update(sender="")
        values = {**FORGOTTEN, "forgotten_on": today}
        records.change(comment, values, by=None, action="public_comment.forgotten")
    if path:
        files.delete(path)


@transaction.atomic
def _forget_texts(organ: Organ, held: list[HeldText]) -> int:
    """Delete the words of what was set aside; that it came, and how often, stays."""
    if not held:
        return 0
    counts = intake.locked(organ)
    freed = sum(intake.size_of(one.text) for one in held)
    counts.text_bytes = max(0, counts.text_bytes - freed)
    counts.save()
    numbers = [one.pk for one in held]
    now = timezone.now()
    Receipt.objects.filter(held__in=numbers).exclude(sender="").update(sender="")
    rows = HeldText.objects.filter(pk__in=numbers)
    rows.update(text="", version=F("version") + 1, changed_at=now, changed_by=None)
    label = _("设为无效的意见 %(count)s 种") % {"count": len(held)}
    event = audit.Event(
        action="held_text.forgotten",
        subject_kind=HeldText.subject_kind,
        subject_number=None,
        subject_label=label,
        changes={"rows": [None, len(held)], "numbers": [None, f"{numbers[0]}–{numbers[-1]}"]},
    )
    audit.write(organ, [event], by=None)
    return len(held)


@transaction.atomic
def _forget_late_senders(organ: Organ, before: dt.date) -> int:
    """Delete name and contact of those who sent words anew that were answered or set aside long ago."""
    aside = Q(held__state=HeldText.State.SET_ASIDE, held__decided_on__lt=before)
    settled = aside | Q(held__comment__answered_on__lt=before)
    late = Receipt.objects.filter(settled, held__organ=organ).exclude(sender="")
    numbers = list(late.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    if not numbers:
        return 0
    Receipt.objects.filter(pk__in=numbers).update(sender="")
    event = audit.Event(
        action="held_text.senders_forgotten",
        subject_kind=HeldText.subject_kind,
        subject_number=None,
        subject_label=_("再次收到的相同意见 %(count)s 条") % {"count": len(numbers)},
        changes={"rows": [None, len(numbers)], "receipts": [None, f"{numbers[0]}–{numbers[-1]}"]},
    )
    audit.write(organ, [event], by=None)
    return len(numbers)

"""Looking at what came in a flood: what is real becomes a comment, the rest is set aside with a reason.

Much is set aside at once, so each decision has one entry in the log, with how many and a digest over them.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.models import Account, Organ
from xiaohao.core.services import audit, records
from xiaohao.lib.hash_chain import link
from xiaohao.public.models import Comment, HeldText, Intake
from xiaohao.public.services import intake
from xiaohao.public.services.posts import Said
from xiaohao.public.services.receiving import new_comment

State = HeldText.State


@transaction.atomic
def release(*, organ: Organ, numbers: Collection[int], by: Account) -> list[Comment]:
    """Make comments of held texts: each gets a number, and its days count from when it came."""
    counts = intake.locked(organ)
    intake.write_down(counts, organ)
    rows = _rows(organ, State.HELD, numbers).select_related("publication", "organ").order_by("pk")
    made = [_released(held, counts, by) for held in rows]
    if not made:
        raise ValidationError(_("请先选要受理的意见。"))
    intake.recount_oldest(counts, organ)
    counts.save()
    return made


def _released(held: HeldText, counts: Intake, by: Account) -> Comment:
    name, contact = _sender(held)
    held.publication.organ = held.organ
    comment = new_comment(held.publication, Said(held.text, name, contact), held.received_on)
    note = _("从集中收到的意见中甄别，相同的 %(count)s 条") % {"count": held.count}
    records.create(comment, by=by, action="public_comment.released", note=note)
    now = timezone.now()
    decided = {"decided_on": timezone.localdate(), "changed_at": now, "changed_by": by}
    HeldText.objects.filter(pk=held.pk).update(
        state=State.RELEASED, comment=comment, text="", version=F("version") + 1, **decided
    )
    counts.waiting = max(0, counts.waiting - held.count)
    counts.text_bytes += intake.COMMENT_ROW
    return comment


def _sender(held: HeldText) -> tuple[str, str]:
    """Return name and contact of the one who sent a text; of several the comment's page shows a list."""
    if held.count > 1:
        return "", ""
    name, _end, contact = held.receipts.get().sender.partition("\n")
    return name, contact


@transaction.atomic
def set_aside(*, organ: Organ, numbers: Collection[int] | int, reason: str, by: Account) -> int:
    """Set held texts aside: those named, or all up to a number. Return how many posts that were.

    Whoever sent one reads the reason under his receipt.
    """
    if not reason.strip():
        raise ValidationError(_("请写明理由，提意见的人凭回执能看到。"))
    counts = intake.locked(organ)
    intake.write_down(counts, organ)
    values = {"reason": reason.strip(), "decided_on": timezone.localdate()}
    posts = _move(_rows(organ, State.HELD, numbers), State.SET_ASIDE, values, by, "held_text.set_aside")
    counts.waiting = max(0, counts.waiting - posts)
    intake.recount_oldest(counts, organ)
    counts.save()
    return posts


@transaction.atomic
def restore(*, organ: Organ, numbers: Collection[int] | int, by: Account) -> int:
    """Take back that texts were set aside, unless their words are deleted already."""
    counts = intake.locked(organ)
    rows = _rows(organ, State.SET_ASIDE, numbers).exclude(text="")
    posts = _move(rows, State.HELD, {"reason": "", "decided_on": None}, by, "held_text.restored")
    counts.waiting += posts
    intake.recount_oldest(counts, organ)
    counts.save()
    return posts


def _rows(organ: Organ, state: State, numbers: Collection[int] | int) -> QuerySet[HeldText]:
    rows = HeldText.objects.filter(organ=organ, state=state)
    return rows.filter(pk__lte=numbers) if isinstance(numbers, int) else rows.filter(pk__in=numbers)


def _move(rows: QuerySet[HeldText], state: State, values: Mapping[str, Any], by: Account, action: str) -> int:
    """Move rows to a state with one entry for all; return how many posts they stand for."""
    listed = list(rows.order_by("pk").values_list("pk", "digest"))
    if not listed:
        raise ValidationError(_("请先选意见。"))
    posts = int(rows.aggregate(posts=Sum("count"))["posts"])
    organ = by.organ
    rows.update(state=state, version=F("version") + 1, changed_at=timezone.now(), changed_by=by, **values)
    texts = "\n".join(digest for _number, digest in listed)
    event = audit.Event(
        action=action,
        subject_kind=HeldText.subject_kind,
        subject_number=None,
        subject_label=_("集中收到的意见 %(posts)s 条") % {"posts": posts},
        changes={
            "rows": [None, len(listed)],
            "numbers": [None, f"{listed[0][0]}–{listed[-1][0]}"],
            "digest": [None, f"sm3:{link('', texts)}"],
        },
        note=str(values.get("reason", "")),
    )
    audit.write(organ, [event], by=by)
    return posts

"""Answering what the public wrote, and counting it."""

from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.models import Account, Organ
from xiaohao.core.services import records
from xiaohao.public.models import Comment, Intake


def counts(organ: Organ) -> dict[str, int]:
    """Return how many comments were received and answered, and how many more wait to be looked at."""
    answered = Count("pk", filter=Q(state=Comment.State.ANSWERED))
    rows = Comment.objects.filter(organ=organ)
    return {**rows.aggregate(received=Count("pk"), answered=answered), "waiting": waiting(organ)}


def waiting(organ: Organ) -> int:
    """Return how many posts of a flood nobody has looked at yet."""
    return Intake.objects.filter(organ=organ).values_list("waiting", flat=True).first() or 0


def answer(*, comment: Comment, text: str, by: Account, expected_version: int) -> Comment:
    """Answer a comment, or correct the answer; the log tells of both. Raises ``Conflict``."""
    if not text.strip():
        raise ValidationError(_("请填写答复。"))
    action = "public_comment.answer_corrected" if comment.answer else "public_comment.answered"
    values = {"answer": text.strip(), "state": Comment.State.ANSWERED, "answered_on": timezone.localdate()}
    return records.change(comment, values, by=by, action=action, expected_version=expected_version)

"""A comment is answered in time."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.core.models import Organ
from xiaohao.ledger.duties import Duty, declare
from xiaohao.public.models import Comment


def _answers(organ: Organ, _today: dt.date, people: frozenset[int] | None) -> Iterable[Duty]:
    rows = Comment.objects.filter(organ=organ, state=Comment.State.RECEIVED).exclude(handler=None)
    if people is not None:
        rows = rows.filter(handler__in=people)
    for comment in rows.only("number", "handler", "due_on", "organ"):
        assert comment.handler_id is not None  # noqa: S101 - filtered above
        yield Duty(
            key=f"public_comment:{comment.pk}",
            person=comment.handler_id,
            what=_("答复公众意见"),
            subject=str(comment),
            address=reverse("comment", args=[comment.pk]),
            due_on=comment.due_on,
        )


declare("public_comments", _answers)

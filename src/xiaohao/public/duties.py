"""What the public asks of the office: publish what was signed, answer in time, sift what came in a flood."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.core.dated_settings import value
from xiaohao.core.models import Organ
from xiaohao.ledger.duties import Duty, declare
from xiaohao.public.models import Comment, Intake
from xiaohao.public.services.publishable import publishable, signed
from xiaohao.public.services.receiving import answerers, in_charge
from xiaohao.writing.models import Document

People = frozenset[int] | None


def _answers(organ: Organ, _today: dt.date, people: People) -> Iterable[Duty]:
    """Yield a duty for every comment; that of somebody who may answer no more falls to who is in charge."""
    waiting = Comment.objects.filter(organ=organ, state=Comment.State.RECEIVED)
    rows = list(waiting.only("number", "due_on", "organ", "handler"))
    if not rows:
        return
    able = set(answerers(organ).values_list("pk", flat=True))
    charged = in_charge(organ)
    instead = charged.pk if charged else None
    for comment in rows:
        person = comment.handler_id if comment.handler_id in able else instead
        if person is not None and (people is None or person in people):
            yield Duty(
                key=f"public_comment:{comment.pk}",
                person=person,
                what=_("答复公众意见"),
                subject=str(comment),
                address=reverse("comment", args=[comment.pk]),
                due_on=comment.due_on,
            )


def _sifting(organ: Organ, today: dt.date, people: People) -> Iterable[Duty]:
    """Yield one duty for everything that came in a flood."""
    intake = Intake.objects.filter(organ=organ, waiting__gt=0).first()
    charged = in_charge(organ) if intake else None
    if intake is None or charged is None or intake.waiting_since is None:
        return
    if people is None or charged.pk in people:
        days = int(value(organ, "comments.sift_days", today))
        yield Duty(
            key=f"held_texts:{organ.pk}:{intake.waiting_since}",
            person=charged.pk,
            what=_("甄别集中收到的意见"),
            subject=_("甄别%(count)s条集中收到的意见") % {"count": intake.waiting},
            address=reverse("held_texts"),
            due_on=intake.waiting_since + dt.timedelta(days=days),
        )


def _publishing(organ: Organ, _today: dt.date, people: People) -> Iterable[Duty]:
    """Yield a duty to publish the newest notice that was signed; one signed later takes its place."""
    own = Document.objects.filter(organ=organ).order_by()
    later = signed(own).filter(inspection=OuterRef("inspection"), pk__gt=OuterRef("pk"))
    rows = list(publishable(own).filter(~Exists(later)).only("title", "approved_on", "organ"))
    charged = in_charge(organ) if rows else None
    if charged is None or not (people is None or charged.pk in people):
        return
    for document in rows:
        yield Duty(
            key=f"publish:{document.pk}",
            person=charged.pk,
            what=_("公开已签发的通报"),
            subject=document.title,
            address=reverse("document", args=[document.pk]),
            nag_from=document.approved_on,
        )


declare("public_comments", _answers)
declare("publishing", _publishing)
declare("held_texts", _sifting)

"""Publishing a signed notice, withdrawing it, and noting that its period ended."""

import datetime as dt
import io

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.models import Account, Organ
from xiaohao.core.services import records
from xiaohao.lib import notice_text
from xiaohao.lib.personal_numbers import personal_numbers
from xiaohao.lib.plain_text import one_line
from xiaohao.public.models import Publication
from xiaohao.public.services.publishable import not_publishable
from xiaohao.public.services.stated import contradictions, stated_in
from xiaohao.writing import figures, readiness
from xiaohao.writing.body import with_lists
from xiaohao.writing.models import Document


def whole(publication: Publication) -> str:
    """Return a notice as one text: what its sum is made of."""
    return f"{publication.title}\n{publication.text}\n"


def of(code: str, number: int, *, text: bool = True) -> Publication | None:
    """Return a notice by its organ's code and its number, open or not: for the public, who has no account."""
    rows = Publication.objects.select_related("organ").filter(organ__code=code, number=number)
    return (rows if text else rows.defer("text")).first()


def all_open() -> QuerySet[Publication]:
    """Return the notices of every organ that are open today."""
    today = timezone.localdate()
    return Publication.objects.filter(withdrawn_on=None, open_from__lte=today, open_to__gte=today)


def open_to_all(organ: Organ) -> QuerySet[Publication]:
    """Return the notices of an organ that are open today."""
    return all_open().filter(organ=organ)


def others_open(document: Document, today: dt.date) -> QuerySet[Publication]:
    """Return the notices of the same inspection that are open, or are going to be."""
    rows = Publication.objects.filter(organ=document.organ_id, document__inspection=document.inspection_id)
    return rows.exclude(document=document).filter(withdrawn_on=None, open_to__gte=today).defer("text")


def last_telephone(organ: Organ) -> str:
    """Return whom to call about notices that are over: the telephone of the newest that was open."""
    begun = Publication.objects.filter(organ=organ, open_from__lte=timezone.localdate())
    was_open = begun.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("open_from")))
    return was_open.order_by("-number").values_list("contact_phone", flat=True).first() or ""


def code(address: str, kind: str) -> bytes:
    """Return an address as a QR code, in SVG or PNG."""
    import segno

    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind=kind, scale=10, border=4)
    return drawn.getvalue()


@transaction.atomic
def publish(
    *, document: Document, open_from: dt.date, open_to: dt.date, contact_phone: str, by: Account
) -> Publication:
    """Publish a signed notice. Raises ``ValidationError``.

    The check is made once more: since the head signed, a finding may have been marked as not public.
    """
    # One at a time: two at once would get the same number.
    Organ.objects.select_for_update().get(pk=document.organ_id)
    reason = not_publishable(document)
    if reason:
        raise ValidationError(reason)
    found = readiness.unresolved(document)
    if found:
        raise ValidationError([*found, _("签发以后情况有变，请重新起草一份通报。")])
    today = timezone.localdate()
    if open_from < today:
        raise ValidationError(_("公开起始日期不能早于今天。"))
    if next(personal_numbers(contact_phone), None):
        raise ValidationError(_("联系电话像是个人的号码，请填办公电话。"))
    period = {"open_from": open_from, "open_to": open_to}
    told = contradictions(stated_in(document), **period, contact_phone=contact_phone, today=today)
    if told:
        raise ValidationError(told)
    text = figures.plain(with_lists(document.body, document.lists))
    newest = Publication.objects.filter(organ=document.organ).aggregate(top=Max("number"))["top"] or 0
    publication = Publication(
        organ=document.organ,
        document=document,
        number=newest + 1,
        title=one_line(document.title),
        text=text,
        open_from=open_from,
        open_to=open_to,
        contact_phone=contact_phone,
    )
    publication.digest = notice_text.digest(whole(publication))
    return records.create(publication, by=by, action="publication.opened")


def unresolved(publication: Publication) -> int:
    """Return how many places of an open notice would not pass the check before publication any more."""
    if not publication.is_open(timezone.localdate()):
        return 0
    return len(readiness.unjustified(publication.document))


def not_withdrawable(publication: Publication) -> str:
    """Return why a notice cannot be taken back, as a sentence; empty when it can."""
    if publication.withdrawn_on is not None:
        return _("通报已经撤回。")
    if publication.open_to < timezone.localdate():
        return _("公开期已经结束，不用再撤回。")
    return ""


def withdraw(*, publication: Publication, reason: str, by: Account, expected_version: int) -> Publication:
    """Take a notice back before its period ends. Raises ``ValidationError`` and ``Conflict``."""
    reason_not = not_withdrawable(publication)
    if reason_not:
        raise ValidationError(reason_not)
    values = {"withdrawn_on": timezone.localdate(), "withdrawal_reason": reason}
    return records.change(
        publication, values, by=by, action="publication.withdrawn", expected_version=expected_version
    )


def archive_ended(today: dt.date) -> int:
    """Note in the log of each notice whose period is over that it was open, from when to when."""
    ended = Publication.objects.filter(open_to__lt=today, ended_on=None, withdrawn_on=None)
    found = list(ended.select_related("organ"))
    for publication in found:
        note = _("公开期：%(first)s 至 %(last)s") % {
            "first": publication.open_from,
            "last": publication.open_to,
        }
        records.change(publication, {"ended_on": today}, by=None, action="publication.ended", note=note)
    return len(found)

"""What comes after the signature of a notice: it is published; then its page says until when it is open."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.access import allowed
from xiaohao.core.models import Account
from xiaohao.public.access import PUBLISH, VIEW_PUBLICATIONS
from xiaohao.public.models import Publication
from xiaohao.writing.models import Document, DocumentKind
from xiaohao.writing.next_steps import NextStep, add_next_step


def _publication(document: Document, account: Account) -> NextStep | None:
    if document.kind != DocumentKind.NOTICE:
        return None
    found = Publication.objects.filter(document=document).defer("text").first()
    if found is not None:
        return _said(found) if allowed(account, VIEW_PUBLICATIONS) else None
    if document.organ_id == account.organ.pk and allowed(account, PUBLISH):
        return NextStep(_("公开"), reverse("document_publish", args=[document.pk]), to_do=True)
    return None


def _said(found: Publication) -> NextStep:
    """Say where it stands: 已公开（至 2026-12-20）."""
    today = timezone.localdate()
    said = found.standing(today)
    if found.is_open(today):
        said = _("已公开（至 %(last)s）") % {"last": found.open_to}
    return NextStep(said, reverse("publication", args=[found.pk]))


add_next_step(_publication)

"""What the office does with notices: publish them, withdraw them."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xiaohao.core.access import allowed, requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.paging import page
from xiaohao.core.requests import AccountRequest
from xiaohao.core.views.editing import edit
from xiaohao.public.access import PUBLISH, VIEW_COMMENTS, VIEW_PUBLICATIONS
from xiaohao.public.addresses import absolute
from xiaohao.public.forms import PublishForm, WithdrawForm
from xiaohao.public.models import Publication
from xiaohao.public.services import publications as service
from xiaohao.public.services.publishable import not_publishable, publishable
from xiaohao.writing.models import Document


@requires(VIEW_PUBLICATIONS)
@require_safe
def publication_list(request: AccountRequest) -> HttpResponse:
    """Show what was ever open, and the signed notices that could be."""
    rows = Publication.objects.visible_to(request.user).select_related("organ").defer("text")
    current = page(
        rows.annotate(comment_count=Count("comments")), by="-id", cursor=request.GET.get("after", "")
    )
    today = timezone.localdate()
    own = Document.objects.visible_to(request.user).filter(organ=request.user.organ)
    context = {
        "rows": [(one, one.standing(today), _days_left(one, today)) for one in current.rows],
        "next": current.next,
        "waiting": publishable(own).defer("body") if allowed(request.user, PUBLISH) else [],
        "organ": request.user.organ,
        "may_view_comments": allowed(request.user, VIEW_COMMENTS),
        "may_publish": allowed(request.user, PUBLISH),
    }
    return render(request, "public/publications.html", context)


def _days_left(one: Publication, today: dt.date) -> int | None:
    return (one.open_to - today).days if one.is_open(today) else None


def _publication(request: AccountRequest, number: int) -> Publication:
    rows = Publication.objects.visible_to(request.user).select_related("organ", "document")
    return get_object_or_404(rows, pk=number)


@requires(VIEW_PUBLICATIONS)
@require_safe
def publication(request: AccountRequest, number: int) -> HttpResponse:
    """Show one: its period, its address, its digest."""
    found = _publication(request, number)
    today = timezone.localdate()
    path = reverse("notice", args=[found.organ.code, found.number])
    own = found.organ_id == request.user.organ.pk
    context = {
        "publication": found,
        "standing": found.standing(today),
        "is_open": found.is_open(today),
        "left": _days_left(found, today),
        "path": path,
        "address": absolute(request, "notice", found.organ.code, found.number),
        "comment_count": found.comments.count(),
        "may_view_comments": own and allowed(request.user, VIEW_COMMENTS),
        "may_withdraw": own and allowed(request.user, PUBLISH) and not service.not_withdrawable(found),
        "may_publish": own and allowed(request.user, PUBLISH),
        "unresolved": service.unresolved(found) if own else 0,
        "record": found,
    }
    return render(request, "public/publication.html", context)


@requires(PUBLISH)
@require_http_methods(["GET", "POST"])
def document_publish(request: AccountRequest, number: int) -> HttpResponse:
    """Open a signed notice to the public."""
    rows = Document.objects.visible_to(request.user).filter(organ=request.user.organ)
    document = get_object_or_404(rows.select_related("organ", "inspection"), pk=number)
    if not_publishable(document):
        raise PermissionDenied
    form = PublishForm(request.POST or None, document, timezone.localdate())

    def write() -> None:
        service.publish(document=document, by=request.user, **form.cleaned_data)

    return edit(
        request,
        form=form,
        title=_("公开通报"),
        lead=document.title,
        back=reverse("publications"),
        write=write,
        submit=_("公开"),
    )


@requires(PUBLISH)
@require_http_methods(["GET", "POST"])
def publication_withdraw(request: AccountRequest, number: int) -> HttpResponse:
    """Take a notice back."""
    found = _publication(request, number)
    if found.organ_id != request.user.organ.pk:
        raise Http404
    if service.not_withdrawable(found) and request.method != "POST":
        raise PermissionDenied
    form = WithdrawForm(request.POST or None, found.version)

    def write() -> None:
        given = form.cleaned_data
        service.withdraw(
            publication=found, reason=given["reason"], by=request.user, expected_version=given["version"]
        )

    back = reverse("publication", args=[number])
    title = _("提前撤回通报")
    return edit(request, form=form, title=title, lead=found.title, back=back, write=write, submit=_("撤回"))


add_to_menu(gettext_lazy("公开"), "publications", VIEW_PUBLICATIONS, 27)

"""Turning a comment into a finding or a measure."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xiaohao.core.access import requires
from xiaohao.core.requests import AccountRequest
from xiaohao.core.subjects import address_of
from xiaohao.core.views.editing import edit
from xiaohao.public.access import TAKE_UP
from xiaohao.public.services.taking_up import take_up
from xiaohao.public.taking_up_forms import CommentFindingForm, CommentMeasureForm
from xiaohao.public.views.office_comments import found_comment


@requires(TAKE_UP)
@require_http_methods(["GET", "POST"])
def comment_to_finding(request: AccountRequest, number: int) -> HttpResponse:
    """Make a finding of a comment."""
    return _take_up(request, number, CommentFindingForm, _("转为问题"))


@requires(TAKE_UP)
@require_http_methods(["GET", "POST"])
def comment_to_measure(request: AccountRequest, number: int) -> HttpResponse:
    """Make a measure of a comment."""
    return _take_up(request, number, CommentMeasureForm, _("转为措施"))


def _take_up(request: AccountRequest, number: int, form_class: Any, title: str) -> HttpResponse:
    found = found_comment(request, number)
    if found.became_kind and request.method != "POST":
        raise PermissionDenied
    form = form_class(request.POST or None, found)

    def write() -> Any:
        return take_up(comment=found, make=lambda origin: form.make(request.user, origin), by=request.user)

    return edit(
        request,
        form=form,
        title=title,
        lead=_("%(comment)s。一条意见只转一次，转入以后仍要答复。") % {"comment": found},
        back=reverse("comment", args=[number]),
        write=write,
        submit=title,
        then=address_of,
    )

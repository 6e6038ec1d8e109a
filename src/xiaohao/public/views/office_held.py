"""What came in a flood: texts with how often each was sent, the rarest first; taken in or set aside."""

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xiaohao.core.access import allowed, requires
from xiaohao.core.paging import page
from xiaohao.core.requests import AccountRequest, number_in
from xiaohao.public.access import SIFT_COMMENTS, VIEW_COMMENTS
from xiaohao.public.models import HeldText, Receipt
from xiaohao.public.services import sifting
from xiaohao.public.services.comments import waiting
from xiaohao.public.services.shares import percent_free

LITTLE = 50  # percent of the room free, below which the page says so
HELD, SET_ASIDE = HeldText.State.HELD, HeldText.State.SET_ASIDE


@requires(VIEW_COMMENTS)
@require_safe
def held_texts(request: AccountRequest) -> HttpResponse:
    """Show what is held, or what was set aside."""
    aside = request.GET.get("state") == SET_ASIDE
    rows = HeldText.objects.visible_to(request.user).filter(
        organ=request.user.organ, state=SET_ASIDE if aside else HELD
    )
    by = "-id" if aside else "count"
    current = page(rows, by=by, cursor=request.GET.get("after", ""))
    newest = rows.order_by("-pk").values_list("pk", flat=True).first()
    named = Receipt.objects.filter(held__in=[one.pk for one in current.rows if one.count == 1])
    context = {
        "aside": aside,
        "rows": current.rows,
        "next": current.next,
        "newest": newest or 0,
        "waiting": waiting(request.user.organ),
        "free": free if (free := percent_free(request.user.organ)) < LITTLE else None,
        "named": set(named.exclude(sender="").values_list("held", flat=True)),
        "may_sift": allowed(request.user, SIFT_COMMENTS),
    }
    return render(request, "public/held.html", context)


@requires(SIFT_COMMENTS)
@require_POST
def held_decide(request: AccountRequest) -> HttpResponse:
    """Take in, set aside or restore the chosen texts, or all that the page knew of."""
    do = request.POST.get("do", "")
    try:
        messages.success(request, _decide(request, do))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    query = f"?state={SET_ASIDE}" if do.startswith("restore") else ""
    return redirect(f"{reverse('held_texts')}{query}")


def _decide(request: AccountRequest, do: str) -> str:
    """Do what a button says and return what was done, as a sentence."""
    organ, by = request.user.organ, request.user
    chosen = [number for text in request.POST.getlist("chosen") if (number := number_in(text)) is not None]
    numbers = (number_in(request.POST.get("newest", "")) or 0) if do.endswith("_all") else chosen
    if do == "release":
        made = sifting.release(organ=organ, numbers=chosen, by=by)
        return _("已受理 %(count)s 条，各有编号和答复期限。") % {"count": len(made)}
    if do in {"set_aside", "set_aside_all"}:
        reason = request.POST.get("reason", "")[:300]
        posts = sifting.set_aside(organ=organ, numbers=numbers, reason=reason, by=by)
        return _("已设为无效 %(count)s 条，可以恢复。") % {"count": posts}
    if do in {"restore", "restore_all"}:
        posts = sifting.restore(organ=organ, numbers=numbers, by=by)
        return _("已恢复 %(count)s 条，等待甄别。") % {"count": posts}
    raise BadRequest

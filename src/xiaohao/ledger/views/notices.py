"""Messages to me, the outbox of the organ, and my calendar."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xiaohao.core.access import requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.paging import page
from xiaohao.core.requests import AccountRequest
from xiaohao.ledger import calendar_feed
from xiaohao.ledger.access import READ_CALENDAR, SUBSCRIBE, VIEW_OUTBOX
from xiaohao.ledger.models import CalendarFeed, Message


@requires(VIEW_OUTBOX)
@require_safe
def outbox(request: AccountRequest) -> HttpResponse:
    """Show what was sent to whom, what waits and what failed; the words only to the clerk, not here."""
    rows = Message.objects.filter(organ=request.user.organ).select_related("person")
    current = page(rows, by="-day", cursor=request.GET.get("after", ""))
    context = {"rows": current.rows, "next": current.next}
    return render(request, "ledger/outbox.html", context)


@requires(SUBSCRIBE)
@require_safe
def calendar_page(request: AccountRequest) -> HttpResponse:
    """Offer the calendar; a fresh secret is shown once."""
    secret = request.session.pop("calendar_secret", "")
    address = (
        request.build_absolute_uri(reverse("calendar_feed", kwargs={"secret": secret})) if secret else ""
    )
    feed = CalendarFeed.objects.filter(person=request.user.person).first()
    return render(request, "ledger/calendar_feed.html", {"address": address, "feed": feed})


@requires(SUBSCRIBE)
@require_POST
def calendar_make(request: AccountRequest) -> HttpResponse:
    """Make a new secret address."""
    request.session["calendar_secret"] = calendar_feed.make(request.user)
    return redirect("calendar_page")


@requires(SUBSCRIBE)
@require_POST
def calendar_revoke(request: AccountRequest) -> HttpResponse:
    """Take the secret address back."""
    calendar_feed.revoke(request.user)
    messages.success(request, _("原来的日历地址已经作废。"))
    return redirect("calendar_page")


@requires(READ_CALENDAR)
@require_safe
def calendar_feed_view(request: AccountRequest, secret: str) -> HttpResponse:
    """Give the calendar to whoever knows the secret."""
    person = calendar_feed.owner_of(secret)
    if person is None:
        raise Http404
    base = request.build_absolute_uri("/").rstrip("/")
    content = calendar_feed.as_calendar(person, base, timezone.now())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


add_to_menu(gettext_lazy("提醒发送"), "outbox", VIEW_OUTBOX, 90)

"""Log in, log out, and where one lands."""

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from xiaohao.core.access import LOG_IN, LOG_OUT, OPEN_HOME, requires
from xiaohao.core.context import menu_entries

log_in = requires(LOG_IN)(
    LoginView.as_view(template_name="core/login.html", redirect_authenticated_user=True)
)
log_out = requires(LOG_OUT)(LogoutView.as_view())


@requires(OPEN_HOME)
def home(request: HttpRequest) -> HttpResponse:
    """Send everyone to the first page of his own menu."""
    for entry in menu_entries(request):
        try:
            return redirect(reverse(entry.view))
        except NoReverseMatch:
            continue
    return render(request, "core/home.html")

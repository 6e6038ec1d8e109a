"""Addresses of the house itself: log in and out, home, organisation, log, calendar."""

from django.urls import path

from xiaohao.core.views import appearance, session

urlpatterns = [
    path("", session.home, name="home"),
    path("login/", session.log_in, name="login"),
    path("logout/", session.log_out, name="logout"),
    path("language/", appearance.set_language, name="set_language"),
    path("appearance.css", appearance.appearance, name="appearance"),
]

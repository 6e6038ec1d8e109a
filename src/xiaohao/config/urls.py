"""All addresses. The default for a page is that nobody may open it: see ``core.access.requires``."""

from django.urls import include, path

from xiaohao.ledger.api.router import api_urls

urlpatterns = [
    path("api/", (api_urls(), "ninja", "api-1")),
    path("", include("xiaohao.public.urls")),
    path("", include("xiaohao.writing.urls")),
    path("", include("xiaohao.rectification.urls")),
    path("", include("xiaohao.registers.urls")),
    path("", include("xiaohao.ledger.urls")),
    path("", include("xiaohao.core.urls")),
]

"""All addresses. The default for a page is that nobody may open it: see ``core.access.requires``."""

from django.urls import include, path

urlpatterns = [
    path("", include("xiaohao.writing.urls")),
    path("", include("xiaohao.rectification.urls")),
    path("", include("xiaohao.registers.urls")),
    path("", include("xiaohao.ledger.urls")),
    path("", include("xiaohao.core.urls")),
]

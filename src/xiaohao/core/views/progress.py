"""How far one's own long work has come."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xiaohao.core.access import SEE_PROGRESS, requires
from xiaohao.core.progress import told
from xiaohao.core.requests import AccountRequest


@requires(SEE_PROGRESS)
@require_safe
def progress(request: AccountRequest) -> HttpResponse:
    """Tell how far it has come; the page that waits asks again by itself."""
    key = request.GET.get("progress", "")
    context = {"progress": told(request.user.pk, key), "progress_key": key}
    return render(request, "core/progress.html", context)

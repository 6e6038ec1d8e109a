"""The one way a form is shown, saved, and refused."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xiaohao.core.requests import AccountRequest
from xiaohao.core.services.records import Conflict


def edit(
    request: AccountRequest,
    *,
    form: BaseForm,
    title: str,
    back: str,
    write: Callable[[], Any],
    lead: str = "",
    submit: str = "",
) -> HttpResponse:
    """Show the form, or write what was posted and go ``back``; what is refused stands above the form.

    ``write`` may raise ``Conflict`` or ``ValidationError``; both leave nothing half-done.
    """
    if request.method == "POST" and form.is_valid():
        try:
            write()
        except Conflict as conflict:
            form.add_error(None, str(conflict))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("已保存。"))
            return redirect(back)
    context = {"form": form, "title": title, "back": back, "lead": lead, "submit": submit or _("保存")}
    return render(request, "core/edit.html", context)

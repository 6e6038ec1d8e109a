"""The one way a form is shown, saved, and refused."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xiaohao.core.models import Record
from xiaohao.core.requests import AccountRequest
from xiaohao.core.services.records import Conflict
from xiaohao.core.values import said


def edit(
    request: AccountRequest,
    *,
    form: BaseForm,
    title: str,
    back: str,
    write: Callable[[], Any],
    lead: str = "",
    submit: str = "",
    then: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Show the form, or write what was posted and go ``back``; what is refused stands above the form.

    ``then`` gives another address to go to, from what ``write`` made. ``write`` may raise ``Conflict`` or
    ``ValidationError``; both leave nothing half-done. After a conflict the page shows what the fields hold
    now beside what was typed; saved again it counts as seen.
    """
    theirs: list[tuple[str, str]] = []
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = write()
        except Conflict as found:
            conflict = found
            theirs = _changed_meanwhile(form, found.record)
            form.add_error(None, str(found))
            form.data = _with_version(request.POST, found.record.version)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("已保存。"))
            return redirect(then(made) if then else back)
    context = {
        "form": form,
        "title": title,
        "back": back,
        "lead": lead,
        "submit": submit or _("保存"),
        "conflict": conflict,
        "theirs": theirs,
    }
    return render(request, "core/edit.html", context)


def _with_version(posted: QueryDict, version: int) -> QueryDict:
    """Return what was posted with another version."""
    changed = posted.copy()
    changed["version"] = str(version)
    return changed


def _changed_meanwhile(form: BaseForm, record: Record) -> list[tuple[str, str]]:
    """Return what the fields of the form hold now, where that differs from what was typed."""
    names = {field.name for field in record._meta.get_fields()}
    shown = []
    for name, typed in form.cleaned_data.items():
        if name == "version" or name not in names:
            continue
        now = said(record, name)
        if now != _typed(record, name, typed):
            shown.append((str(form.fields[name].label), now))
    return shown


def _typed(record: Record, name: str, typed: Any) -> str:
    """Return what was typed as the page would say it."""
    if isinstance(typed, bool):
        return _("是") if typed else _("否")
    if hasattr(typed, "__iter__") and not isinstance(typed, str):
        return "、".join(str(one) for one in typed)
    choices = dict(getattr(record._meta.get_field(name), "flatchoices", ()))
    return str(choices.get(typed, "" if typed is None else typed))

"""The working calendar (工作日历) for the system administrator."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from xiaohao.core.access import CHANGE_CALENDAR, requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.forms import date_field, style
from xiaohao.core.models import CalendarDay, CalendarYear
from xiaohao.core.requests import AccountRequest
from xiaohao.core.services import calendar

LONGEST = 31  # days in one go


class CalendarForm(forms.Form):
    """A day or a run of days, as the State Council's notice states them."""

    first = date_field(gettext_lazy("从"), required=True)
    last = date_field(gettext_lazy("到（只有一天时不填）"))
    working = forms.TypedChoiceField(
        label=gettext_lazy("安排"),
        choices=[("0", gettext_lazy("放假")), ("1", gettext_lazy("调休上班"))],
        coerce=lambda value: value == "1",
    )
    name = forms.CharField(label=gettext_lazy("节日"), max_length=40, required=False)
    source = forms.CharField(
        label=gettext_lazy("依据"), max_length=200, help_text=gettext_lazy("通知的名称和文号。")
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and not 0 <= (last - first).days < LONGEST:
            raise ValidationError(_("“到”要在“从”之后，一次最多31天。"))
        return values

    def days(self) -> list[dt.date]:
        """Return every day of the run."""
        first: dt.date = self.cleaned_data["first"]
        last: dt.date = self.cleaned_data["last"] or first
        return [first + dt.timedelta(days=step) for step in range((last - first).days + 1)]


@requires(CHANGE_CALENDAR)
@require_http_methods(["GET", "POST"])
def working_calendar(request: AccountRequest) -> HttpResponse:
    """Show what was entered, and enter days."""
    form = CalendarForm(request.POST or None)
    style(form)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("working", "name", "source")}
        for day in form.days():
            calendar.set_day(day=day, by=request.user, **values)
        messages.success(request, _("已保存。"))
        return redirect("working_calendar")
    this_year, known = timezone.localdate().year, calendar.known_until()
    context = {
        "form": form,
        "days": CalendarDay.objects.order_by("-day")[:400],
        "years": CalendarYear.objects.order_by("-year"),
        "known_until": known,
        "next_unknown": known + 1,
        "warn": known <= this_year,
    }
    return render(request, "core/calendar.html", context)


@requires(CHANGE_CALENDAR)
@require_POST
def calendar_day_remove(request: AccountRequest) -> HttpResponse:
    """Take an entered day back."""
    try:
        day = dt.date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return redirect("working_calendar")
    calendar.remove_day(day=day, by=request.user)
    return redirect("working_calendar")


@requires(CHANGE_CALENDAR)
@require_POST
def calendar_year(request: AccountRequest) -> HttpResponse:
    """Mark a year as entered in full, or take the mark back."""
    text = request.POST.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    source = request.POST.get("source", "").strip()[:200]
    if not year:
        messages.error(request, _("年份请写成四位数字。"))
    elif request.POST.get("reopen"):
        calendar.reopen_year(year=year, by=request.user)
    elif not CalendarDay.objects.filter(day__year=year).exists():
        messages.error(request, _("%(year)s年还没有录入任何一天，请先录入放假安排。") % {"year": year})
    else:
        calendar.complete_year(year=year, source=source, by=request.user)
    return redirect("working_calendar")


add_to_menu(gettext_lazy("工作日历"), "working_calendar", CHANGE_CALENDAR, 80)

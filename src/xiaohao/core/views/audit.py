"""The audit log for the audit administrator: who did what and when, and whether the chain holds.

He sees what was changed by name, not by content: an administrator reads no business data by that office.
"""

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xiaohao.core.access import VIEW_AUDIT, requires
from xiaohao.core.audit_words import action_label, field_labels
from xiaohao.core.context import add_to_menu
from xiaohao.core.forms import date_field, style
from xiaohao.core.models import AuditEntry, AuditHead
from xiaohao.core.paging import page
from xiaohao.core.requests import AccountRequest
from xiaohao.core.services import audit

WHY = {"missing": _("缺少这一条"), "changed": _("内容被改动"), "cut off": _("链尾被截断")}


class AuditFilters(forms.Form):
    """Who, and which days."""

    name = forms.CharField(label=_("操作人"), required=False, max_length=60)
    first = date_field(_("从"))
    last = date_field(_("到"))


@dataclass(frozen=True)
class Line:
    """An entry with its action and the names of the changed fields in words."""

    entry: AuditEntry
    action: str | Promise
    fields: str


@requires(VIEW_AUDIT)
@require_safe
def audit_log(request: AccountRequest) -> HttpResponse:
    """Show the log of one's own organ, newest first; with ``verify`` check its chain."""
    organ = request.user.organ
    entries = AuditEntry.objects.filter(organ_number=organ.pk)
    form = AuditFilters(request.GET)
    style(form)
    conditions = {"name": "by_name", "first": "at__date__gte", "last": "at__date__lte"}
    if form.is_valid():
        chosen = {conditions[name]: value for name, value in form.cleaned_data.items() if value}
        entries = entries.filter(**chosen)
    current = page(entries, by="-sequence", cursor=request.GET.get("after", ""))
    query = request.GET.copy()
    for name in ("after", "verify"):
        query.pop(name, None)
    verified = "verify" in request.GET
    broken = audit.verify_organ(organ) if verified else None
    context = {
        "form": form,
        "lines": [Line(entry, action_label(entry.action), _fields(entry)) for entry in current.rows],
        "next": current.next,
        "query": query.urlencode(),
        "verified": verified,
        "broken": broken,
        "why": WHY[broken.why] if broken else "",
        "head": AuditHead.objects.filter(organ_number=organ.pk).first(),
    }
    return render(request, "core/audit_log.html", context)


def _fields(entry: AuditEntry) -> str:
    names = field_labels(entry.subject_kind)
    return "、".join(names.get(name, name) for name in entry.changes)


add_to_menu(_("审计日志"), "audit_log", VIEW_AUDIT, 90)

"""The audit log for the audit administrator: who did what and when, and whether the chain holds.

He sees what was changed by name, not by content: an administrator reads no business data by that office.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xiaohao.core.access import VIEW_AUDIT, requires
from xiaohao.core.audit_words import ACTIONS, action_label, field_labels
from xiaohao.core.context import add_to_menu
from xiaohao.core.export import write_workbook
from xiaohao.core.forms import StyledForm, date_field
from xiaohao.core.models import AuditEntry, AuditHead
from xiaohao.core.paging import page
from xiaohao.core.requests import AccountRequest
from xiaohao.core.services import audit

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_EXPORTED = 1_000_000  # rows of a sheet
CONDITIONS = {
    "name": "by_name",
    "about": "subject_label__contains",
    "action": "action",
    "first": "at__date__gte",
    "last": "at__date__lte",
}
WHY = {"missing": _("缺少这一条"), "changed": _("内容被改动"), "cut off": _("链尾被截断")}


class AuditFilters(StyledForm):
    """Who, about what, and which days."""

    name = forms.CharField(label=_("操作人"), required=False, max_length=60)
    about = forms.CharField(label=_("对象"), required=False, max_length=60)
    action = forms.ChoiceField(label=_("动作"), required=False)
    first = date_field(_("从"))
    last = date_field(_("到"))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        choices = sorted(((key, str(label)) for key, label in ACTIONS.items()), key=lambda one: one[1])
        self.fields["action"].choices = [("", _("全部")), *choices]  # type: ignore[attr-defined]

    def apply(self, entries: "QuerySet[AuditEntry]") -> "QuerySet[AuditEntry]":
        """Return the entries that fit; what is not understood counts as not chosen."""
        self.is_valid()
        chosen = {CONDITIONS[name]: value for name, value in self.cleaned_data.items() if value}
        return entries.filter(**chosen)


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
    current = page(form.apply(entries), by="-sequence", cursor=request.GET.get("after", ""))
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


@requires(VIEW_AUDIT)
@require_safe
def audit_export(request: AccountRequest) -> FileResponse:
    """Give the entries that fit as Excel, with their hashes, so that a copy can be kept elsewhere."""
    entries = AuditEntry.objects.filter(organ_number=request.user.organ.pk).order_by("sequence")
    header = [
        (str(title), width)
        for title, width in (
            (_("序号"), 8),
            (_("时间"), 20),
            (_("操作人"), 12),
            (_("动作"), 22),
            (_("对象"), 40),
            (_("涉及内容"), 30),
            (_("链值"), 66),
        )
    ]
    rows = AuditFilters(request.GET).apply(entries)[:MOST_EXPORTED].iterator(chunk_size=2000)
    lines = (
        [
            entry.sequence,
            timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S"),
            entry.by_name,
            str(action_label(entry.action)),
            entry.subject_label,
            _fields(entry),
            entry.hash,
        ]
        for entry in rows
    )
    stream = write_workbook(str(_("审计日志")), header, lines)
    return FileResponse(stream, as_attachment=True, filename=str(_("审计日志.xlsx")))


def _fields(entry: AuditEntry) -> str:
    names = field_labels(entry.subject_kind)
    return "、".join(names.get(name, name) for name in entry.changes)


add_to_menu(_("审计日志"), "audit_log", VIEW_AUDIT, 90)

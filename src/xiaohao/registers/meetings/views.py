"""The sheet of a meeting: one page for who came, who left, who spoke, how it was voted."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from xiaohao.core.access import requires
from xiaohao.core.forms import RecordForm, VersionForm, restrict
from xiaohao.core.requests import AccountRequest
from xiaohao.core.services.records import Conflict
from xiaohao.ledger.attachments import hits_on
from xiaohao.registers.meetings.models import Item, Meeting
from xiaohao.registers.meetings.quorum import standing
from xiaohao.registers.meetings.recusal import recusals
from xiaohao.registers.meetings.register import CHANGE
from xiaohao.registers.meetings.services import ItemRecord, record_sheet

SPOKEN = ("speaking_order", "votes_for", "votes_against", "votes_abstain", "outcome", "resolution")


class AttendanceForm(VersionForm):
    """Who came, and why the others did not."""

    present: Any = forms.ModelMultipleChoiceField(
        None, label=gettext_lazy("实到"), required=False, widget=forms.CheckboxSelectMultiple
    )
    absences = forms.CharField(label=gettext_lazy("缺席人员和原因"), max_length=300, required=False)


class ItemSheetForm(RecordForm):
    """What happened with one item; who should leave is offered first."""

    class Meta:
        model = Item
        fields = ("recused", *SPOKEN)
        widgets = {"recused": forms.CheckboxSelectMultiple}

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["resolution"].widget.attrs["rows"] = 2
        self.fields["recused"].queryset = self.instance.meeting.members.all()  # type: ignore[attr-defined]


@requires(CHANGE)
@require_http_methods(["GET", "POST"])
def sheet(request: AccountRequest, number: int) -> HttpResponse:
    """Show the sheet, or write it down whole."""
    meeting = _meeting(request, number)
    if meeting.state == Meeting.State.MINUTED:
        raise PermissionDenied
    items = list(
        Item.objects.visible_to(request.user)
        .filter(meeting=meeting)
        .select_related("organ", "meeting")
        .prefetch_related("concerned", "concerned_kin__person", "recused")
    )
    attendance = AttendanceForm(
        request.POST or None,
        meeting.version,
        present=list(meeting.present.all()) or list(meeting.members.all()),
        absences=meeting.absences,
    )
    attendance.fields["present"].queryset = meeting.members.all()  # type: ignore[attr-defined]
    restrict(attendance, request.user.organ)
    leaving = recusals(items, meeting.members.all())
    shown = [(item, _item_form(request, item, leaving[item.pk]), leaving[item.pk]) for item in items]
    refusals: list[str] = []
    if request.method == "POST" and attendance.is_valid() and all(form.is_valid() for _i, form, _l in shown):
        try:
            done = _write(request, meeting, attendance, [(item, form) for item, form, _l in shown])
        except ValidationError as refused:
            refusals = refused.messages
        except Conflict as conflict:
            refusals = [str(conflict)]
        else:
            _tell(request, done, items)
            return redirect("meetings_item", number)
    context = {
        "meeting": meeting,
        "standing": standing(meeting),
        "attendance": attendance,
        "items": shown,
        "refusals": refusals,
    }
    return render(request, "registers/meeting_sheet.html", context)


def _meeting(request: AccountRequest, number: int) -> Meeting:
    rows = Meeting.objects.visible_to(request.user).filter(organ=request.user.organ)
    rows = rows.select_related("organ", "kind", "chair", "head").prefetch_related("members", "present")
    return get_object_or_404(rows, pk=number)


def _item_form(request: AccountRequest, item: Item, leaving: Any) -> ItemSheetForm:
    """Return the form of an item; before anything is recorded those who should leave are ticked."""
    chosen = list(item.recused.all()) or [one.person for one in leaving]
    return ItemSheetForm(
        request.POST or None, instance=item, prefix=f"item-{item.pk}", initial={"recused": chosen}
    )


def _write(
    request: AccountRequest,
    meeting: Meeting,
    attendance: AttendanceForm,
    forms_of_items: list[tuple[Item, ItemSheetForm]],
) -> Meeting:
    fresh = {one.pk: one for one in Item.objects.visible_to(request.user).filter(meeting=meeting)}
    return record_sheet(
        meeting=_meeting(request, meeting.pk),
        present=list(attendance.cleaned_data["present"]),
        absences=attendance.cleaned_data["absences"],
        items=[
            ItemRecord(
                item=fresh[item.pk],
                values={name: form.cleaned_data[name] for name in SPOKEN},
                recused=list(form.cleaned_data["recused"]),
            )
            for item, form in forms_of_items
        ],
        by=request.user,
        expected_version=attendance.cleaned_data["version"],
    )


def _tell(request: AccountRequest, meeting: Meeting, items: list[Item]) -> None:
    """Say what was saved, and which rules what happened has broken."""
    messages.success(request, _("会议记录单已保存。"))
    for record in (meeting, *items):
        for hit in hits_on(request.user, record):
            messages.warning(request, hit.sentence)

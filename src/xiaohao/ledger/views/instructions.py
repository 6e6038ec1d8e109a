"""Give and answer instructions."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xiaohao.core import subjects
from xiaohao.core.access import requires
from xiaohao.core.requests import AccountRequest
from xiaohao.core.views.editing import edit
from xiaohao.ledger.access import ANSWER, INSTRUCT
from xiaohao.ledger.forms import AnswerForm, InstructionForm
from xiaohao.ledger.models import Instruction
from xiaohao.ledger.services import instructions as service


@requires(INSTRUCT)
@require_http_methods(["GET", "POST"])
def instruction_add(request: AccountRequest, kind: str, number: int) -> HttpResponse:
    """Put an instruction on a record one sees."""
    about = subjects.visible(kind, number, request.user)
    responsible = next(iter(subjects.subject_of(about).responsible(about)), None)
    form = InstructionForm(request.POST or None, about.organ, responsible)

    def write() -> None:
        service.give(about=about, by=request.user, **form.cleaned_data)

    return edit(
        request,
        form=form,
        title=_("批示、督办"),
        lead=str(about),
        back=subjects.address_of(about),
        write=write,
        submit=_("发出"),
    )


def _found(request: AccountRequest, number: int) -> Instruction:
    rows = Instruction.objects.visible_to(request.user).select_related("organ", "to", "given_by")
    found = get_object_or_404(rows, pk=number, organ=request.user.organ)
    if service.may_answer(found, request.user):
        raise PermissionDenied
    return found


@requires(ANSWER)
@require_http_methods(["GET", "POST"])
def instruction_answer(request: AccountRequest, number: int) -> HttpResponse:
    """Answer what one was asked."""
    found = _found(request, number)
    form = AnswerForm(request.POST or None, found.version)

    def write() -> None:
        service.answer(
            instruction=found,
            text=form.cleaned_data["text"],
            by=request.user,
            expected_version=form.cleaned_data["version"],
        )

    lead = f"{found.given_by}：{found.text}"
    back = subjects.address_by_number(found.about_kind, found.about_number)
    return edit(request, form=form, title=_("回复批示督办"), lead=lead, back=back, write=write)


@requires(ANSWER)
@require_POST
def instruction_note(request: AccountRequest, number: int) -> HttpResponse:
    """Take note of a remark."""
    found = _found(request, number)
    try:
        service.note(instruction=found, by=request.user)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
    return redirect(subjects.address_by_number(found.about_kind, found.about_number))

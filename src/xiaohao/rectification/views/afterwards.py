"""Similar checks and look-back checks."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xiaohao.core.access import allowed, requires
from xiaohao.core.requests import AccountRequest
from xiaohao.core.views.editing import edit
from xiaohao.ledger.attachments import attached
from xiaohao.rectification.access import (
    ANSWER_SIMILAR,
    ASK_SIMILAR,
    CHECK_LOOK_BACK,
    PLAN_LOOK_BACK,
    VIEW_FINDINGS,
    VIEW_LOOK_BACK,
)
from xiaohao.rectification.forms import CheckerForm, LookBackCheckForm, SimilarAnswerForm, SimilarForm
from xiaohao.rectification.models import LookBackCheck, SimilarCheck
from xiaohao.rectification.services import afterwards
from xiaohao.rectification.views.work import found_finding


@requires(ASK_SIMILAR)
@require_http_methods(["GET", "POST"])
def finding_similar_ask(request: AccountRequest, number: int) -> HttpResponse:
    """Ask departments to look for the same fault."""
    finding = found_finding(request, number)
    form = SimilarForm(request.POST or None, finding)

    def write() -> None:
        afterwards.ask_similar(finding=finding, by=request.user, **form.cleaned_data)

    return edit(
        request,
        form=form,
        title=_("布置举一反三排查"),
        lead=str(finding),
        back=reverse("finding", args=[number]),
        write=write,
        submit=_("布置"),
    )


def _similar(request: AccountRequest, number: int) -> SimilarCheck:
    rows = SimilarCheck.objects.visible_to(request.user).select_related(
        "finding", "department", "person", "organ"
    )
    return get_object_or_404(rows, pk=number)


@requires(VIEW_FINDINGS)
@require_safe
def similar_check(request: AccountRequest, number: int) -> HttpResponse:
    """Show a check for the same fault."""
    check = _similar(request, number)
    mine = not afterwards.checking_similar(check, request.user)
    context = {
        "check": check,
        "record": check,
        "may_answer": mine and allowed(request.user, ANSWER_SIMILAR) and check.state == "open",
        "may_work": mine,
        **attached(request.user, check),
    }
    return render(request, "rectification/similar_check.html", context)


@requires(ANSWER_SIMILAR)
@require_http_methods(["GET", "POST"])
def similar_answer(request: AccountRequest, number: int) -> HttpResponse:
    """Say what was found in one's own department."""
    check = _similar(request, number)
    if afterwards.checking_similar(check, request.user):
        raise PermissionDenied
    form = SimilarAnswerForm(request.POST or None, check.version)

    def write() -> None:
        given = form.cleaned_data
        afterwards.answer_similar(
            check=check,
            state=given["state"],
            result=given["result"],
            by=request.user,
            expected_version=given["version"],
        )

    back = reverse("similar_check", args=[number])
    return edit(request, form=form, title=_("填报排查结果"), lead=str(check.finding), back=back, write=write)


def _look_back(request: AccountRequest, number: int) -> LookBackCheck:
    rows = LookBackCheck.objects.visible_to(request.user).select_related(
        "finding__organ", "round", "checker", "organ"
    )
    return get_object_or_404(rows, pk=number)


@requires(VIEW_LOOK_BACK)
@require_safe
def look_back_check(request: AccountRequest, number: int) -> HttpResponse:
    """Show what a look-back found about one finding."""
    check = _look_back(request, number)
    refusal = afterwards.checking(check, request.user)
    context = {
        "check": check,
        "record": check,
        "refusal": refusal,
        "may_check": not refusal and check.state == "open" and allowed(request.user, CHECK_LOOK_BACK),
        "may_plan": allowed(request.user, PLAN_LOOK_BACK)
        and check.state == "open"
        and check.organ_id == request.user.organ.pk,
        "may_work": check.checker_id == request.user.person_id and check.state == "open",
        **attached(request.user, check),
    }
    return render(request, "rectification/look_back_check.html", context)


@requires(PLAN_LOOK_BACK)
@require_http_methods(["GET", "POST"])
def look_back_checker(request: AccountRequest, number: int) -> HttpResponse:
    """Let somebody else check: who was to do it has left, or took part."""
    check = _look_back(request, number)
    if check.organ_id != request.user.organ.pk:
        raise PermissionDenied
    form = CheckerForm(request.POST or None, instance=check)

    def write() -> None:
        afterwards.change_checker(
            found=_look_back(request, number),
            checker=form.cleaned_data["checker"],
            by=request.user,
            expected_version=form.cleaned_data["version"],
        )

    back = reverse("look_back_check", args=[number])
    return edit(request, form=form, title=_("更换检查人"), lead=str(check.finding), back=back, write=write)


@requires(CHECK_LOOK_BACK)
@require_http_methods(["GET", "POST"])
def look_back_result(request: AccountRequest, number: int) -> HttpResponse:
    """Write down what one found."""
    check = _look_back(request, number)
    if afterwards.checking(check, request.user):
        raise PermissionDenied
    form = LookBackCheckForm(request.POST or None, check.version)

    def write() -> None:
        given = form.cleaned_data
        afterwards.check(
            found=check,
            state=given["state"],
            result=given["result"],
            deadline=given["deadline"],
            by=request.user,
            expected_version=given["version"],
        )

    back = reverse("look_back_check", args=[number])
    return edit(
        request, form=form, title=_("填写回头看结果"), lead=str(check.finding), back=back, write=write
    )

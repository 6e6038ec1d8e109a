"""The decisions one has to sign, asked for, or may look at."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiaohao.core import subjects
from xiaohao.core.access import requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.history import history_of_record
from xiaohao.core.models import Record
from xiaohao.core.paging import page
from xiaohao.core.requests import AccountRequest
from xiaohao.core.services.evidence import evidence_of
from xiaohao.core.services.records import Conflict
from xiaohao.core.views.editing import edit
from xiaohao.ledger.access import ASK_DECISION, SIGN_DECISION, VIEW_DECISIONS
from xiaohao.ledger.decision_kinds import KINDS, label_of
from xiaohao.ledger.forms import AskForm, SignForm
from xiaohao.ledger.models import Decision
from xiaohao.ledger.services import decisions as service
from xiaohao.ledger.signing import awaited, names_of, signatories

if TYPE_CHECKING:
    from collections.abc import Callable


LONGEST_FACT = 80  # characters; what is longer or has several lines stands in the full width


def _found(request: AccountRequest, number: int) -> Decision:
    rows = (
        Decision.objects.visible_to(request.user)
        .select_related("organ", "asked_by")
        .prefetch_related("signers__person", "signatures__person", "signatures__on_behalf_of")
    )
    return get_object_or_404(rows, pk=number)


@requires(VIEW_DECISIONS)
@require_safe
def decision_list(request: AccountRequest) -> HttpResponse:
    """Show what waits for one's signature first, then all of the organ, newest first."""
    seen = Decision.objects.visible_to(request.user).exclude(subjects.attached_to_hidden(request.user))
    rows = seen.select_related("asked_by", "organ")
    current = page(rows, by="-created_at", cursor=request.GET.get("after", ""), size=30)
    context = {
        "waiting": [(one, label_of(one.kind)) for one in service.waiting_for(request.user)],
        "rows": [(one, label_of(one.kind)) for one in current.rows],
        "next": current.next,
    }
    return render(request, "ledger/decisions.html", context)


@requires(VIEW_DECISIONS)
@require_safe
def decision(request: AccountRequest, number: int) -> HttpResponse:
    """Show what is asked, who said what, whose turn it is, and what oneself can do."""
    found = _found(request, number)
    return _page(request, found, _about(request, found), _sign_form(request, found))


def _about(request: AccountRequest, found: Decision) -> Record:
    """Return what is decided; whose turn it is sees it, also as a deputy who else would not."""
    if not service.may_sign(found, request.user):
        return subjects.find(found.about_kind, found.about_number)
    return subjects.visible(found.about_kind, found.about_number, request.user)


def _sign_form(request: AccountRequest, found: Decision) -> SignForm:
    places = [(one.position, one.said) for one in found.signers.all() if one.position < found.position]
    return SignForm(request.POST or None, found.version, places)


def _page(request: AccountRequest, found: Decision, about: Record, form: SignForm) -> HttpResponse:
    kind = KINDS.get(found.kind)
    open_now = found.state == Decision.State.OPEN
    refusal = service.refused(found, "sign", request.user)
    able = signatories([found.organ]).able(found, awaited(found)) if open_now else set()
    sheet = kind.sheet if kind else None
    drawn = sheet.draw(about, request.user) if sheet else None
    lines = [*(kind.lines(about, found.content) if kind else ()), *(drawn.lines if drawn else ())]
    context = {
        "decision": found,
        "kind": label_of(found.kind),
        "about": about,
        "about_address": subjects.address_of(about),
        "facts": [(name, value) for name, value in lines if not _is_long(value)],
        "long_lines": [(name, value) for name, value in lines if _is_long(value)],
        "sheet": sheet,
        "sheet_html": drawn.html if drawn else "",
        "evidence": evidence_of([about]).get(about.pk, []),
        "places": _places(found),
        "form": form,
        "refusal": refusal,
        "open": open_now,
        "history": history_of_record(found),
        "stuck": open_now and not able,
        "able": names_of(able),
        "may_withdraw": not service.refused(found, "withdraw", request.user),
        "may_resubmit": not service.refused(found, "resubmit", request.user),
    }
    return render(request, "ledger/decision.html", context)


def _is_long(value: str) -> bool:
    return "\n" in value or len(value) > LONGEST_FACT


def _places(found: Decision) -> list[tuple[object, list[object], bool]]:
    """Return each place with its signatures and whether it is awaited."""
    signatures = list(found.signatures.all())
    return [
        (
            place,
            [one for one in signatures if one.position == place.position],
            found.state == Decision.State.OPEN and place.position == found.position,
        )
        for place in found.signers.all()
    ]


@requires(SIGN_DECISION)
@require_POST
def decision_sign(request: AccountRequest, number: int) -> HttpResponse:
    """Agree, refuse or send back; the button pressed says which."""
    found = _found(request, number)
    about = _about(request, found)
    form = _sign_form(request, found)
    if not form.is_valid():
        return _page(request, found, about, form)
    given = {
        "decision": found,
        "opinion": form.cleaned_data["opinion"],
        "by": request.user,
        "expected_version": form.cleaned_data["version"],
    }
    actions: dict[str, Callable[[], object]] = {
        "agree": lambda: service.agree(**given),
        "refuse": lambda: service.refuse(**given),
        "return": lambda: service.send_back(**given, to=form.cleaned_data["to"] or 0),
    }
    chosen = actions.get(request.POST.get("outcome", ""))
    if chosen is None:
        raise PermissionDenied
    try:
        chosen()
    except (ValidationError, Conflict) as error:
        form.add_error(None, error.messages if isinstance(error, ValidationError) else str(error))
        return _page(request, _found(request, number), about, form)
    messages.success(request, _("已签批。"))
    return redirect("decision", number)


@requires(ASK_DECISION)
@require_POST
def decision_withdraw(request: AccountRequest, number: int) -> HttpResponse:
    """Take one's own question back."""
    try:
        service.withdraw(decision=_found(request, number), by=request.user)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
    else:
        messages.success(request, _("已撤回。"))
    return redirect("decision", number)


@requires(ASK_DECISION)
@require_http_methods(["GET", "POST"])
def decision_resubmit(request: AccountRequest, number: int) -> HttpResponse:
    """Ask again after it was sent back."""
    found = _found(request, number)
    if service.refused(found, "resubmit", request.user):
        raise PermissionDenied
    form = AskForm(request.POST or None, initial={"reason": found.reason})

    def write() -> None:
        service.resubmit(decision=found, reason=form.cleaned_data["reason"], by=request.user)

    return edit(
        request,
        form=form,
        title=_("重新提交：%(kind)s") % {"kind": label_of(found.kind)},
        lead=found.about_label,
        back=reverse("decision", args=[number]),
        write=write,
        submit=_("重新提交"),
    )


add_to_menu(gettext_lazy("审批"), "decisions", VIEW_DECISIONS, 40)

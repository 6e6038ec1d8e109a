"""Steps of a row and questions about it: what is open now, and the form each begins with."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm, modelform_factory
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xiaohao.core.access import requires
from xiaohao.core.forms import RecordForm, VersionForm, restrict
from xiaohao.core.models import Account
from xiaohao.core.requests import AccountRequest
from xiaohao.core.views.editing import edit
from xiaohao.ledger.access import ASK_DECISION
from xiaohao.ledger.narrowing import found_row
from xiaohao.ledger.register import Ask, Register, take
from xiaohao.ledger.services import decisions
from xiaohao.ledger.workflow import Step

View = Callable[..., HttpResponseBase]
Button = tuple[str, str, str]  # label, address, why not


def steps_of(register: Register, record: Any, account: Account) -> list[Button]:
    """Return the steps that lead on from the state of a row, each with why it is closed to the account."""
    if register.workflow is None:
        return []
    return [
        (
            str(step.label),
            reverse(f"{register.key}_{step.key}", args=[record.pk]),
            register.step_refusal(step, record, account),
        )
        for step in register.workflow.steps
        if record.state in step.sources
    ]


def asks_of(register: Register, record: Any, account: Account) -> list[Button]:
    """Return what the account may ask for, each with what still stands in the way."""
    return [
        (
            str(_("申请%(kind)s") % {"kind": ask.kind.label}),
            reverse(f"{register.key}_ask_{place}", args=[record.pk]),
            "；".join(decisions.why_not(ask.kind, record, account)),
        )
        for place, ask in enumerate(register.asks, start=1)
        if not ask.kind.may_ask(account, record)
    ]


def step_form(register: Register, step: Step) -> View:
    """Return the view that asks what a step needs, and takes it."""

    @requires(register.step_actions[step.key])
    @require_http_methods(["GET", "POST"])
    def view(request: AccountRequest, number: int) -> HttpResponse:
        record = found_row(register, request.user, number, own=True)
        if register.step_refusal(step, record, request.user):
            raise PermissionDenied
        form = _form(register, step, record, request)

        def write() -> Any:
            given = {name: form.cleaned_data[name] for name in step.fields}
            fresh = found_row(register, request.user, number, own=True)
            return take(register, fresh, step.key, given, request.user, form.cleaned_data["version"])

        return edit(
            request,
            form=form,
            title=str(step.label),
            lead=str(record),
            back=register.address(number),
            write=write,
            submit=str(step.label),
        )

    return view


def _form(register: Register, step: Step, record: Any, request: AccountRequest) -> BaseForm:
    if not step.fields:
        return VersionForm(request.POST or None, record.version)
    made = modelform_factory(register.model, form=RecordForm, fields=list(step.fields))
    form = made(request.POST or None, instance=record)
    for name in step.needs:
        form.fields[name].required = True
    return form


def ask_form(register: Register, ask: Ask) -> View:
    """Return the view that puts a question about a row to its signers."""

    @requires(ASK_DECISION)
    @require_http_methods(["GET", "POST"])
    def view(request: AccountRequest, number: int) -> HttpResponse:
        record = found_row(register, request.user, number, own=True)
        if ask.kind.may_ask(request.user, record):
            raise PermissionDenied
        form = ask.form(request.POST or None)
        restrict(form, request.user.organ)

        def write() -> Any:
            return decisions.ask(
                ask.kind,
                about=record,
                reason=form.cleaned_data["reason"],
                content=form.content(),
                by=request.user,
            )

        return edit(
            request,
            form=form,
            title=_("申请%(kind)s") % {"kind": ask.kind.label},
            lead=str(record),
            back=register.address(number),
            write=write,
            submit=_("提交审批"),
        )

    return view

"""Accounts and roles for the security administrator, and everybody's own password."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiaohao.core.access import CHANGE_PASSWORD, MANAGE_ACCOUNTS, MANAGE_API_KEY, requires
from xiaohao.core.context import add_to_menu
from xiaohao.core.forms import style
from xiaohao.core.models import Account, ApiKey, Person, Role
from xiaohao.core.requests import AccountRequest
from xiaohao.core.services import api_keys, organs
from xiaohao.core.views.editing import edit


class AccountForm(forms.Form):
    """A person's login and roles; the password only where it is to be set anew."""

    username = forms.CharField(label=gettext_lazy("用户名"), max_length=60, required=False)
    password = forms.CharField(
        label=gettext_lazy("新密码"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("不改密码时不填。请当面告诉本人，并请他登录后自己改掉。"),
    )
    is_active = forms.BooleanField(label=gettext_lazy("可以登录"), required=False)
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("角色"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("系统、安全、审计三种管理员，一人至多担任一种。"),
    )

    def __init__(self, data: Any, person: Person, account: Account | None) -> None:
        held = list(person.roles.values_list("role", flat=True))
        first = {"roles": held, "is_active": account is None or account.is_active}
        super().__init__(data, initial=first | ({"username": account.username} if account else {}))
        self.account = account
        if account:
            self.fields["username"].disabled = True
        style(self)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("password"):
            validate_password(values["password"], self.account)
        if self.account is None and bool(values.get("username")) != bool(values.get("password")):
            raise ValidationError(_("开通账号时，用户名和密码都要填。"))
        return values


@requires(MANAGE_ACCOUNTS)
@require_safe
def accounts(request: AccountRequest) -> HttpResponse:
    """Show the people of the organ with their logins and roles."""
    people = (
        request.user.organ.people.filter(left_on=None)
        .select_related("department", "account")
        .prefetch_related("roles")
    )
    rows = [(person, getattr(person, "account", None)) for person in people]
    return render(request, "core/accounts.html", {"rows": rows})


@requires(MANAGE_ACCOUNTS)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def account_edit(request: AccountRequest, number: int) -> HttpResponse:
    """Open, close or change the login of a person, and his roles."""
    person = get_object_or_404(Person, pk=number, organ=request.user.organ)
    form = AccountForm(request.POST or None, person, getattr(person, "account", None))

    def write() -> None:
        _write(person, form, request.user)

    title = _("账号和角色：%(name)s") % {"name": person.name}
    return edit(request, form=form, title=title, back=reverse("accounts"), write=write)


@transaction.atomic
def _write(person: Person, form: AccountForm, by: Account) -> None:
    values, account = form.cleaned_data, form.account
    organs.set_roles(person=person, roles=[Role(role) for role in values["roles"]], by=by)
    if account is None and values["username"]:
        account = organs.create_account(
            person=person, username=values["username"], password=values["password"], by=by
        )
    elif account and values["password"]:
        organs.set_password(account=account, password=values["password"], by=by)
    if account:
        organs.set_active(account=account, active=values["is_active"], by=by)


@requires(CHANGE_PASSWORD)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: AccountRequest) -> HttpResponse:
    """Change one's own password."""
    form = PasswordChangeForm(request.user, request.POST or None)
    style(form)

    def write() -> None:
        new = form.cleaned_data["new_password1"]
        organs.set_password(account=request.user, password=new, by=request.user)
        update_session_auth_hash(request, request.user)

    return edit(request, form=form, title=_("修改密码"), back=reverse("home"), write=write)


add_to_menu(gettext_lazy("账号和角色"), "accounts", MANAGE_ACCOUNTS, 85)


@requires(MANAGE_API_KEY)
@require_safe
def api_key(request: AccountRequest) -> HttpResponse:
    """Offer a key for other programs; a fresh one is shown once."""
    context = {
        "fresh": request.session.pop("api_key", ""),
        "key": ApiKey.objects.filter(account=request.user).first(),
    }
    return render(request, "core/api_key.html", context)


@requires(MANAGE_API_KEY)
@require_POST
def api_key_make(request: AccountRequest) -> HttpResponse:
    """Make a new key; the one before works no longer."""
    request.session["api_key"] = api_keys.make(request.user)
    return redirect("api_key")


@requires(MANAGE_API_KEY)
@require_POST
def api_key_revoke(request: AccountRequest) -> HttpResponse:
    """Take the key back."""
    api_keys.revoke(request.user)
    messages.success(request, _("原来的接口密钥已经作废。"))
    return redirect("api_key")

"""The organisation (组织机构): leading group, departments, people."""

from typing import cast

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiaohao.core.access import CHANGE_ORGANISATION, VIEW_ORGANISATION, allowed, requires, visible_organs
from xiaohao.core.context import add_to_menu
from xiaohao.core.forms import DepartmentForm, LeadingGroupMemberForm, PersonForm
from xiaohao.core.models import Department, LeadingGroupMember, Organ, Person
from xiaohao.core.models.records import RecordType
from xiaohao.core.requests import AccountRequest
from xiaohao.core.services import organs, records
from xiaohao.core.views.editing import edit


def _own(model: type[RecordType], request: AccountRequest, number: int) -> RecordType:
    """Return a record of one's own organ, fresh from the database."""
    rows = model.objects.visible_to(request.user).filter(organ=request.user.organ)
    return cast("RecordType", get_object_or_404(rows, pk=number))


@requires(VIEW_ORGANISATION)
@require_safe
def organisation(request: AccountRequest) -> HttpResponse:
    """Show an organ's people; a supervisor chooses among the organs below."""
    choice = visible_organs(request.user).order_by("path")
    code = request.GET.get("organ", "")
    organ: Organ = get_object_or_404(choice, code=code) if code else request.user.organ
    present = Person.objects.visible_to(request.user).filter(left_on=None).prefetch_related("posts")
    context = {
        "organ": organ,
        "organs": choice,
        "members": organ.leading_group.select_related("person").prefetch_related("person__posts"),
        "departments": organ.departments.prefetch_related(Prefetch("people", present)),
        "outside": present.filter(organ=organ, department=None),
        "may_change": organ == request.user.organ and allowed(request.user, CHANGE_ORGANISATION),
    }
    return render(request, "core/organisation.html", context)


@requires(CHANGE_ORGANISATION)
@require_http_methods(["GET", "POST"])
def department_add(request: AccountRequest) -> HttpResponse:
    """Add a department."""
    organ = request.user.organ
    form = DepartmentForm(request.POST or None, instance=Department(organ=organ))

    def write() -> None:
        organs.add_department(organ=organ, name=form.cleaned_data["name"], by=request.user)

    return edit(request, form=form, title=_("增加委室"), back=reverse("organisation"), write=write)


@requires(CHANGE_ORGANISATION)
@require_http_methods(["GET", "POST"])
def department_edit(request: AccountRequest, number: int) -> HttpResponse:
    """Rename a department."""
    department = _own(Department, request, number)
    form = DepartmentForm(request.POST or None, instance=department)

    def write() -> None:
        records.change(
            _own(Department, request, number),
            form.values(),
            by=request.user,
            action="department.changed",
            expected_version=form.cleaned_data["version"],
        )

    return edit(request, form=form, title=_("修改委室"), back=reverse("organisation"), write=write)


@requires(CHANGE_ORGANISATION)
@require_http_methods(["GET", "POST"])
def person_add(request: AccountRequest) -> HttpResponse:
    """Add a person."""
    organ = request.user.organ
    first = {"department": request.GET.get("department", "")[:20]}
    form = PersonForm(request.POST or None, instance=Person(organ=organ), initial=first)

    def write() -> None:
        organs.add_person(organ=organ, by=request.user, **form.values())

    return edit(request, form=form, title=_("增加人员"), back=reverse("organisation"), write=write)


@requires(CHANGE_ORGANISATION)
@require_http_methods(["GET", "POST"])
def person_edit(request: AccountRequest, number: int) -> HttpResponse:
    """Change a person, or say when he left."""
    person = _own(Person, request, number)
    form = PersonForm(request.POST or None, instance=person)

    def write() -> None:
        values = form.values()
        organs.change_person(
            person=_own(Person, request, number),
            posts=values.pop("posts"),
            values=values,
            by=request.user,
            expected_version=form.cleaned_data["version"],
        )

    return edit(request, form=form, title=_("修改人员"), back=reverse("organisation"), write=write)


@requires(CHANGE_ORGANISATION)
@require_http_methods(["GET", "POST"])
def member_add(request: AccountRequest) -> HttpResponse:
    """Put somebody into the leading group."""
    form = LeadingGroupMemberForm(request.POST or None, instance=LeadingGroupMember(organ=request.user.organ))

    def write() -> None:
        organs.add_leading_group_member(by=request.user, **form.values())

    return edit(request, form=form, title=_("增加领导小组成员"), back=reverse("organisation"), write=write)


@requires(CHANGE_ORGANISATION)
@require_http_methods(["GET", "POST"])
def member_edit(request: AccountRequest, number: int) -> HttpResponse:
    """Change what somebody does in the leading group."""
    member = _own(LeadingGroupMember, request, number)
    form = LeadingGroupMemberForm(request.POST or None, instance=member)

    def write() -> None:
        records.change(
            _own(LeadingGroupMember, request, number),
            form.values(),
            by=request.user,
            action="leading_group_member.changed",
            expected_version=form.cleaned_data["version"],
        )

    return edit(request, form=form, title=_("修改领导小组成员"), back=reverse("organisation"), write=write)


@requires(CHANGE_ORGANISATION)
@require_POST
def member_remove(request: AccountRequest, number: int) -> HttpResponse:
    """Take somebody out of the leading group; he can be put back in at any time."""
    member = _own(LeadingGroupMember, request, number)
    records.remove(member, by=request.user, action="leading_group_member.removed")
    return redirect("organisation")


add_to_menu(gettext_lazy("组织机构"), "organisation", VIEW_ORGANISATION, 60)

"""Who may open what. The default is nobody."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from xiaohao.core.access import ACTIONS, allowed
from xiaohao.core.models import ADMINISTRATORS, Organ, Role, RoleHolding
from xiaohao.core.services import organs
from xiaohao.rectification.models import Finding, Measure


def patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for entry in resolver.url_patterns:
        found += patterns(entry) if isinstance(entry, URLResolver) else [entry]
    return found


ADDRESSES = patterns(get_resolver())


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_every_address_names_the_action_it_needs(address: URLPattern) -> None:
    assert address.callback.required_action.key in ACTIONS


def test_a_page_that_names_no_action_is_refused(rf, clerk) -> None:
    from django.core.exceptions import PermissionDenied

    from xiaohao.core.middleware import AccessMiddleware

    request = rf.get("/")
    request.user = clerk
    with pytest.raises(PermissionDenied):
        AccessMiddleware(lambda _request: None).process_view(request, lambda _request: None, (), {})


# Pages whose action opens them to a role, and whose record then asks for more: who works on it, whose it is.
# What they ask for is tested beside the record.
NARROWER = {"evidence_add", "evidence_replace"}


@pytest.mark.parametrize("role", Role.values)
def test_role_by_address(role, organ, make_account, make_finding, make_measure, client, address_of) -> None:
    """Every page opens for the roles its action names and for nobody else."""
    department = organs.add_department(organ=organ, name="提案委", by=None)
    account = make_account(organ, "方晓", Role(role), department=department)
    client.force_login(account)
    for address in ADDRESSES:
        action = address.callback.required_action
        path = address_of(address)
        Measure.objects.update(owner=account.person, lead_department=department)
        Finding.objects.update(lead_department=department)
        answer = client.get(path)
        list(answer)  # a file is closed when it was read
        if address.name not in NARROWER or not allowed(account, action):
            assert (address.name, answer.status_code == 403) == (address.name, not allowed(account, action))


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_without_login_only_what_is_for_everyone(address, make_finding, client, address_of) -> None:
    answer = client.get(address_of(address))
    sent_to_login = answer.status_code == 401 or (
        answer.status_code == 302 and answer["Location"].startswith("/login/")
    )
    assert sent_to_login == (not address.callback.required_action.everyone)


@pytest.fixture
def address_of(make_finding, make_measure):
    """Give the path of an address, for one finding with one measure."""
    from django.urls import reverse

    measure = make_measure(make_finding())

    # What a page asks for by number is this finding or its measure.
    def path(address: URLPattern) -> str:
        number = measure.pk if "measure" in str(address.name) else measure.finding_id
        given = {
            "number": number,
            "kind": "finding",
            "page": 1,
            "key": "lights.near_days",
            "secret": "x",
            "form": "pdf",
            "organ": "qingshan",
        }
        space = "api-1:" if getattr(address.callback, "answers_json", False) else ""
        return reverse(
            f"{space}{address.name}", kwargs={name: given[name] for name in address.pattern.converters}
        )

    return path


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_administrators_read_no_business_data_by_that_office(role, organ, make_account, make_finding) -> None:
    make_finding()
    assert not Finding.objects.visible_to(make_account(organ, "管理员", Role(role))).exists()


def test_a_person_is_at_most_one_of_the_three_administrators(organ, make_account) -> None:
    from django.db import IntegrityError, transaction

    account = make_account(organ, "叶秋", Role.SYSTEM_ADMINISTRATOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleHolding.objects.create(person=account.person, role=Role.AUDIT_ADMINISTRATOR)


def test_a_supervisor_sees_the_organs_below_and_a_neighbour_sees_nothing(
    make_organ, make_account, organ, make_finding
) -> None:
    make_finding()
    above = make_organ("above", "市委巡察办")
    Organ.objects.filter(pk=organ.pk).update(parent=above, path=f"{above.path}{organ.pk}/")
    neighbour = make_organ("neighbour", "红河区政协机关")

    supervisor = make_account(above, "程言", Role.SUPERVISOR)
    stranger = make_account(neighbour, "周行", Role.CLERK, Role.SUPERVISOR)

    assert Finding.objects.visible_to(supervisor).count() == 1
    assert not Finding.objects.visible_to(stranger).exists()


def test_the_page_of_another_organs_finding_does_not_exist(
    client, make_organ, make_account, make_finding
) -> None:
    finding = make_finding()
    client.force_login(make_account(make_organ("neighbour", "红河区政协机关"), "周行", Role.CLERK))
    assert client.get(f"/findings/{finding.pk}/").status_code == 404


def test_a_page_that_refreshes_itself_goes_to_the_log_in_when_the_session_is_over(client, db) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/wall-chart/?state=closed"}
    answer = client.get("/wall-chart/?seen=x", headers=headers)
    assert answer["HX-Redirect"] == "/login/?next=/wall-chart/%3Fstate%3Dclosed"


def test_a_page_left_open_over_a_new_login_says_what_to_do(clerk) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(clerk)
    for address in ("/login/", "/documents/add/"):
        answer = browser.post(address, {"csrfmiddlewaretoken": "x" * 64})
        assert answer.status_code == 403
        assert "没有收下，请再提交一次" in answer.content.decode()

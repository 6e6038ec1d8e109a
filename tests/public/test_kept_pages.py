"""What is kept in memory is right for every way it is asked for, and never older than the notice."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from xiaohao.core.models import Organ
from xiaohao.public.models import Publication
from xiaohao.public.services import publications

FORMS = ("", "text/", "poster/", "code.svg", "code.png")


@pytest.fixture
def address(published) -> str:
    return f"/public/{published.organ.code}/{published.number}/"


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_kept_and_gone_when_withdrawn(
    client, published, address, office, form, django_assert_num_queries
) -> None:
    first = client.get(address + form)
    with django_assert_num_queries(1):
        again = client.get(address + form)
    assert (first.status_code, again.content, again["ETag"]) == (200, first.content, first["ETag"])
    assert again["Cache-Control"] == "no-cache"  # to be asked for again each time
    publications.withdraw(publication=published, reason="有误", by=office.clerk, expected_version=1)
    assert client.get(address + form).status_code == 410


@pytest.mark.parametrize("form", FORMS)
def test_who_has_it_already_is_told_so_while_it_is_open(client, published, address, office, form) -> None:
    page = client.get(address + form)
    by_sum = {"HTTP_IF_NONE_MATCH": page["ETag"]}
    by_day = {"HTTP_IF_MODIFIED_SINCE": page["Last-Modified"]}
    for headers in (by_sum, by_day):
        answer = client.get(address + form, **headers)
        assert (answer.status_code, answer.content) == (304, b"")
    publications.withdraw(publication=published, reason="有误", by=office.clerk, expected_version=1)
    for headers in (by_sum, by_day):
        assert client.get(address + form, **headers).status_code == 410


def test_only_the_head_of_a_page_is_no_other_page(client, published, address, office) -> None:
    head = client.head(address)
    whole = client.get(address)
    assert (head.status_code, head.content, client.head(address).content) == (200, b"", b"")
    assert client.head(address)["ETag"] == whole["ETag"]
    assert client.get(address).content == whole.content
    publications.withdraw(publication=published, reason="有误", by=office.clerk, expected_version=1)
    assert client.head(address).status_code == 410


def test_addresses_in_a_page_follow_how_it_was_asked_for(client, published, address, settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "gk.example.cn"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    here = client.get(address).content.decode()
    there = client.get(address, HTTP_HOST="gk.example.cn", HTTP_X_FORWARDED_PROTO="https").content.decode()
    assert f'<link rel="canonical" href="http://testserver{address}">' in here
    assert f'<link rel="canonical" href="https://gk.example.cn{address}">' in there
    assert client.get(address).content.decode() == here
    assert client.get(address, HTTP_HOST="evil.example").status_code == 400


def test_the_public_address_stands_in_pages_wherever_they_are_asked_for(
    client, published, address, settings
) -> None:
    settings.PUBLIC_ADDRESS = "https://gk.example.cn"
    assert f"https://gk.example.cn{address}" in client.get(f"{address}poster/").content.decode()
    feed = client.get(f"/public/{published.organ.code}/feed/").content.decode()
    assert "testserver" not in feed


def test_with_a_public_address_one_page_is_kept_however_it_is_asked_for(
    client, published, address, settings, django_assert_num_queries
) -> None:
    settings.PUBLIC_ADDRESS = "https://gk.example.cn"
    settings.ALLOWED_HOSTS = ["testserver", "gk.example.cn"]
    first = client.get(address)
    for host in ("gk.example.cn", "gk.example.cn:8443", "testserver:81"):
        with django_assert_num_queries(1):
            again = client.get(address, HTTP_HOST=host)
        assert (again.status_code, again.content) == (200, first.content)
    assert client.get(address, HTTP_HOST="evil.example").status_code == 400


@pytest.mark.parametrize("form", [*FORMS, "comment/", "compare/"])
def test_a_notice_has_one_address_only(client, published, form) -> None:
    assert client.get(f"/public/{published.organ.code}/1/{form}").status_code == 200
    for number in ("01", "0001", "0"):
        assert client.get(f"/public/{published.organ.code}/{number}/{form}").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_a_link_that_was_shared_is_served_from_memory_whatever_was_added_to_it(
    client, published, address, office, form, django_assert_num_queries
) -> None:
    first = client.get(address + form)
    for added in ("?from=singlemessage", "?utm_source=x&isappinstalled=0", f"?{'a' * 2000}"):
        with django_assert_num_queries(1):
            again = client.get(address + form + added)
        assert (again.status_code, again.content, again["ETag"]) == (200, first.content, first["ETag"])
    publications.withdraw(publication=published, reason="有误", by=office.clerk, expected_version=1)
    assert client.get(f"{address}{form}?from=singlemessage").status_code == 410


def test_a_link_with_an_addition_that_came_first_is_kept_for_the_plain_one(
    client, published, address, django_assert_num_queries
) -> None:
    shared = client.get(f"{address}?from=singlemessage").content
    assert b"singlemessage" not in shared
    with django_assert_num_queries(1):
        assert client.get(address).content == shared


def test_at_midnight_the_page_is_another_and_after_the_last_day_gone(
    client, published, address, monkeypatch
) -> None:
    today = timezone.localdate()
    Publication.objects.update(open_to=today + dt.timedelta(days=2))
    morning = timezone.localtime().replace(hour=0, minute=0, second=1)

    def said_on(day: int) -> str:
        monkeypatch.setattr("django.utils.timezone.now", lambda: morning + dt.timedelta(days=day))
        answer = client.get(address)
        return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)

    assert "还有2天" in said_on(0)
    assert "还有1天" in said_on(1)
    assert "今天是最后一天" in said_on(2)
    assert said_on(3) == "410"


def test_yesterdays_page_is_not_unmodified_today(client, published, address, monkeypatch) -> None:
    page = client.get(address)
    tomorrow = timezone.now() + dt.timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)
    answer = client.get(
        address, HTTP_IF_NONE_MATCH=page["ETag"], HTTP_IF_MODIFIED_SINCE=page["Last-Modified"]
    )
    assert answer.status_code == 200


def test_a_new_name_of_the_organ_stands_in_the_page_at_once(client, published, address) -> None:
    client.get(address)
    Organ.objects.update(name="青山区政协办公室")
    assert "青山区政协办公室" in client.get(address).content.decode()


def test_what_a_clerk_looked_at_first_holds_nothing_of_him(client, published, address, office) -> None:
    client.force_login(office.clerk)
    seen = client.get(address)
    assert office.clerk.person.name not in seen.content.decode()
    other = Client().get(address, HTTP_ACCEPT_LANGUAGE="en")
    assert (other.content, other.cookies, other["Content-Language"]) == (seen.content, {}, "zh-Hans")


def test_numbers_that_are_too_long_find_nothing(client, published, address) -> None:
    assert client.get(f"/public/{published.organ.code}/1000000000000000000/").status_code == 404
    assert client.get(f"/public/{published.organ.code}/{'9' * 400}/").status_code == 404


def test_a_missing_page_says_so_in_the_public_way(client, published) -> None:
    page = client.get(f"/public/{published.organ.code}/7/")
    assert page.status_code == 404
    assert "没有这一页" in page.content.decode()
    assert "您的单位" not in page.content.decode()

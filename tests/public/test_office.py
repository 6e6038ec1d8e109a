"""The office finds what is due, sees what came of it, and every page costs the same however much there is."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from xiaohao.public.models import Comment, Publication
from xiaohao.public.services import comments
from xiaohao.rectification.models import Finding
from xiaohao.writing.models import Document


@pytest.fixture
def clerk_client(client, office):
    client.force_login(office.clerk)
    return client


def listed(client, query: str = "") -> list[str]:
    return [one.text for one in client.get(f"/comments/{query}").context["rows"]]


def test_comments_are_found_by_where_they_stand(clerk_client, take, office) -> None:
    late, answered, _new = (take(text).comment for text in ("甲", "乙", "丙"))
    Comment.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - dt.timedelta(days=1))
    comments.answer(comment=answered, text="好。", by=office.clerk, expected_version=1)
    take("丁", flood=True)
    assert listed(clerk_client) == ["丙", "乙", "甲"]
    assert listed(clerk_client, "?state=received") == ["丙", "甲"]
    assert listed(clerk_client, "?state=late") == ["甲"]
    assert listed(clerk_client, "?state=answered") == ["乙"]
    tabs = clerk_client.get("/comments/").context["tabs"]
    assert [(str(label), count) for _name, label, count, _now in tabs] == [
        ("全部", 3),
        ("待答复", 2),
        ("逾期", 1),
        ("已答复", 1),
    ]
    assert "待甄别 1" in clerk_client.get("/comments/").content.decode()


def test_comments_are_found_by_notice(clerk_client, take, published) -> None:
    take("甲")
    assert listed(clerk_client, f"?notice={published.pk}") == ["甲"]
    assert listed(clerk_client, f"?notice={published.pk + 1}") == []
    assert listed(clerk_client, "?notice=x") == ["甲"]


def test_more_comments_take_no_more_queries(clerk_client, take, published) -> None:
    counts = []
    for number in (1, 2, 3):
        take(f"意见{number}", name="王五")
        clerk_client.get("/comments/")
        with CaptureQueriesContext(connection) as queries:
            clerk_client.get("/comments/")
            clerk_client.get("/publications/")
            clerk_client.get(f"/publications/{published.pk}/")
            clerk_client.get(f"/public/{published.organ.code}/")
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_empty_pages_say_what_to_do_next(clerk_client) -> None:
    for page, said in (
        ("/comments/", "看公开的通报"),
        ("/comments/?state=late", "查看全部"),
        ("/comments/held/", "看公众意见"),
        ("/publications/", "去起草"),
    ):
        assert said in clerk_client.get(page).content.decode()


def test_the_page_of_a_publication_leads_to_poster_and_comments(clerk_client, take, published) -> None:
    take()
    page = clerk_client.get(f"/publications/{published.pk}/").content.decode()
    assert f'href="/public/{published.organ.code}/{published.number}/poster/"' in page
    assert f'href="/comments/?notice={published.pk}">1 条' in page


def test_what_became_not_public_since_it_was_published_is_pointed_out(client, published, office) -> None:
    client.force_login(office.clerk)
    page = f"/publications/{published.pk}/"
    assert client.get(page).context["unresolved"] == 0
    Finding.objects.update(title="公务卡结算不规范。", disclosed=False, not_disclosed_reason="涉及在办案件")
    shown = client.get(page)
    assert shown.context["unresolved"] == 1
    assert "公开的文字里现在有 1 处通不过公开前检查" in shown.content.decode()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Publication.objects.update(open_from=yesterday, open_to=yesterday)
    assert client.get(page).context["unresolved"] == 0


def test_who_may_not_see_comments_sees_only_how_many(client, take, published, office) -> None:
    take()
    client.force_login(office.owner)
    for page in ("/publications/", f"/publications/{published.pk}/"):
        shown = client.get(page).content.decode()
        assert "1 条" in shown
        assert "/comments/" not in shown
    assert client.get("/comments/").status_code == 403


def test_a_signed_notice_is_published_from_its_own_page(client, signed, office) -> None:
    page, publish = f"/documents/{signed.pk}/", f"/documents/{signed.pk}/publish/"
    client.force_login(office.leader)
    assert publish not in client.get(page).content.decode()
    client.force_login(office.clerk)
    assert f'href="{publish}"' in client.get(page).content.decode()
    assert "公开已签发的通报" in client.get("/my-duties/").content.decode()


def test_a_published_notice_says_until_when_it_is_open(client, published, office) -> None:
    client.force_login(office.clerk)
    page = client.get(f"/documents/{published.document_id}/").content.decode()
    assert f'<a href="/publications/{published.pk}/">已公开（至 {published.open_to}）</a>' in page
    assert "/publish/" not in page
    assert "公开已签发的通报" not in client.get("/my-duties/").content.decode()


def test_a_notice_that_was_signed_again_is_owed_only_once(client, signed, office) -> None:
    again = Document.objects.get(pk=signed.pk)
    again.pk, again.title, again._state.adding = None, "改过的通报", True
    again.save()
    client.force_login(office.clerk)
    page = client.get("/my-duties/").content.decode()
    assert again.title in page
    assert signed.title not in page

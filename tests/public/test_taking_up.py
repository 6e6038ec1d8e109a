"""A comment becomes a finding or a measure, once, and takes nothing personal along."""

import pytest
from django.utils import timezone
from tests.public.conftest import receipt_on

from xiaohao.core.models import AuditEntry
from xiaohao.core.services import audit
from xiaohao.public.models import Comment
from xiaohao.rectification.models import Finding, Measure


@pytest.fixture
def comment(say) -> Comment:
    say("我家楼下食堂招标没有公开。请查一查。", name="王五", contact="2231234")
    return Comment.objects.get()


@pytest.fixture
def clerk_client(client, comment, office):
    client.force_login(office.clerk)
    return client


def finding_form(comment: Comment, **given: object) -> dict[str, object]:
    inspection = comment.publication.document.inspection
    return {
        "version": 1,
        "inspection": inspection.pk,
        "new_area": "群众反映的问题",
        "title": "食堂招标没有公开",
        "detail": "群众反映食堂招标没有公开。",
        **given,
    }


def test_a_comment_becomes_a_finding_and_each_shows_the_other(clerk_client, comment, office) -> None:
    form = clerk_client.get(f"/comments/{comment.pk}/finding/").content.decode()
    assert 'value="我家楼下食堂招标没有公开"' in form
    page = clerk_client.post(f"/comments/{comment.pk}/finding/", finding_form(comment), follow=True)
    finding = Finding.objects.get(title="食堂招标没有公开")
    assert page.redirect_chain == [(f"/findings/{finding.pk}/", 302)]
    day = timezone.localdate()
    origin = f"公众意见（{day.year}年{day.month}月{day.day}日收到，第1号）"
    assert f'<a href="/comments/{comment.pk}/">{origin}</a>' in page.content.decode()
    shown = clerk_client.get(f"/comments/{comment.pk}/").content.decode()
    assert f'<a href="/findings/{finding.pk}/">问题 1-2</a>' in shown
    assert "转为措施" not in shown
    entry = AuditEntry.objects.get(action="public_comment.taken_up")
    assert entry.changes["became_label"] == ["", "问题 1-2"]
    assert list(audit.verify()) == []


def test_a_comment_becomes_a_measure_of_a_finding(clerk_client, comment, office) -> None:
    finding = Finding.objects.get()
    given = {
        "version": 1,
        "finding": finding.pk,
        "text": "公开食堂招标结果",
        "kind": "by_date",
        "deadline": "2030-01-31",
        "owner": office.owner.person_id,
    }
    page = clerk_client.post(f"/comments/{comment.pk}/measure/", given, follow=True)
    measure = Measure.objects.get(text="公开食堂招标结果")
    assert page.redirect_chain == [(f"/measures/{measure.pk}/", 302)]
    assert (measure.code, measure.owner, measure.origin_number) == (
        "1-1-1",
        office.owner.person,
        comment.pk,
    )


def test_a_measure_says_what_is_done_and_not_what_somebody_wrote(clerk_client, comment) -> None:
    address = f"/comments/{comment.pk}/measure/"
    given = {
        "version": 1,
        "finding": Finding.objects.get().pk,
        "kind": "at_once",
        "text": f"{comment.text}\n",
    }
    assert "请改写成要做的事" in clerk_client.post(address, given).content.decode()
    assert not Measure.objects.exists()
    clerk_client.post(address, {**given, "text": "公开食堂招标结果"})
    assert Measure.objects.get().origin_number == comment.pk


def test_it_is_done_once(clerk_client, comment) -> None:
    address = f"/comments/{comment.pk}/finding/"
    clerk_client.post(address, finding_form(comment))
    again = clerk_client.post(address, finding_form(comment))
    assert "这条意见已经转为问题 1-2" in again.content.decode()
    assert clerk_client.get(address).status_code == 403
    assert Finding.objects.filter(title="食堂招标没有公开").count() == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("王五反映食堂招标没有公开。", "称呼或联系方式还在文字里"),
        ("请打2231234核实。", "称呼或联系方式还在文字里"),
        ("请打138 0013 8000核实。", "“138 0013 8000”像是个人的号码"),
        ("证件 110101199003070011。", "“110101199003070011”像是个人的号码"),
    ],
)
def test_nothing_personal_is_taken_along(clerk_client, comment, words, said) -> None:
    answer = clerk_client.post(f"/comments/{comment.pk}/finding/", finding_form(comment, detail=words))
    assert said in answer.content.decode()
    assert not Finding.objects.filter(title="食堂招标没有公开").exists()


def test_who_may_not_see_comments_sees_where_it_came_from_but_no_link(
    clerk_client, client, comment, office
) -> None:
    clerk_client.post(f"/comments/{comment.pk}/finding/", finding_form(comment))
    finding = Finding.objects.get(title="食堂招标没有公开")
    client.force_login(office.owner)
    page = client.get(f"/findings/{finding.pk}/").content.decode()
    assert "公众意见（" in page
    assert f"/comments/{comment.pk}/" not in page
    assert "王五" not in page
    assert client.get(f"/comments/{comment.pk}/finding/").status_code == 403


def test_whoever_wrote_is_told_that_it_was_taken_up_and_no_more(client, say, office) -> None:
    receipt = receipt_on(say("食堂招标没有公开。"))
    comment = Comment.objects.get()
    client.force_login(office.clerk)
    client.post(f"/comments/{comment.pk}/finding/", finding_form(comment))
    client.logout()
    page = client.post("/public/answer/", {"receipt": receipt}).content.decode()
    assert "您的意见已转入整改。" in page
    assert "1-2" not in page
    assert "群众反映的问题" not in page

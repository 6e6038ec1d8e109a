"""What came in a flood is looked at: the real is taken in, the rest set aside with a reason."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from xiaohao.core.evidence_kinds import MEBIBYTE
from xiaohao.core.models import AuditEntry, Role
from xiaohao.public.models import Comment, HeldText, Receipt
from xiaohao.public.services import comments, receipts, sifting


@pytest.fixture
def clerk_client(client, office):
    client.force_login(office.clerk)
    return client


def decide(client, do: str, *held: HeldText, **given: str):
    return client.post(
        "/comments/held/decide/", {"do": do, "chosen": [one.pk for one in held], **given}, follow=True
    )


def shown(page: str) -> list[str]:
    return re.findall(r'id="text-\d+">([^<]+)<', page)


def test_the_rarest_stand_first_and_the_words_are_whole(clerk_client, take) -> None:
    for text in ("停工！", "停工！", "食堂招标没有公开。"):
        take(text, flood=True)
    assert shown(clerk_client.get("/comments/held/").content.decode()) == ["食堂招标没有公开。", "停工！"]


def test_a_long_text_can_be_read_to_its_end(clerk_client, take) -> None:
    take("很长的意见。" * 100 + "完", flood=True)
    page = clerk_client.get("/comments/held/").content.decode()
    assert shown(page)[0].endswith("...")
    assert "很长的意见。完</details>" in page


def test_what_is_taken_in_becomes_a_comment_with_number_and_limit(clerk_client, take, office) -> None:
    take()
    receipt = take("食堂招标没有公开。", flood=True, name="王五", contact="2231234")
    page = decide(clerk_client, "release", HeldText.objects.get()).content.decode()
    assert "已受理 1 条" in page
    comment = Comment.objects.latest("pk")
    assert (comment.number, comment.name, comment.contact) == (2, "王五", "2231234")
    assert comment.due_on == timezone.localdate() + dt.timedelta(days=15)
    answered = comments.answer(comment=comment, text="已公开。", by=office.clerk, expected_version=1)
    receipt.refresh_from_db()
    assert receipts.standing(receipt).comment == answered


def test_the_limit_counts_from_the_day_it_came(clerk_client, take) -> None:
    take("食堂招标没有公开。", flood=True)
    came = timezone.localdate() - dt.timedelta(days=2)
    HeldText.objects.update(received_on=came)
    decide(clerk_client, "release", HeldText.objects.get())
    assert Comment.objects.get().due_on == came + dt.timedelta(days=15)


def test_of_the_same_words_one_comment_is_made_and_all_read_its_answer(clerk_client, take, office) -> None:
    mine = [take("食堂招标没有公开。", flood=True, name=name) for name in ("王五", "", "赵六")]
    decide(clerk_client, "release", HeldText.objects.get())
    comment = Comment.objects.get()
    comments.answer(comment=comment, text="已公开。", by=office.clerk, expected_version=1)
    late = take("食堂招标没有公开。", flood=True)
    for receipt in (*mine, late):
        receipt.refresh_from_db()
        assert receipts.standing(Receipt.objects.get(pk=receipt.pk)).comment.answer == "已公开。"
    page = clerk_client.get(f"/comments/{comment.pk}/").content.decode()
    assert "有 4 条相同的意见" in page
    assert "王五；赵六" in page


def test_what_is_set_aside_tells_the_reason_and_can_be_taken_back(clerk_client, take, client) -> None:
    receipt = take("停工！", flood=True)
    held = HeldText.objects.get()
    assert "请写明理由" in decide(clerk_client, "set_aside", held).content.decode()
    decide(clerk_client, "set_aside", held, reason="与通报无关的重复内容")
    receipt.held.refresh_from_db()
    assert receipts.standing(receipt).set_aside == "与通报无关的重复内容"
    assert shown(clerk_client.get("/comments/held/?state=set_aside").content.decode()) == ["停工！"]
    decide(clerk_client, "restore", held)
    receipt.held.refresh_from_db()
    assert (receipts.standing(receipt).set_aside, receipt.held.state) == ("", "held")


def test_the_rest_is_set_aside_at_once_but_not_what_came_since(clerk_client, take) -> None:
    for number in range(60):
        take(f"灌水{number}", flood=True)
    page = clerk_client.get("/comments/held/").content.decode()
    newest = re.search(r'name="newest" value="(\d+)"', page).group(1)
    take("刚刚来的", flood=True)
    decide(clerk_client, "set_aside_all", reason="灌水", newest=newest)
    assert [one.text for one in HeldText.objects.filter(state="held")] == ["刚刚来的"]
    entry = AuditEntry.objects.get(action="held_text.set_aside")
    assert (entry.changes["rows"], entry.note) == ([None, 60], "灌水")
    decide(clerk_client, "restore_all", newest=newest)
    assert HeldText.objects.filter(state="held").count() == 61


def test_pages_follow_each_other_without_loss(clerk_client, take) -> None:
    for number in range(70):
        take(f"灌水{number}", flood=True)
    first = clerk_client.get("/comments/held/").content.decode()
    following = re.search(r'href="\?(after=[^"]+)"', first).group(1)
    second = clerk_client.get(f"/comments/held/?{following}").content.decode()
    assert len({*shown(first), *shown(second)}) == 70


def test_only_the_clerk_decides(client, take, office, make_organ, make_account) -> None:
    take("灌水", flood=True)
    for account in (office.leader, office.head, office.discipline):
        client.force_login(account)
        assert "受理所选" not in client.get("/comments/held/").content.decode()
        assert decide(client, "release", HeldText.objects.get()).status_code == 403
    client.force_login(office.owner)
    assert client.get("/comments/held/").status_code == 403
    stranger = make_account(make_organ("neighbour", "红河区政协机关"), "周行", Role.CLERK)
    client.force_login(stranger)
    assert shown(client.get("/comments/held/").content.decode()) == []
    decide(client, "release", HeldText.objects.get())
    assert not Comment.objects.exists()


def test_nonsense_is_no_decision(clerk_client, take) -> None:
    take("灌水", flood=True)
    assert decide(clerk_client, "delete", HeldText.objects.get()).status_code == 400
    assert "请先选要受理的意见" in decide(clerk_client, "release").content.decode()
    assert "请先选意见" in decide(clerk_client, "restore").content.decode()


def test_more_texts_take_no_more_queries(clerk_client, take) -> None:
    counts = []
    for number in (1, 2, 3):
        take(f"灌水{number}", flood=True, name="王五")
        clerk_client.get("/comments/held/")
        with CaptureQueriesContext(connection) as queries:
            clerk_client.get("/comments/held/")
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_a_text_that_was_decided_meanwhile_is_not_decided_again(take, office) -> None:
    take("灌水", flood=True)
    held = HeldText.objects.get()
    sifting.release(organ=office.clerk.organ, numbers=[held.pk], by=office.clerk)
    with pytest.raises(Exception, match="请先选意见"):
        sifting.set_aside(organ=office.clerk.organ, numbers=[held.pk], reason="灌水", by=office.clerk)
    assert Comment.objects.count() == 1


def test_the_page_says_when_little_room_is_left(clerk_client, take, left) -> None:
    take("灌水", flood=True)
    assert "空间只剩" not in clerk_client.get("/comments/held/").content.decode()
    left(16 * MEBIBYTE)
    assert "空间只剩 10%" in clerk_client.get("/comments/held/").content.decode()

"""In a flood no source takes the room of the others, however long what it sends."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.public.conftest import receipt_on

from xiaohao.core.evidence_kinds import MEBIBYTE
from xiaohao.public import limits
from xiaohao.public.models import Attempts, HeldText, Intake, Receipt
from xiaohao.public.services import intake
from xiaohao.public.services.intake import NoRoomError
from xiaohao.public.services.shares import TooMuchError
from xiaohao.public.views.pages import TOO_MANY

LONGEST = 5000  # characters of a comment


def long(number: int) -> str:
    return f"{number:05}" + "灌" * (LONGEST - 5)


@pytest.fixture
def flooded(limit, left) -> None:
    """Everything is held, and of the room there is left what some seventy of the longest texts take."""
    limit(**{"comments.per_hour": 0})
    left(1_200_000)


@pytest.mark.parametrize("sources", [1, 40])
@pytest.mark.usefixtures("flooded")
def test_a_flood_of_the_longest_texts_leaves_room_for_real_ones(client, say, sources) -> None:
    real = []
    for number in range(120):
        say(long(number), source=f"10.0.0.{number % sources}")
        if number % 40 == 39:
            text = f"食堂招标没有公开，第{number}次问。"
            real.append((text, receipt_on(say(text, source=f"172.16.0.{number}"))))
    told = [client.post("/public/answer/", {"receipt": receipt}).content.decode() for _text, receipt in real]
    assert [text in page for (text, _receipt), page in zip(real, told, strict=True)] == [True] * 3
    assert Intake.objects.get().text_bytes < 160 * MEBIBYTE


@pytest.mark.usefixtures("flooded")
def test_who_has_no_room_for_so_much_is_told_how_much_and_loses_nothing(say) -> None:
    refused = say(long(1))
    page = refused.content.decode()
    assert refused.status_code == TOO_MANY
    assert "请缩短到90字以内再提交，或者拨打联系电话" in page
    assert "2230016" in page
    assert long(1) in page
    assert "回执号" in say("灌" * 90).content.decode()
    assert "今天发来的意见太多" in say("再说一句").content.decode()
    assert "回执号" in say("别处的人说一句", source="172.16.0.1").content.decode()


@pytest.mark.usefixtures("flooded")
def test_what_was_refused_takes_nothing(say) -> None:
    for _try in range(3):
        say(long(1))
    assert (HeldText.objects.count(), Receipt.objects.count(), Attempts.objects.count()) == (0, 0, 0)
    assert "回执号" in say("灌" * 90).content.decode()


def test_a_source_has_its_share_anew_every_day_and_not_every_hour(take, left, monkeypatch) -> None:
    morning = timezone.localtime().replace(hour=8, minute=30)

    def at(hours: int) -> None:
        moment = morning + dt.timedelta(hours=hours)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        monkeypatch.setattr(limits.time, "time", moment.timestamp)
        limits.tried("别的")  # clears what is past

    left(2 * MEBIBYTE)
    at(0)
    take("灌" * 300, flood=True)
    for hours in (0, 1, 15):
        at(hours)
        with pytest.raises(TooMuchError, match="请明天再提交"):
            take("浇" * 300, flood=True)
    at(16)
    assert take("浇" * 300, flood=True).held.count == 1
    at(18)
    assert Attempts.objects.filter(bucket__gte=limits.BUCKETS).count() == 1


def test_the_same_words_again_take_a_receipt_only(take, left) -> None:
    left(2 * MEBIBYTE)
    take("灌" * 300, flood=True)
    before = Intake.objects.get().text_bytes
    take("灌" * 300, flood=True, source="别处")
    assert HeldText.objects.get().count == 2
    assert Intake.objects.get().text_bytes == before + intake.RECEIPT_ROW


def test_where_nothing_at_all_has_room_nobody_is_told_to_write_less(take, left) -> None:
    left(0)
    with pytest.raises(NoRoomError, match="暂时存不下了，这一条没有收下") as refused:
        take("灌" * 300, flood=True)
    assert not isinstance(refused.value, TooMuchError)


def test_behind_a_proxy_the_organ_lets_one_source_have_more(take, left, limit) -> None:
    left(2 * MEBIBYTE)
    limit(**{"comments.held_share": 500})
    for number in range(20):
        take(long(number), flood=True)
    assert HeldText.objects.count() == 20


def test_two_thousand_sources_that_take_all_they_may_leave_room_for_a_long_text(take, left) -> None:
    free = 160 * MEBIBYTE
    for _source in range(2000):
        free -= free // 1000
    left(free)
    assert take(long(1), flood=True, source="别处").held.count == 1


@pytest.mark.parametrize("proxy", ["127.0.0.1", "::1", "::ffff:127.0.0.1", ""])
def test_what_a_proxy_beside_us_hands_over_comes_from_no_one_source(limit, left, say, proxy) -> None:
    limit(**{"comments.per_hour": 0})
    left(1_200_000)
    for number in range(3):
        assert "回执号" in say(long(number), source=proxy).content.decode()


def test_a_short_text_of_everybody_is_held_however_small_the_share(limit, left, say) -> None:
    limit(**{"comments.per_hour": 0, "comments.held_share": 0})
    left(1_200_000)
    assert "回执号" in say("食堂招标没有公开。", source="172.16.0.1").content.decode()
    assert say(long(1), source="172.16.0.2").status_code == TOO_MANY

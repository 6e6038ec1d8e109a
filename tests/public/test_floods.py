"""A flood loses no real comment, fills no disk, and asks the office for one thing."""

import datetime as dt
import logging

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Sum
from django.test import Client
from django.utils import timezone
from tests.public.conftest import asked, receipt_on

from xiaohao.core.models import AuditEntry
from xiaohao.core.services import audit
from xiaohao.ledger.duties import duties_of_account
from xiaohao.lib.hash_chain import GENESIS
from xiaohao.public import limits
from xiaohao.public.models import Attempts, Comment, HeldText, Intake, Receipt
from xiaohao.public.services import holding, intake, receiving, sifting


def test_what_goes_beyond_the_limit_is_held_and_nothing_is_lost(client, say, office) -> None:
    answers = [say(f"灌水{number}", source="10.0.0.66") for number in range(12)]
    real = receipt_on(say("食堂招标没有公开。", source="10.0.0.66"))
    assert [answer.status_code for answer in answers] == [200] * 12
    assert (Comment.objects.count(), HeldText.objects.count(), Receipt.objects.count()) == (5, 8, 13)
    assert "还没有甄别完" in client.post("/public/answer/", {"receipt": real}).content.decode()
    assert "以前答复" in say("真的意见", source="10.0.0.7").content.decode()
    held = [one for one in duties_of_account(office.clerk, timezone.localdate()) if "甄别" in one.what]
    assert [one.subject for one in held] == ["甄别8条集中收到的意见"]
    assert held[0].due_on == timezone.localdate() + dt.timedelta(days=3)


def test_a_flood_from_everywhere_leaves_the_form_open(say, limit) -> None:
    limit(**{"comments.per_hour": 3})
    for number in range(6):
        assert "回执号" in say(f"灌水{number}", source=f"10.0.{number}.1").content.decode()
    assert "回执号" in say("真的意见", source="10.9.9.9").content.decode()
    assert (Comment.objects.count(), HeldText.objects.count()) == (3, 4)


def test_the_same_words_are_kept_once_and_everybody_has_his_receipt(client, take, office) -> None:
    receipts = [take(text, flood=True) for text in ("停工！", "停 工!", "停工！\n", "开工！")]
    assert [(one.count, one.text) for one in HeldText.objects.order_by("pk")] == [
        (3, "停工！"),
        (1, "开工！"),
    ]
    assert len({one.digest for one in receipts}) == 4


def test_the_digest_of_a_text_tells_nothing_without_the_key(settings) -> None:
    before = holding.text_digest("停工！")
    settings.DATA_KEY = "another key"
    assert holding.text_digest("停工！") != before


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("::ffff:10.0.0.1", "::ffff:10.0.0.2", False),
        ("2001:db8::1", "2001:db8:0:0:ffff::2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("2001:DB8::1", "2001:0db8::9", True),
        ("fe80::1%eth0", "fe80::2", True),
        ("::1", "10.0.0.1", False),
        ("", "10.0.0.1", False),  # a server behind a socket names no address
    ],
)
def test_a_source_is_an_address_or_the_network_of_a_house(rf, one, other, same) -> None:
    first, second = (limits.source_of(rf.get("/", REMOTE_ADDR=address)) for address in (one, other))
    assert (first == second) == same


def test_who_corrects_a_wrong_file_is_not_taken_for_a_flood(say, photograph) -> None:
    for _try in range(6):
        assert (
            "“程序.docx”" in say(file=SimpleUploadedFile("程序.docx", b"MZ" + b"\0" * 200)).content.decode()
        )
    assert "附件这次没有收下" not in say(file=photograph).content.decode()
    assert (Comment.objects.get().file_kind, HeldText.objects.count()) == ("jpg", 0)


def test_the_same_form_sent_by_impatient_fingers_is_counted_once(client, say, published) -> None:
    page = client.get(f"/public/{published.organ.code}/{published.number}/comment/").content.decode()
    for _try in range(6):
        say(**asked(page))
    say("还有一件事。")
    assert (Comment.objects.count(), HeldText.objects.count()) == (2, 0)


def test_a_file_is_declined_in_a_flood_and_the_page_says_so(say, limit, photograph) -> None:
    limit(**{"comments.per_hour": 0})
    page = say("见照片。", file=photograph).content.decode()
    assert "附件这次没有收下" in page
    assert HeldText.objects.get().text == "见照片。"


def test_wrong_answers_leave_nothing_but_counters(client, say, published) -> None:
    for _try in range(40):
        assert "没有答对" in say("写了很久", answer="99").content.decode()
    assert (Comment.objects.count(), HeldText.objects.count(), Receipt.objects.count()) == (0, 0, 0)
    assert Attempts.objects.count() == 1
    assert "回执号" in say("写了很久").content.decode()  # the limit of slips shuts nobody out who is right


def test_a_machine_that_never_asks_for_the_form_gets_no_page(client, published) -> None:
    address = f"/public/{published.organ.code}/{published.number}/comment/"
    for _try in range(30):
        assert client.post(address, {"text": "灌水"}).status_code == 200
    refused = client.post(address, {"text": "灌水", "token": "x", "answer": "1"})
    assert (refused.status_code, refused["Content-Type"], refused["Retry-After"]) == (
        429,
        "text/plain; charset=utf-8",
        "3600",
    )


def test_what_is_refused_writes_no_line_for_each_post(published) -> None:
    for name in ("django.request", "django.security.csrf"):
        assert not logging.getLogger(name).isEnabledFor(logging.WARNING)


def test_held_texts_leave_room_for_those_who_write_as_people_do(take, office) -> None:
    take()
    Intake.objects.update(text_bytes=190 * 1024 * 1024)
    with pytest.raises(ValidationError, match="暂时存不下了"):
        take("灌水", flood=True)
    assert take("真的意见").comment is not None
    Intake.objects.update(text_bytes=200 * 1024 * 1024)
    with pytest.raises(ValidationError, match="暂时存不下了"):
        take("真的意见")
    assert (Comment.objects.count(), HeldText.objects.count()) == (2, 0)


def test_when_there_is_no_room_the_page_keeps_the_words_and_gives_the_telephone(say, take) -> None:
    take()
    Intake.objects.update(text_bytes=200 * 1024 * 1024)
    answer = say("写了很久的意见")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "暂时存不下了" in page
    assert "写了很久的意见" in page
    assert "2230016" in page


def test_a_file_without_room_is_refused_and_nothing_stays_on_disk(take, limit, photograph, settings) -> None:
    limit(**{"comments.storage_megabytes": 0})
    with pytest.raises(ValidationError, match="附件暂时收不下了"):
        take(file=photograph)
    assert not list(settings.MEDIA_ROOT.rglob("*"))
    assert not Comment.objects.exists()


def test_a_file_of_a_comment_that_failed_does_not_stay(take, photograph, settings, monkeypatch) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(receiving.records, "create", fail)
    with pytest.raises(RuntimeError):
        take(file=photograph)
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_the_room_taken_is_known_without_adding_it_up(take, photograph) -> None:
    receipt = take("有照片。", file=photograph)
    take("灌水", flood=True)
    take("灌水", flood=True)
    counts = Intake.objects.get()
    assert counts.file_bytes == receipt.comment.file_size > 0
    assert counts.text_bytes == (
        intake.COMMENT_ROW + intake.HELD_ROW + 2 * intake.RECEIPT_ROW + intake.size_of("有照片。", "灌水")
    )


def waiting_counted() -> int:
    rows = HeldText.objects.filter(state=HeldText.State.HELD)
    return rows.aggregate(posts=Sum("count"))["posts"] or 0


def test_the_count_of_what_waits_stays_right_whatever_is_decided(take, office) -> None:
    organ, by = office.clerk.organ, office.clerk
    for text in ("甲", "甲", "乙", "丙", "丁"):
        take(text, flood=True)
    one, two, three, _four = HeldText.objects.order_by("pk")
    sifting.release(organ=organ, numbers=[two.pk], by=by)
    sifting.set_aside(organ=organ, numbers=[one.pk, three.pk], reason="重复", by=by)
    take("甲", flood=True)  # set aside already: nobody looks at it again
    take("乙", flood=True)  # taken in already
    assert Intake.objects.get().waiting == waiting_counted() == 1
    sifting.restore(organ=organ, numbers=three.pk, by=by)
    assert Intake.objects.get().waiting == waiting_counted() == 5


def test_the_log_has_one_entry_an_hour_that_proves_each_held_post(take, monkeypatch) -> None:
    receipts = [take(text, flood=True) for text in ("甲", "乙", "甲")]
    later = timezone.now() + dt.timedelta(hours=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    take("丙", flood=True)
    entry = AuditEntry.objects.get(action="held_text.received")
    digest = GENESIS
    for receipt in receipts:
        digest = intake.chained(digest, receipt.digest, receipt.held.digest)
    assert entry.changes == {
        "rows": [None, 3],
        "receipts": [None, f"{receipts[0].pk}–{receipts[-1].pk}"],
        "digest": [None, f"sm3:{digest}"],
    }
    assert intake.write_down_all(later) == 0
    assert intake.write_down_all(later + dt.timedelta(hours=1)) == 1
    assert intake.write_down_all(later + dt.timedelta(hours=2)) == 0
    assert AuditEntry.objects.filter(action="held_text.received").count() == 2
    assert list(audit.verify()) == []


def test_counters_of_hours_long_past_are_gone(db, monkeypatch) -> None:
    limits.tried("甲")
    hours = iter((3600, 3 * 3600))
    before = limits.time.time()
    monkeypatch.setattr(limits.time, "time", lambda: before + next(hours, 3 * 3600))
    limits.tried("乙")
    limits.tried("丙")
    assert Attempts.objects.count() == 1


def test_a_small_flood_from_many_browsers(client, published, limit, office) -> None:
    """The mix of bench/flood.py, in small: of every kind some, and real ones among them."""
    limit(**{"comments.per_hour": 20})
    address = f"/public/{published.organ.code}/{published.number}/comment/"

    def post(text: str, source: str, **given: str) -> object:
        browser = Client()
        page = browser.get(address).content.decode()
        return browser.post(address, {"text": text, **asked(page), **given}, REMOTE_ADDR=source)

    real = []
    for number in range(60):
        Client().post(address, {"text": "没有题目"}, REMOTE_ADDR="10.0.0.66")
        post("答错", "10.0.0.66", answer="99")
        post(f"随机{number}", "10.0.0.66")
        post("同样的话", f"10.0.{number}.2")
        if number % 20 == 0:
            real.append((f"真的意见{number}", receipt_on(post(f"真的意见{number}", "10.0.0.66"))))
    assert Comment.objects.count() == 20
    assert Receipt.objects.count() == 123
    told = [client.post("/public/answer/", {"receipt": receipt}).content.decode() for _text, receipt in real]
    assert [text in page for (text, _receipt), page in zip(real, told, strict=True)] == [True] * 3
    assert Intake.objects.get().waiting == waiting_counted() == 103
    assert (
        len([one for one in duties_of_account(office.clerk, timezone.localdate()) if "甄别" in one.what]) == 1
    )

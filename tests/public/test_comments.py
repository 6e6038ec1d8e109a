"""Anybody may write, gets a receipt, and reads the answer with it; a flood changes nothing about that."""

import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from xiaohao.core.models import AuditEntry
from xiaohao.ledger.duties import duties_of_account
from xiaohao.public import limits
from xiaohao.public.models import Attempts, Comment
from xiaohao.public.services import comments


def receipt_on(answer) -> str:
    return re.search(r'id="receipt">([\d ]+)<', answer.content.decode()).group(1)


def test_a_citizen_writes_is_answered_and_reads_the_answer(client, say, office) -> None:
    receipt = receipt_on(say("请公布抽查结果。", name="一位市民"))
    assert len(receipt.replace(" ", "")) == 16
    comment = Comment.objects.get()
    (duty,) = [one for one in duties_of_account(office.clerk, timezone.localdate()) if "公众意见" in one.what]
    assert duty.due_on == comment.due_on
    client.force_login(office.clerk)
    client.post(f"/comments/{comment.pk}/answer/", {"version": 1, "text": "下月公布。"})
    client.logout()
    page = client.post("/public/answer/", {"receipt": receipt}).content.decode()
    assert "下月公布。" in page
    assert not [one for one in duties_of_account(office.clerk, timezone.localdate()) if "公众" in one.what]
    counts = client.get(f"/public/{comment.organ.code}/").content.decode()
    assert "共收到 1 条，已答复 1 条" in counts
    assert "抽查" not in counts


def test_neither_words_nor_receipt_nor_address_stand_in_the_database(say, office) -> None:
    receipt = receipt_on(say("举报一件事。", name="张三", contact="13800138000", source="10.9.8.7"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM public_comment")
        rows = str(cursor.fetchall())
        cursor.execute("SELECT * FROM public_attempts")
        counters = str(cursor.fetchall())
    logged = str(list(AuditEntry.objects.values_list("changes", "note", "subject_label")))
    for secret in ("举报一件事", "张三", "13800138000", receipt, receipt.replace(" ", ""), "10.9.8.7"):
        assert secret not in rows + counters + logged


def test_a_file_is_encrypted_at_rest_and_only_who_may_gets_it(client, say, office, photograph) -> None:
    say("见照片。", file=photograph)
    comment = Comment.objects.get()
    photograph.seek(0)
    with default_storage.open(comment.file) as stored:
        assert photograph.read() not in stored.read()
    photograph.seek(0)
    client.force_login(office.clerk)
    answer = client.get(f"/comments/{comment.pk}/file/")
    assert answer.content == photograph.read()
    assert answer["Content-Disposition"].startswith("attachment")
    client.force_login(office.owner)
    assert client.get(f"/comments/{comment.pk}/file/").status_code == 403


def test_what_is_no_document_is_refused_and_nothing_is_kept(say) -> None:
    page = say(file=SimpleUploadedFile("照片.jpg", b"MZ\x90\x00" + b"0" * 100)).content.decode()
    assert "“照片.jpg”" in page
    assert not Comment.objects.exists()


def test_a_wrong_answer_keeps_what_was_written(say) -> None:
    page = say("写了很久的意见", answer="99").content.decode()
    assert "没有答对" in page
    assert "写了很久的意见" in page
    assert not Comment.objects.exists()


def test_a_question_counts_once(db) -> None:
    question = limits.ask()
    answer = next(
        str(number)
        for number in range(2, 60)
        if limits._sealed(*_parts(question.token, number)) == _sealed_in(question.token)
    )
    assert limits.answered(question.token, answer)
    assert not limits.answered(question.token, answer)
    assert not limits.answered(question.token + "x", answer)


def _parts(token: str, number: int) -> tuple[str, int]:
    from django.core import signing

    return signing.loads(token, salt=limits.SALT)[0], number


def _sealed_in(token: str) -> str:
    from django.core import signing

    return signing.loads(token, salt=limits.SALT)[1]


def test_hostile_words_stay_words(client, say, office) -> None:
    say("<script>alert(1)</script><img src=x onerror=alert(2)>")
    client.force_login(office.clerk)
    page = client.get(f"/comments/{Comment.objects.get().pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_flood_from_one_place_loses_no_real_comment_and_fills_no_disk(say, monkeypatch) -> None:
    for _try in range(30):
        refused = say("灌水", source="10.0.0.66")
    assert refused.status_code == 429
    assert Comment.objects.count() == 5
    assert "回执号" in say("真的意见", source="10.0.0.7").content.decode()
    assert Comment.objects.count() == 6
    rows = Attempts.objects.count()
    assert rows < 60


def test_guessing_receipts_ends_soon(client, say) -> None:
    say()
    for _try in range(20):
        assert client.post("/public/answer/", {"receipt": "0" * 16}).status_code == 200
    assert client.post("/public/answer/", {"receipt": "0" * 16}).status_code == 429


@pytest.mark.parametrize("receipt", ["", "1", "１２３４５６７８１２３４５６７８", "x" * 16, "0" * 16])
def test_no_receipt_finds_nothing(db, receipt) -> None:
    assert comments.found_by(receipt) is None


def test_after_the_period_nobody_writes_but_everybody_reads_his_answer(client, say, published) -> None:
    receipt = receipt_on(say())
    type(published).objects.update(withdrawn_on=timezone.localdate())
    address = f"/public/{published.organ.code}/{published.number}/comment/"
    assert client.post(address, {"text": "晚了"}).status_code == 410
    assert "还没有答复" in client.post("/public/answer/", {"receipt": receipt}).content.decode()


def test_the_comments_of_another_organ_do_not_exist(client, say, make_organ, make_account) -> None:
    from xiaohao.core.models import Role

    say()
    client.force_login(make_account(make_organ("neighbour", "红河区政协机关"), "周行", Role.CLERK))
    number = Comment.objects.get().pk
    assert client.get(f"/comments/{number}/").status_code == 404
    assert client.post(f"/comments/{number}/answer/", {"version": 1, "text": "x"}).status_code == 404
    assert "号意见</a>" not in client.get("/comments/").content.decode()

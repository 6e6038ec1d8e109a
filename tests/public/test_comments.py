"""Anybody may write, gets a receipt, and reads the answer with it."""

import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.public.conftest import asked, receipt_on

from xiaohao.core import encryption
from xiaohao.core.models import Account, AuditEntry, Role, RoleHolding
from xiaohao.core.services import audit, organs
from xiaohao.ledger.duties import duties_of_account
from xiaohao.public import question
from xiaohao.public.models import Comment, Receipt
from xiaohao.public.services import receipts

OF_THE_PUBLIC = ("public_comment", "held_texts")


def test_a_citizen_writes_is_answered_and_reads_the_answer(client, say, office) -> None:
    receipt = receipt_on(say("请公布抽查结果。", name="一位市民"))
    assert re.fullmatch(r"\d{4} \d{4} \d{4} \d{4}", receipt)
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


def test_neither_words_nor_receipt_nor_address_stand_in_the_database(client, say, office) -> None:
    receipt = receipt_on(say("举报一件事。", name="张三", contact="13800138000", source="10.9.8.7"))
    client.force_login(office.clerk)
    client.post(f"/comments/{Comment.objects.get().pk}/answer/", {"version": 1, "text": "张三同志，已核实。"})
    rows = ""
    with connection.cursor() as cursor:
        for table in ("public_comment", "public_receipt", "public_attempts", "public_intake"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own names
            rows += str(cursor.fetchall())
    logged = str(list(AuditEntry.objects.values_list("changes", "note", "subject_label")))
    for secret in (
        "举报一件事",
        "张三",
        "13800138000",
        receipt,
        receipt.replace(" ", ""),
        "10.9.8.7",
        "已核实",
    ):
        assert secret not in rows + logged


def test_the_arrival_of_a_comment_can_be_proved_from_the_log(say) -> None:
    say("举报一件事。")
    entry = AuditEntry.objects.get(action="public_comment.received")
    assert entry.changes["text"] == [None, f"（6字，已加密，摘要 {encryption.digest('举报一件事。')[:32]}）"]
    assert list(audit.verify()) == []


def test_a_receipt_is_shown_once_and_nothing_is_sent_twice(client, say, published) -> None:
    page = client.get(f"/public/{published.organ.code}/{published.number}/comment/").content.decode()
    answered = asked(page)
    first = say("请公布抽查结果。", **answered)
    again = say("请公布抽查结果。", **answered)
    assert first["Cache-Control"] == again["Cache-Control"] == "no-store"
    assert "这条意见已经收到" in again.content.decode()
    assert receipt_on(first) not in again.content.decode()
    assert (Comment.objects.count(), Receipt.objects.count()) == (1, 1)


def test_an_answer_is_corrected_and_the_log_says_so_without_its_words(client, say, office) -> None:
    receipt = receipt_on(say())
    number = Comment.objects.get().pk
    client.force_login(office.clerk)
    client.post(f"/comments/{number}/answer/", {"version": 1, "text": "下月公布。"})
    client.post(f"/comments/{number}/answer/", {"version": 2, "text": "本月公布。"})
    page = client.post("/public/answer/", {"receipt": receipt}).content.decode()
    assert ("本月公布。" in page, "下月公布。" in page) == (True, False)
    entry = AuditEntry.objects.get(action="public_comment.answer_corrected")
    assert entry.changes == {
        "answer": [
            f"（5字，已加密，摘要 {encryption.digest(text)[:32]}）" for text in ("下月公布。", "本月公布。")
        ]
    }


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
    assert answer["X-Content-Type-Options"] == "nosniff"
    client.force_login(office.owner)
    assert client.get(f"/comments/{comment.pk}/file/").status_code == 403


def test_what_is_no_document_is_refused_and_nothing_is_kept(say) -> None:
    page = say(file=SimpleUploadedFile("照片.jpg", b"MZ\x90\x00" + b"0" * 100)).content.decode()
    assert "“照片.jpg”" in page
    assert not Comment.objects.exists()


def test_whoever_allows_no_cookies_writes_and_reads_as_well(published) -> None:
    strict = Client(enforce_csrf_checks=True)
    address = f"/public/{published.organ.code}/{published.number}/comment/"
    page = strict.get(address)
    written = strict.post(address, {"text": "请公布抽查结果。", **asked(page.content.decode())})
    answer = strict.post("/public/answer/", {"receipt": receipt_on(written)})
    assert "请公布抽查结果。" in answer.content.decode()
    notices = strict.get(f"/public/{published.organ.code}/")
    assert [one.cookies for one in (page, written, answer, notices)] == [{}] * 4


def test_a_wrong_answer_keeps_what_was_written(say) -> None:
    page = say("写了很久的意见", answer="99").content.decode()
    assert "没有答对" in page
    assert "写了很久的意见" in page
    assert not Comment.objects.exists()


def test_who_answered_right_is_not_asked_again_for_another_slip(client, say) -> None:
    page = say("字" * 5001).content.decode()
    assert "最多5000字，现在有5001字" in page
    given = {
        "token": re.search(r'name="token" value="([^"]+)"', page).group(1),
        "answer": re.search(r'name="answer" id="id_answer" value="(\d+)"', page).group(1),
    }
    assert "回执号" in say("短一些", **given).content.decode()


def test_a_question_is_answered_in_wide_digits_too_and_within_the_hour(monkeypatch) -> None:
    asked_now = question.ask()
    largest = next(str(number) for number in range(60) if question.check(asked_now.token, str(number)).once)
    wide = largest.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    assert question.check(asked_now.token, wide).once
    assert question.check(asked_now.token, "") == question.Answer(ours=True)
    assert question.check(f"{asked_now.token}x", largest) == question.Answer()
    monkeypatch.setattr(question, "ANSWERABLE", -1)
    assert question.check(asked_now.token, largest) == question.Answer()


def test_guessing_receipts_ends_but_a_right_one_is_always_answered(client, say) -> None:
    receipt = receipt_on(say())
    for _look in range(3):
        client.post("/public/answer/", {"receipt": receipt})
    for _try in range(60):
        assert client.post("/public/answer/", {"receipt": "0" * 16}).status_code == 200
    assert client.post("/public/answer/", {"receipt": "0" * 16}).status_code == 429
    answered = client.post("/public/answer/", {"receipt": receipt})
    assert answered.status_code == 200
    assert "请公布抽查结果。" in answered.content.decode()


@pytest.mark.parametrize("receipt", ["", "1", "١" * 16, "x" * 16, "0" * 16, "0" * 40])
def test_no_receipt_finds_nothing(db, receipt) -> None:
    assert receipts.found_by(receipt) is None


@pytest.mark.parametrize("write", [str, lambda digits: f" {digits[:8]}－{digits[8:]} ".replace("1", "１")])
def test_a_receipt_is_found_however_it_is_typed(say, write) -> None:
    digits = receipt_on(say()).replace(" ", "")
    assert receipts.found_by(write(digits)) == Receipt.objects.get()


def test_who_adds_a_file_knows_the_limit_before_and_that_it_arrived_after(
    client, say, published, limit, photograph
) -> None:
    limit(**{"comments.most_megabytes": 7})
    form = client.get(f"/public/{published.organ.code}/{published.number}/comment/").content.decode()
    assert "不超过 7 MB" in form
    taken = say(file=photograph)
    answer = client.post("/public/answer/", {"receipt": receipt_on(taken)}).content.decode()
    assert "附件已收到。" in taken.content.decode()
    assert "附件已收到。" in answer
    plain = say("没有附件的意见。")
    assert "附件已收到。" not in plain.content.decode()


def test_who_says_nothing_is_asked_to_write_it_down(say) -> None:
    assert "请写下您的意见。" in say("").content.decode()


def test_after_the_period_nobody_writes_but_everybody_reads_his_answer(client, say, published) -> None:
    receipt = receipt_on(say())
    type(published).objects.update(withdrawn_on=timezone.localdate())
    address = f"/public/{published.organ.code}/{published.number}/comment/"
    assert client.post(address, {"text": "晚了"}).status_code == 410
    assert "还没有答复" in client.post("/public/answer/", {"receipt": receipt}).content.decode()


def test_the_comments_of_another_organ_do_not_exist(client, say, make_organ, make_account) -> None:
    say()
    client.force_login(make_account(make_organ("neighbour", "红河区政协机关"), "周行", Role.CLERK))
    number = Comment.objects.get().pk
    for page in ("", "answer/", "file/", "finding/", "measure/"):
        assert client.get(f"/comments/{number}/{page}").status_code == 404
    assert client.post(f"/comments/{number}/answer/", {"version": 1, "text": "x"}).status_code == 404
    assert "号意见</a>" not in client.get("/comments/").content.decode()


def test_what_the_public_writes_is_not_for_the_organ_above(
    client, say, office, make_organ, make_account, published, photograph
) -> None:
    say("举报一件事。", file=photograph)
    above = make_organ("qingshan-qu", "青山区委")
    organ = office.clerk.organ
    organ.path = f"{above.path}{organ.pk}/"
    organ.save()
    leader = make_account(above, "周行", Role.SUPERVISOR, Role.LEADER, Role.CLERK)
    client.force_login(leader)
    assert client.get(f"/publications/{published.pk}/").status_code == 200  # what is public he sees
    number = Comment.objects.get().pk
    for page in ("", "answer/", "file/", "finding/", "measure/"):
        assert client.get(f"/comments/{number}/{page}").status_code == 404
    assert client.get(f"/instructions/add/public_comment/{number}/").status_code == 404
    listed = client.get("/comments/")
    assert ([*listed.context["rows"]], [*listed.context["notices"]]) == ([], [])
    for page in ("/publications/", f"/publications/{published.pk}/"):
        shown = client.get(page).content.decode()
        assert "1 条" in shown
        assert "/comments/?notice=" not in shown


def test_when_the_clerk_leaves_his_comments_fall_to_the_next(say, office, make_account) -> None:
    say()
    newcomer = make_account(office.clerk.organ, "周行", Role.CLERK)
    organs.change_person(
        person=office.clerk.person,
        values={"left_on": timezone.localdate()},
        posts=[],
        by=newcomer,
        expected_version=office.clerk.person.version,
    )
    duties = [one.what for one in duties_of_account(newcomer, timezone.localdate())]
    assert "答复公众意见" in duties


def owed(account: Account) -> list[str]:
    return sorted(
        one.what
        for one in duties_of_account(account, timezone.localdate())
        if one.key.startswith(OF_THE_PUBLIC)
    )


def test_who_is_clerk_no_more_owes_no_answer(take, office, make_account) -> None:
    take()
    take("灌水", flood=True)
    successor = make_account(office.clerk.organ, "周行", Role.CLERK)
    assert (owed(office.clerk), owed(successor)) == (["甄别集中收到的意见", "答复公众意见"], [])
    RoleHolding.objects.filter(person=office.clerk.person).delete()
    assert (owed(office.clerk), owed(successor)) == ([], ["甄别集中收到的意见", "答复公众意见"])


def test_where_there_is_no_clerk_the_head_is_told(take, office) -> None:
    take()
    take("灌水", flood=True)
    RoleHolding.objects.filter(person=office.clerk.person).delete()
    take("没有人经办的意见")
    assert owed(office.clerk) == []
    assert owed(office.head) == ["甄别集中收到的意见", "答复公众意见", "答复公众意见"]

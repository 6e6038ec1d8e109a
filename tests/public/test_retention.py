"""What is personal is deleted some time after the answer; the words and the answer stay on record."""

import datetime as dt

from django.core.files.storage import default_storage
from django.utils import timezone

from xiaohao.core.models import AuditEntry
from xiaohao.core.services import audit
from xiaohao.public.models import Comment, HeldText, Intake, Receipt
from xiaohao.public.services import comments, intake, receipts, retention, sifting


def later(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def test_name_contact_and_file_are_deleted_after_the_answer(take, office, photograph) -> None:
    receipt = take("见照片。", name="王五", contact="2231234", file=photograph)
    comment = comments.answer(comment=receipt.comment, text="已核实。", by=office.clerk, expected_version=1)
    path = comment.file
    assert retention.forget_all(later(180)) == 0
    assert retention.forget_all(later(181)) == 1
    assert retention.forget_all(later(182)) == 0
    comment.refresh_from_db()
    assert (comment.name, comment.contact, comment.file, comment.file_name) == ("", "", "", "")
    assert (comment.text, comment.answer, comment.forgotten_on) == ("见照片。", "已核实。", later(181))
    assert not default_storage.exists(path)
    assert Intake.objects.get().file_bytes == 0
    entry = AuditEntry.objects.get(action="public_comment.forgotten")
    assert entry.changes["name"] == ["（2字，已加密）", ""]
    assert list(audit.verify()) == []


def test_what_is_not_answered_is_kept(take) -> None:
    take(name="王五")
    assert retention.forget_all(later(1000)) == 0
    assert Comment.objects.get().name == "王五"


def test_the_organ_sets_how_long(take, office, limit) -> None:
    limit(**{"comments.personal_days": 10})
    receipt = take(name="王五")
    comments.answer(comment=receipt.comment, text="已核实。", by=office.clerk, expected_version=1)
    assert (retention.forget_all(later(10)), retention.forget_all(later(11))) == (0, 1)


def test_of_many_who_wrote_the_same_nobody_is_remembered(take, office) -> None:
    for name in ("王五", "赵六"):
        take("食堂招标没有公开。", flood=True, name=name)
    held = HeldText.objects.get()
    (comment,) = sifting.release(organ=office.clerk.organ, numbers=[held.pk], by=office.clerk)
    comments.answer(comment=comment, text="已公开。", by=office.clerk, expected_version=1)
    retention.forget_all(later(181))
    assert list(Receipt.objects.values_list("sender", flat=True)) == ["", ""]


def test_the_words_of_what_was_set_aside_are_deleted_and_make_room(client, take, office) -> None:
    receipt = take("灌水" * 100, flood=True, name="王五")
    before = Intake.objects.get().text_bytes
    held = HeldText.objects.get()
    sifting.set_aside(organ=office.clerk.organ, numbers=[held.pk], reason="灌水", by=office.clerk)
    assert retention.forget_all(later(181)) == 1
    receipt.refresh_from_db()
    held.refresh_from_db()
    assert (held.text, receipt.sender) == ("", "")
    assert Intake.objects.get().text_bytes == before - intake.size_of("灌水" * 100)
    assert receipts.standing(Receipt.objects.get()).set_aside == "灌水"
    client.force_login(office.clerk)
    page = client.get("/comments/held/?state=set_aside").content.decode()
    assert "文字已到期删去" in page
    assert AuditEntry.objects.get(action="held_text.forgotten").changes["rows"] == [None, 1]


def test_who_sends_the_same_words_after_the_decision_is_forgotten_too(take, office) -> None:
    organ, by = office.clerk.organ, office.clerk
    for text in ("灌水", "食堂招标没有公开。"):
        take(text, flood=True, name="王五")
    spam, real = HeldText.objects.order_by("pk")
    sifting.set_aside(organ=organ, numbers=[spam.pk], reason="灌水", by=by)
    (comment,) = sifting.release(organ=organ, numbers=[real.pk], by=by)
    comments.answer(comment=comment, text="已公开。", by=by, expected_version=1)
    assert retention.forget_all(later(181)) == 2
    late = [take(text, flood=True, name="周行") for text in ("灌水", "食堂招标没有公开。")]
    assert retention.forget_all(later(182)) == 2
    assert retention.forget_all(later(183)) == 0
    assert set(Receipt.objects.values_list("sender", flat=True)) == {""}
    assert AuditEntry.objects.get(action="held_text.senders_forgotten").changes == {
        "rows": [None, 2],
        "receipts": [None, f"{late[0].pk}–{late[1].pk}"],
    }
    assert list(audit.verify()) == []


def test_who_waits_for_an_answer_in_a_flood_is_not_forgotten(take, office) -> None:
    for name in ("王五", "赵六"):
        take("食堂招标没有公开。", flood=True, name=name)
    assert retention.forget_all(later(1000)) == 0
    sifting.release(organ=office.clerk.organ, numbers=[HeldText.objects.get().pk], by=office.clerk)
    assert retention.forget_all(later(1000)) == 0
    assert Receipt.objects.exclude(sender="").count() == 2


def test_the_nightly_command_does_it(take, office, capsys, monkeypatch) -> None:
    from xiaohao.cli.main import main

    receipt = take(name="王五")
    comments.answer(comment=receipt.comment, text="已核实。", by=office.clerk, expected_version=1)
    Comment.objects.update(answered_on=later(-200))
    main(["remind"])
    assert Comment.objects.get().name == ""

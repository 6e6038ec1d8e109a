"""Many write at once: none is lost, none is doubled, the numbers are without gaps."""

import secrets
import threading

import pytest
from django.db import connection, connections
from django.db.models import Sum

from xiaohao.core.services import audit
from xiaohao.public.models import Comment, HeldText, Intake, Receipt
from xiaohao.public.services import receipts, receiving
from xiaohao.public.services.receiving import Said

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # Of a database in memory SQLite locks whole tables; tests/e2e does the same with a file.
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has no writers at once"),
]
WORKERS, ROUNDS = 4, 6


def in_threads(work) -> list[BaseException]:
    errors: list[BaseException] = []

    def run(number: int) -> None:
        try:
            for turn in range(ROUNDS):
                work(number, turn)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return errors


@pytest.fixture
def write(published):
    def receive(text: str, *, flood: bool, once: str = "") -> Receipt:
        receipt = receipts.receipt_of(once or secrets.token_hex(8))
        said = Said(text)
        return receiving.receive(publication=published, said=said, receipt=receipt, flood=flood).receipt

    return receive


def test_of_many_comments_at_once_none_is_lost(write) -> None:
    assert in_threads(lambda number, turn: write(f"意见{number}-{turn}", flood=False)) == []
    assert sorted(Comment.objects.values_list("number", flat=True)) == list(range(1, WORKERS * ROUNDS + 1))
    assert Receipt.objects.count() == WORKERS * ROUNDS
    assert list(audit.verify()) == []


def test_of_a_flood_from_many_none_is_lost_and_the_counts_are_right(write) -> None:
    def post(number: int, turn: int) -> None:
        write("同样的话" if turn % 2 else f"{number}{turn}", flood=True)

    assert in_threads(post) == []
    posts = HeldText.objects.aggregate(posts=Sum("count"))["posts"]
    assert posts == Receipt.objects.count() == Intake.objects.get().waiting == WORKERS * ROUNDS
    assert HeldText.objects.get(digest=receiving.text_digest("同样的话")).count == WORKERS * ROUNDS // 2


def test_the_same_form_sent_by_impatient_fingers_is_one_comment(write) -> None:
    assert in_threads(lambda _number, _turn: write("请公布抽查结果。", flood=False, once="0123")) == []
    assert (Comment.objects.count(), Receipt.objects.count()) == (1, 1)

"""Many write at once: none is lost, none is doubled, the numbers are without gaps."""

import secrets

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils import timezone
from tests.at_once import MANY_WRITERS, ROUNDS, WORKERS, in_threads

from xiaohao.core.services import audit
from xiaohao.public.models import Comment, HeldText, Intake, Publication, Receipt
from xiaohao.public.services import holding, publications, receipts, receiving
from xiaohao.public.services.posts import Came, Said
from xiaohao.writing.models import Document

pytestmark = MANY_WRITERS


@pytest.fixture
def write(published):
    def receive(text: str, *, flood: bool, once: str = "") -> Receipt:
        came = Came(receipts.receipt_of(once or secrets.token_hex(8)), "一处", flood=flood)
        return receiving.receive(publication=published, said=Said(text), came=came).receipt

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
    assert HeldText.objects.get(digest=holding.text_digest("同样的话")).count == WORKERS * ROUNDS // 2


def test_the_same_form_sent_by_impatient_fingers_is_one_comment(write) -> None:
    assert in_threads(lambda _number, _turn: write("请公布抽查结果。", flood=False, once="0123")) == []
    assert (Comment.objects.count(), Receipt.objects.count()) == (1, 1)


def publish(document: Document, office) -> Publication:
    today = timezone.localdate()
    return publications.publish(
        document=document, open_from=today, open_to=today, contact_phone="1", by=office.clerk
    )


def test_notices_published_at_once_have_numbers_of_their_own(signed, office) -> None:
    documents = [signed]
    for _more in range(WORKERS - 1):
        copy = Document.objects.select_related("organ", "inspection").get(pk=signed.pk)
        copy.pk = None
        copy.save(force_insert=True)
        documents.append(copy)
    assert in_threads(lambda worker, _turn: publish(documents[worker], office), rounds=1) == []
    assert sorted(Publication.objects.values_list("number", flat=True)) == list(range(1, WORKERS + 1))


def test_one_notice_published_by_impatient_fingers_is_open_once(signed, office) -> None:
    errors = in_threads(lambda _worker, _turn: publish(signed, office), rounds=1)
    assert [type(error) for error in errors] == [ValidationError] * (WORKERS - 1)
    assert Publication.objects.get().number == 1

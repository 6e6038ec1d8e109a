"""The page of a notice says of period and telephone what its signed text says."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from xiaohao.public.models import Publication
from xiaohao.public.services import publications
from xiaohao.writing.material.spoken import day
from xiaohao.writing.models import Document


@pytest.fixture
def saying(signed):
    """A signed notice whose text names a period, days from today, and a telephone."""

    def make(first: int, last: int) -> Document:
        today = timezone.localdate()
        begin, end = day(today + dt.timedelta(days=first)), day(today + dt.timedelta(days=last))
        ending = f"欢迎监督。公开期限：{begin}至{end}。联系电话：0763-2230016。\n青山区政协\n{day(today)}"
        Document.objects.update(body=f"{signed.body}\n{ending}")
        return Document.objects.select_related("organ", "inspection").get()

    return make


def publish(document: Document, office, first: int, last: int, phone: str = "0763-2230016") -> Publication:
    today = timezone.localdate()
    return publications.publish(
        document=document,
        open_from=today + dt.timedelta(days=first),
        open_to=today + dt.timedelta(days=last),
        contact_phone=phone,
        by=office.clerk,
    )


def test_the_form_is_filled_in_from_the_text(saying, office, client) -> None:
    document = saying(-2, 20)
    client.force_login(office.clerk)
    given = client.get(f"/documents/{document.pk}/publish/").context["form"].initial
    today = timezone.localdate()
    assert given == {
        "open_from": today,
        "open_to": today + dt.timedelta(days=20),
        "contact_phone": "0763-2230016",
    }
    assert publish(document, office, 0, 20).is_open(today)


@pytest.mark.parametrize(
    ("first", "last", "phone", "said"),
    [
        (3, 19, "0763-2230016", "请按正文填写公开截止日期"),
        (0, 20, "0763-2230016", "公开期限从"),
        (3, 20, "0763-2230017", "正文写的联系电话是0763-2230016"),
    ],
)
def test_what_the_text_says_otherwise_is_refused(saying, office, first, last, phone, said) -> None:
    document = saying(3, 20)
    with pytest.raises(ValidationError, match=said):
        publish(document, office, first, last, phone)
    assert publish(document, office, 3, 20, "（0763）2230016")


def test_a_notice_whose_period_went_by_before_it_was_published_is_drafted_anew(saying, office) -> None:
    with pytest.raises(ValidationError, match="已经过去。请重新起草"):
        publish(saying(-40, -10), office, 0, 30)


def test_a_text_that_names_no_period_takes_any(signed, office) -> None:
    assert publish(signed, office, 0, 5, "12345").is_open(timezone.localdate())


def test_the_telephone_of_a_person_is_not_published(signed, office) -> None:
    with pytest.raises(ValidationError, match="请填办公电话"):
        publish(signed, office, 0, 5, "张三 138-0013-8000")

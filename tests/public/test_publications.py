"""A notice is open when the head signed it, as long as its period lasts, and never a moment longer."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from xiaohao.core.models import AuditEntry
from xiaohao.lib.notice_text import digest
from xiaohao.public.addresses import words
from xiaohao.public.models import Publication
from xiaohao.public.services import publications
from xiaohao.reading import read
from xiaohao.rectification.models import Finding, Inspection
from xiaohao.writing.models import Document


def page_of(published: Publication) -> str:
    return f"/public/{published.organ.code}/{published.number}/"


def test_only_what_the_head_signed_is_published(signed, office) -> None:
    Document.objects.update(state=Document.State.DRAFT, approved_on=None)
    today = timezone.localdate()
    with pytest.raises(ValidationError, match="签发以后"):
        publications.publish(
            document=Document.objects.select_related("organ").get(),
            open_from=today,
            open_to=today,
            contact_phone="1",
            by=office.clerk,
        )


def test_anybody_reads_it_without_script_or_login(client, published) -> None:
    answer = client.get(page_of(published))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "公务卡结算不规范" in page
    assert "<script" not in page
    assert published.digest in page
    assert "2230016" in page
    assert "[[" not in page


def test_it_is_served_from_memory_but_never_when_it_is_withdrawn(
    client, published, office, django_assert_num_queries
) -> None:
    first = client.get(page_of(published))
    with django_assert_num_queries(1):
        again = client.get(page_of(published))
    assert again.content == first.content
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
    publications.withdraw(
        publication=published, reason="数字有误", by=office.clerk, expected_version=published.version
    )
    gone = client.get(page_of(published))
    assert gone.status_code == 410
    assert "公务卡结算" not in gone.content.decode()
    assert client.get(f"{page_of(published)}text/").status_code == 410
    assert client.get(f"{page_of(published)}code.svg").status_code == 410


def test_another_process_serves_no_stale_page_either(published, office) -> None:
    here, there = Client(), Client()  # each with its own copy of everything that is kept in memory
    assert here.get(page_of(published)).status_code == there.get(page_of(published)).status_code == 200
    publications.withdraw(
        publication=published, reason="数字有误", by=office.clerk, expected_version=published.version
    )
    assert here.get(page_of(published)).status_code == there.get(page_of(published)).status_code == 410


def test_the_day_after_the_period_it_is_gone_and_the_log_says_when_it_was_open(client, published) -> None:
    assert client.get(page_of(published)).status_code == 200
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Publication.objects.update(open_from=yesterday - dt.timedelta(days=30), open_to=yesterday)
    gone = client.get(page_of(published))
    assert gone.status_code == 410
    assert "已经届满" in gone.content.decode()
    assert publications.archive_ended(timezone.localdate()) == 1
    assert publications.archive_ended(timezone.localdate()) == 0
    entry = AuditEntry.objects.get(action="publication.ended")
    assert str(yesterday) in entry.note


def test_who_comes_late_is_told_which_notice_it_was_but_not_what_it_said(client, published, office) -> None:
    publications.withdraw(publication=published, reason="有误", by=office.clerk, expected_version=1)
    gone = client.get(page_of(published)).content.decode()
    assert f"{published.organ.name}《{published.title}》" in gone
    assert "公务卡结算" not in gone


def test_of_one_withdrawn_before_its_first_day_nobody_learns_the_title(client, published, office) -> None:
    later = timezone.localdate() + dt.timedelta(days=3)
    Publication.objects.update(open_from=later)
    published.refresh_from_db()
    publications.withdraw(publication=published, reason="有误", by=office.clerk, expected_version=1)
    gone = client.get(page_of(published))
    assert gone.status_code == 410
    assert published.title not in gone.content.decode()
    assert "2230016" not in client.get(f"/public/{published.organ.code}/").content.decode()


def test_where_nothing_is_open_the_telephone_of_the_last_notice_is_offered(client, published, office) -> None:
    address = f"/public/{published.organ.code}/"
    assert "对通报的意见，请打开通报" in client.get(address).content.decode()
    publications.withdraw(publication=published, reason="有误", by=office.clerk, expected_version=1)
    page = client.get(address).content.decode()
    assert '电话：<strong><a class="whole" href="tel:2230016">2230016</a></strong>' in page
    assert "对通报的意见，请打开通报" not in page


@pytest.mark.parametrize("form", ["", "poster/"])
def test_the_title_breaks_between_words_and_never_in_the_name_of_the_organ(client, published, form) -> None:
    page = client.get(f"{page_of(published)}{form}").content.decode()
    title = re.search(r'<h1 class="words"[^>]*>(.*?)</h1>', page).group(1)
    pieces = title.split("<wbr>")
    assert "".join(pieces) == published.title
    assert pieces == [published.organ.name, "关于巡察", "整改", "进展", "情况的", "通报"]


def test_what_is_over_cannot_be_withdrawn(client, published, office) -> None:
    client.force_login(office.clerk)
    address = f"/publications/{published.pk}/"
    assert "提前撤回" in client.get(address).content.decode()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Publication.objects.update(open_from=yesterday, open_to=yesterday)
    assert "提前撤回" not in client.get(address).content.decode()
    assert client.get(f"{address}withdraw/").status_code == 403
    refused = client.post(f"{address}withdraw/", {"version": published.version, "reason": "有误"})
    assert "公开期已经结束" in refused.content.decode()
    assert Publication.objects.get().withdrawn_on is None


def test_what_has_not_begun_yet_can_be_withdrawn(client, published, office) -> None:
    Publication.objects.update(open_from=timezone.localdate() + dt.timedelta(days=3))
    client.force_login(office.clerk)
    assert "提前撤回" in client.get(f"/publications/{published.pk}/").content.decode()


def test_before_its_first_day_it_does_not_exist(client, published) -> None:
    later = timezone.localdate() + dt.timedelta(days=3)
    Publication.objects.update(open_from=later)
    assert client.get(page_of(published)).status_code == 404


def test_the_sum_of_a_copy_elsewhere_is_that_of_the_notice(client, published) -> None:
    text = client.get(f"{page_of(published)}text/").content.decode()
    assert digest(text) == published.digest
    assert digest(text.replace("\n", "\r\n\r\n  ")) == published.digest
    assert digest(text.replace("已经", "没有")) != published.digest


def test_the_published_page_reads_back_as_a_notice(client, published) -> None:
    notice = read(client.get(page_of(published)).content, "notice.html").notice
    assert [finding.title for finding in notice.findings] == ["公务卡结算不规范"]


def test_the_office_publishes_and_withdraws_on_its_pages(client, signed, office) -> None:
    client.force_login(office.clerk)
    assert signed.title in client.get("/publications/").content.decode()
    today = timezone.localdate()
    given = {"open_from": today, "open_to": today + dt.timedelta(days=30), "contact_phone": "2230016"}
    client.post(f"/documents/{signed.pk}/publish/", given)
    published = Publication.objects.get()
    client.post(f"/publications/{published.pk}/withdraw/", {"version": published.version, "reason": "有误"})
    published.refresh_from_db()
    assert published.withdrawn_on == today
    page = client.get(f"/publications/{published.pk}/").content.decode()
    assert f"<dt>撤回日期</dt><dd>{today}</dd>" in page
    assert "<dt>撤回理由</dt><dd>有误</dd>" in page
    assert "更正后请重新起草一份通报。" in page
    assert client.post(f"/documents/{signed.pk}/publish/", given).status_code == 403


def offered(client, signed, **period: dt.date | None) -> tuple[dt.date, dt.date]:
    """Return the period the form is filled in with, where the inspection says ``period``."""
    Inspection.objects.update(**period)
    given = client.get(f"/documents/{signed.pk}/publish/").context["form"].initial
    return given["open_from"], given["open_to"]


def test_the_form_offers_a_period_that_can_be_kept(client, signed, office) -> None:
    client.force_login(office.clerk)
    today = timezone.localdate()
    past, month = today - dt.timedelta(days=90), dt.timedelta(days=30)
    soon = today + dt.timedelta(days=2)
    assert offered(client, signed, open_from=None, open_to=None) == (today, today + month)
    assert offered(client, signed, open_from=past, open_to=past + month) == (today, today + month)
    assert offered(client, signed, open_from=past, open_to=soon) == (today, soon)
    assert offered(client, signed, open_from=soon, open_to=soon) == (soon, soon)
    assert offered(client, signed, open_from=soon, open_to=None) == (soon, soon + month)


def test_what_the_form_offers_is_published_though_the_inspection_is_long_past(client, signed, office) -> None:
    client.force_login(office.clerk)
    past = timezone.localdate() - dt.timedelta(days=90)
    first, last = offered(client, signed, open_from=past, open_to=past + dt.timedelta(days=30))
    given = {"open_from": first, "open_to": last, "contact_phone": "2230016"}
    client.post(f"/documents/{signed.pk}/publish/", given)
    assert Publication.objects.get().is_open(timezone.localdate())


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [(-1, 30, "公开起始日期不能早于今天"), (0, -1, "公开截止日期不能在起始日期之前")],
)
def test_nothing_is_said_to_have_been_open_before_it_was(client, signed, office, first, last, said) -> None:
    client.force_login(office.clerk)
    today = timezone.localdate()
    given = {
        "open_from": today + dt.timedelta(days=first),
        "open_to": today + dt.timedelta(days=last),
        "contact_phone": "2230016",
    }
    assert said in client.post(f"/documents/{signed.pk}/publish/", given).content.decode()
    assert not Publication.objects.exists()


def test_the_title_is_one_line_of_what_is_seen(signed, office) -> None:
    Document.objects.update(title="关于整改\x0b进展\n情况\u2028的通报\u202e")
    published = publications.publish(
        document=Document.objects.select_related("organ", "inspection").get(),
        open_from=timezone.localdate(),
        open_to=timezone.localdate(),
        contact_phone="1",
        by=office.clerk,
    )
    assert published.title == "关于整改进展 情况的通报"
    assert published.digest == digest(publications.whole(published))


def test_what_became_not_public_since_the_head_signed_is_not_published(signed, office) -> None:
    values = {"title": "公务卡结算不规范。", "disclosed": False, "not_disclosed_reason": "涉及在办案件"}
    Finding.objects.update(**values)
    today = timezone.localdate()
    period = {"open_from": today, "open_to": today, "contact_phone": "1"}
    with pytest.raises(ValidationError, match="公务卡结算不规范") as refused:
        publications.publish(document=signed, by=office.clerk, **period)
    assert "请重新起草一份通报。" in refused.value.messages[-1]
    assert not Publication.objects.exists()


def test_an_address_ends_its_line_behind_a_slash() -> None:
    assert words("https://gk.example.cn/public/qingxi/1/") == [
        "https://",
        "gk.example.cn/",
        "public/",
        "qingxi/",
        "1/",
    ]

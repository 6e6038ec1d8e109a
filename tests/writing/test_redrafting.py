"""A draft shows what it would say otherwise if it were drafted now; only numbers and lists are renewed."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.writing.conftest import FIRST

from xiaohao.core.models import Role
from xiaohao.core.services import records
from xiaohao.ledger.indicators import Period
from xiaohao.writing.material.spoken import day
from xiaohao.writing.models import Document
from xiaohao.writing.scope import Scope
from xiaohao.writing.services import drafting, redrafting


@pytest.fixture
def drafted(office, inspection, make_finding, make_measure) -> Document:
    """A progress report up to today over a finding with one measure."""
    make_measure(make_finding(1, "提案办理超期"), 1, "修订提案办理办法", progress="正在起草")
    inspection.organ = office.clerk.organ
    today = timezone.localdate()
    scope = Scope(inspection, Period(FIRST, today), today)
    return drafting.draft(kind="progress_report", scope=scope, by=office.clerk)


def shown(document: Document) -> list[tuple[str, str]]:
    paragraphs = redrafting.changed_sentences(document, timezone.localdate())
    return [(piece.kind, piece.text) for one in paragraphs for piece in one.pieces if piece.kind != "same"]


def test_a_sentence_whose_record_changed_is_shown_and_a_number_alone_is_not(
    drafted, make_finding, make_measure, office
) -> None:
    assert shown(drafted) == []
    make_measure(drafted.inspection.findings.get(), 2, "建立台账")
    ((kind, _text),) = [one for one in shown(drafted) if "建立台账" in one[1]]
    assert kind == "new"
    assert not any("整改措施" in text for _kind, text in shown(drafted))  # a number, taken over by the button


def test_what_the_clerk_wrote_himself_is_no_difference(drafted, saved) -> None:
    assert shown(saved(drafted, drafted.body.replace("正在起草", "正在起草，月底印发"))) == []


def test_the_page_says_what_the_button_renews_and_leads_to_the_rest(
    drafted, office, client, make_finding, make_measure
) -> None:
    client.force_login(office.clerk)
    page = client.get(f"/documents/{drafted.pk}/").content.decode()
    address = f"/documents/{drafted.pk}/anew/"
    assert address in page
    assert "没有变化。" in client.get(address).content.decode()
    make_measure(make_finding(2, "联系委员不够"), 1, "走访委员")
    page = client.get(f"/documents/{drafted.pk}/").content.decode()
    assert "只换数字和附表" in page
    page = client.get(address).content.decode()
    assert "<ins>2.联系委员不够。" in page


def test_only_who_writes_the_draft_sees_it(drafted, office, client, make_account) -> None:
    client.force_login(office.owner)
    assert client.get(f"/documents/{drafted.pk}/anew/").status_code == 403
    client.force_login(make_account(office.clerk.organ, "林青", Role.CLERK))
    assert client.get(f"/documents/{drafted.pk}/anew/").status_code == 200
    records.change(drafted, {"state": "submitted"}, by=office.clerk, action="document.submitted")
    assert client.get(f"/documents/{drafted.pk}/anew/").status_code == 404


def test_it_asks_as_often_for_many_findings_as_for_one(
    drafted, office, client, make_finding, make_measure
) -> None:
    client.force_login(office.clerk)
    address = f"/documents/{drafted.pk}/anew/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(2, 8):
        make_measure(make_finding(number, f"问题{number}"), progress="已经印发")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_a_draft_of_another_day_can_be_counted_up_to_today(
    office, inspection, make_finding, make_measure, client, monkeypatch
) -> None:
    """Until then it says how it was on the day it was drafted."""
    inspection.organ = office.clerk.organ
    measure = make_measure(make_finding(1, state="in_progress"), kind="at_once", state="in_progress")
    moment = timezone.now()
    today = timezone.localdate()
    scope = Scope(inspection, Period(today, today), today)
    document = drafting.draft(kind="progress_report", scope=scope, by=office.clerk)
    client.force_login(office.clerk)
    address = f"/documents/{document.pk}/"
    assert "改为统计到今天" not in client.get(address).content.decode()
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment + dt.timedelta(days=2))
    client.force_login(office.clerk)
    records.change(
        measure,
        {"state": "phased"},
        by=office.clerk,
        action="measure.progress_reported",
        expected_version=measure.version,
    )
    later = timezone.localdate()
    assert redrafting.changed_sentences(document, later) == []
    assert "改为统计到今天" in client.get(address).content.decode()
    client.post(f"{address}to-today/", {"version": document.version})
    counted = Document.objects.select_related("organ", "inspection").get()
    assert (counted.last, f"截至{day(later)}" in counted.body) == (later, True)
    told = "".join(str(one.pieces) for one in redrafting.changed_sentences(counted, later))
    assert "阶段性完成" in told
    assert "改为统计到今天" not in client.get(address).content.decode()

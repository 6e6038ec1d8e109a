"""Documents are drafted from the records, edited by people, signed by the head, then frozen."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xiaohao.core.services.records import Conflict
from xiaohao.ledger.indicators import Period
from xiaohao.ledger.services import decisions
from xiaohao.rectification.models import Finding, Measure, Meeting
from xiaohao.writing import figures, readiness
from xiaohao.writing.decisions import DOCUMENT
from xiaohao.writing.models import Document, DocumentKind
from xiaohao.writing.services import documents
from xiaohao.writing.templating import TemplateFault, render

FIRST, LAST = dt.date(2025, 4, 2), dt.date(2025, 10, 31)


@pytest.fixture
def draft(office, inspection):
    """Draft a document of a kind over the inspection."""

    def make(kind: str = "notice") -> Document:
        inspection.organ = office.clerk.organ
        return documents.draft(kind=kind, inspection=inspection, period=Period(FIRST, LAST), by=office.clerk)

    return make


def saved(document: Document, body: str, by) -> Document:
    return documents.change_text(
        document=document, values={"body": body}, by=by, expected_version=document.version
    )


def test_a_notice_says_of_a_measure_what_its_owner_reported_and_nothing_else(
    draft, make_finding, make_measure
) -> None:
    finding = make_finding(1, "提案办理超期")
    make_measure(finding, 1, "修订提案办理办法", progress="已经印发。")
    make_measure(finding, 2, "建立台账", deadline=dt.date(2025, 12, 31))
    body = figures.plain(draft().body)
    said = "一是修订提案办理办法，已经印发。二是建立台账，正在推进，时限为2025年12月31日。"
    assert f"1.提案办理超期。{said}" in body


def test_what_no_record_tells_is_marked_and_listed(draft, make_finding) -> None:
    make_finding(1, "提案办理超期")
    document = draft()
    assert "〔待补：问题1-1的整改情况〕" in document.body
    assert any("待补" in reason for reason in readiness.missing(document, None))


def test_a_figure_opens_the_records_it_counts(draft, office, make_finding, client) -> None:
    make_finding(1)
    make_finding(2, "联系委员不够")
    document = draft()
    assert "[[2|findings.all]]" in document.body
    address = documents.figures_of(document, office.clerk).of("findings.all").address
    client.force_login(office.clerk)
    page = client.get(address).content.decode()
    assert "提案办理超期" in page
    assert "联系委员不够" in page


def test_a_figure_counts_the_records_of_its_own_inspection_alone(
    draft, office, make_finding, inspection
) -> None:
    from xiaohao.core.services import records
    from xiaohao.rectification.models import Area, Inspection

    make_finding(1)
    other = records.create(
        Inspection(organ=office.clerk.organ, number=9, title="另一次"),
        by=office.clerk,
        action="inspection.created",
    )
    area = records.create(
        Area(organ=other.organ, inspection=other, number=1, title="方面"),
        by=office.clerk,
        action="area.created",
    )
    records.create(
        Finding(organ=other.organ, inspection=other, area=area, number=1, code="9-1", title="别的"),
        by=office.clerk,
        action="finding.created",
    )
    assert "[[1|findings.all]]" in draft().body


def test_when_records_change_the_draft_shows_old_and_new_until_somebody_takes_them_over(
    draft, office, make_finding, client
) -> None:
    make_finding(1)
    document = draft()
    make_finding(2, "联系委员不够")
    (changed, *_rest) = figures.changes(document.body, documents.figures_of(document, office.clerk))
    assert (changed.written, changed.now) == ("1", "2")
    client.force_login(office.clerk)
    page = client.get(f"/documents/{document.pk}/").content.decode()
    assert "<del>1</del> → <ins>2</ins>" in page
    client.post(f"/documents/{document.pk}/figures/", {"version": document.version})
    document.refresh_from_db()
    assert "[[2|findings.all]]" in document.body
    assert not figures.changes(document.body, documents.figures_of(document, office.clerk))


def test_a_signed_document_stays_as_it_is_and_says_as_of_when(
    draft, office, make_finding, make_measure, client
) -> None:
    make_measure(make_finding(1), progress="已经印发。")
    document = saved(draft(), "共有问题[[1|findings.all]]个。", office.clerk)
    decision = decisions.ask(DOCUMENT, about=document, reason="请审签。", by=office.clerk)
    with pytest.raises(ValidationError):
        saved(Document.objects.get(pk=document.pk), "改一改", office.clerk)
    decisions.agree(decision=decision, opinion="同意", by=office.head)
    make_finding(2, "联系委员不够")
    client.force_login(office.clerk)
    page = client.get(f"/documents/{document.pk}/").content.decode()
    assert "数字截至 2025-10-31" in page
    assert "counted-now" not in page
    assert Document.objects.get(pk=document.pk).body == "共有问题[[1|findings.all]]个。"


def test_figures_have_to_be_the_present_ones_when_it_goes_to_the_head(draft, office, make_finding) -> None:
    make_finding(1)
    document = saved(draft(), "共有问题[[1|findings.all]]个。", office.clerk)
    assert not readiness.missing(document, office.clerk)
    make_finding(2, "联系委员不够")
    assert readiness.missing(document, office.clerk) == ["有1个数字已经变化，请核对后更新。"]


def test_two_people_never_overwrite_each_other_unseen(draft, office, make_finding) -> None:
    make_finding(1)
    document = draft()
    saved(document, "第一种", office.clerk)
    with pytest.raises(Conflict):
        saved(document, "第二种", office.clerk)


def test_the_page_saves_by_itself_and_a_version_is_kept_when_asked(
    draft, office, make_finding, client
) -> None:
    make_finding(1)
    document = draft()
    client.force_login(office.clerk)
    address = f"/documents/{document.pk}/edit/"
    typed = {"version": document.version, "title": document.title, "body": "改到一半"}
    answer = client.post(address, typed, headers={"X-Autosave": "1"})
    assert answer.json()["version"] == document.version + 1
    assert document.versions.count() == 1
    late = client.post(address, typed, headers={"X-Autosave": "1"})
    assert late.status_code == 409
    client.post(address, {**typed, "version": document.version + 1, "body": "改完"})
    assert document.versions.first().body == "改完"
    compared = client.get(f"/documents/{document.pk}/versions/1/").content.decode()
    assert "<ins>改完</ins>" in compared


def test_a_pasted_book_is_refused_with_its_length(draft, office, make_finding, client) -> None:
    make_finding(1)
    document = draft()
    with pytest.raises(ValidationError, match="最多500000字"):
        saved(document, "字" * 600_000, office.clerk)
    client.force_login(office.clerk)
    typed = {"version": document.version, "title": "标题", "body": "字" * (4 * 1024 * 1024)}
    assert client.post(f"/documents/{document.pk}/edit/", typed).status_code == 400


def test_every_kind_is_drafted(draft, make_finding, make_measure) -> None:
    make_measure(make_finding(1))
    for kind in DocumentKind.values:
        assert "提案办理" in draft(kind).body or kind == "head_report"


def test_drafting_asks_as_often_for_many_findings_as_for_one(draft, make_finding, make_measure) -> None:
    make_measure(make_finding(1))
    draft()
    with CaptureQueriesContext(connection) as few:
        draft()
    for number in range(2, 12):
        make_measure(make_finding(number, f"问题{number}"))
    with CaptureQueriesContext(connection) as many:
        draft()
    assert len(many) == len(few)


def test_a_finding_that_is_not_public_is_left_out_of_the_notice(draft, office, make_finding) -> None:
    make_finding(1, "公开的问题")
    make_finding(2, "不公开的问题", disclosed=False, not_disclosed_reason="正在核查")
    document = draft()
    assert "不公开的问题" not in document.body
    named = saved(document, "涉及不公开的问题。", office.clerk)
    assert any("不公开的问题" in reason for reason in readiness.missing(named, None))


def test_hostile_words_in_records_stay_words(draft, office, make_finding, make_measure, client) -> None:
    make_measure(make_finding(1, "<script>alert(1)</script>"), progress="{{ 单位 }} {% for %} [[9|x.y]]")
    document = draft()
    assert "{{ 单位 }}" in document.body
    client.force_login(office.clerk)
    assert "<script>alert" not in client.get(f"/documents/{document.pk}/").content.decode()


# --- templates ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("好\n好\n{% for 题 in 问题 %}", 3, "写法有误"),
        ("好\n{{ 没有的 }}", 2, "没有这个名称"),
        ("{% for a in (1..100000) %}{% for b in (1..100000) %}x{% endfor %}{% endfor %}", 1, "循环太多"),
        ("{% include 'x' %}", 1, ""),
        ("字" * 200_001, 0, "模板太长"),
    ],
)
def test_what_is_wrong_with_a_template_is_told_with_its_line(source, line, said) -> None:
    with pytest.raises(TemplateFault) as fault:
        render(source, {"问题": []})
    assert (fault.value.line, said in str(fault.value)) == (line, True)


def test_a_template_reaches_nothing_but_what_it_is_given() -> None:
    class Hidden:
        secret = "x"

    with pytest.raises(TemplateFault):
        render("{{ 物.secret }}", {"物": Hidden()})


def test_an_organ_writes_its_own_template_and_goes_back_to_the_shipped_one(
    office, inspection, make_finding, client, draft
) -> None:
    make_finding(1)
    client.force_login(office.clerk)
    address = "/text-templates/summary/"
    shown = client.post(address, {"number": 0, "source": '共{{ 数["findings.all"] }}个', "preview": "1"})
    assert "共1个" in shown.content.decode()
    assert documents.template_of(office.clerk.organ, "summary") == documents.shipped("summary")
    client.post(address, {"number": 0, "source": '共{{ 数["findings.all"] }}个'})
    assert draft("summary").body == "共[[1|findings.all]]个"
    broken = client.post(address, {"number": 1, "source": "{% for %}"})
    assert "模板第 1 行" in broken.content.decode()
    late = client.post(address, {"number": 0, "source": "晚了"})
    assert "刚才有人改过" in late.content.decode()
    client.post(address, {"number": 1, "source": "", "reset": "1"})
    assert documents.template_of(office.clerk.organ, "summary") == documents.shipped("summary")


def test_meetings_and_measures_behind_a_figure_are_shown_on_their_pages(
    office, inspection, make_finding, make_measure, draft, client
) -> None:
    from xiaohao.core.services import records

    make_measure(make_finding(1), progress="好。")
    Measure.objects.update(state="closed")
    for kind, title in (("study", "学习"), ("special", "专题会")):
        meeting = Meeting(
            organ=office.clerk.organ,
            inspection=inspection,
            kind=kind,
            title=title,
            held_on=dt.date(2025, 5, 1),
            chair=office.head.person,
            agenda="议",
        )
        records.create(meeting, by=office.clerk, action="rectification_meeting.created")
    now = documents.figures_of(draft(), office.clerk)
    client.force_login(office.clerk)
    for key, there in (("rectification_meetings.study", "学习"), ("measures.done", "修订提案办理办法")):
        assert now.of(key).value == 1
        assert there in client.get(now.of(key).address).content.decode()

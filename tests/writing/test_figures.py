"""Figures in a text open what they count, and show when it changes."""

import datetime as dt

import pytest
from tests.writing.conftest import LAST

from xiaohao.core.models import LeadingGroupMember, Role
from xiaohao.core.services import records
from xiaohao.ledger.indicators import INDICATORS, Figure, Period
from xiaohao.rectification.models import Area, Finding, Inspection, Measure, Meeting, State
from xiaohao.writing import figures, readiness
from xiaohao.writing.models import Document
from xiaohao.writing.services import documents


def test_a_figure_opens_the_records_it_counts(draft, office, make_finding, client) -> None:
    make_finding(1)
    make_finding(2, "联系委员不够")
    document = draft()
    assert "[[2|findings.all]]" in document.body
    address = documents.figures_of(document).of("findings.all").address
    client.force_login(office.clerk)
    page = client.get(address).content.decode()
    assert "提案办理超期" in page
    assert "联系委员不够" in page


@pytest.mark.parametrize(
    ("of", "base", "said"), [(8, 8, "100%"), (0, 7, "0%"), (4, 14, "28.57%"), (0, 0, "—")]
)
def test_a_share_is_said_as_people_write_it(of, base, said) -> None:
    share = INDICATORS["findings.closed"]
    assert figures.spoken(Figure(share, Period(LAST, LAST), of, base)) == said


def test_what_is_said_as_of_a_day_adds_up_though_more_was_closed_since(draft, make_finding) -> None:
    """The summary of last week is drafted on Monday, and one more finding was closed in the morning."""
    for number, closed_on in enumerate((LAST, LAST + dt.timedelta(days=1), None), start=1):
        make_finding(number, closed_on=closed_on, state=State.CLOSED if closed_on else State.IN_PROGRESS)
    body = draft("summary").body
    for said in ("[[3|findings.all]]", "[[1|findings.struck_off]]", "[[2|findings.open]]"):
        assert said in body


def test_a_figure_counts_the_records_of_its_own_inspection_alone(
    draft, office, make_finding, inspection
) -> None:
    from xiaohao.core.services import records

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
    (changed, *_rest) = figures.changes(document.body, documents.figures_of(document))
    assert (changed.written, changed.now) == ("1", "2")
    client.force_login(office.clerk)
    page = client.get(f"/documents/{document.pk}/").content.decode()
    assert "<del>1</del> → <ins>2</ins>" in page
    client.post(f"/documents/{document.pk}/figures/", {"version": document.version})
    document.refresh_from_db()
    assert "[[2|findings.all]]" in document.body
    assert not figures.changes(document.body, documents.figures_of(document))


def test_figures_have_to_be_the_present_ones_when_it_goes_to_the_head(
    draft, saved, office, make_finding
) -> None:
    make_finding(1)
    document = saved(draft(), "共有问题[[1|findings.all]]个。")
    assert not readiness.missing(document)
    make_finding(2, "联系委员不够")
    assert readiness.missing(document) == ["有1个数字已经变化，请核对后更新。"]


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
    now = documents.figures_of(draft())
    client.force_login(office.clerk)
    for key, there in (("rectification_meetings.study", "学习"), ("measures.done", "修订提案办理办法")):
        assert now.of(key).value == 1
        assert there in client.get(now.of(key).address).content.decode()


def test_the_figures_of_a_document_are_the_same_whoever_looks(
    draft, office, make_finding, make_organ, make_account, client
) -> None:
    """A supervisor sees the organs below; a document counts its own organ all the same."""
    above = make_organ("above", "上级")
    organ = office.clerk.organ
    organ.parent, organ.path = above, f"{above.path}{organ.pk}/"
    organ.save()
    make_finding(1)
    document = draft()
    neighbour = make_organ("beside", "旁边的单位", above)
    other = make_account(neighbour, "周行", Role.CLERK)
    group = LeadingGroupMember(organ=neighbour, person=other.person, office="head")
    records.create(group, by=other, action="leading_group_member.created")
    client.force_login(make_account(above, "程立", Role.SUPERVISOR))
    page = client.get(f"/documents/{document.pk}/").content.decode()
    assert "记录变了的数字" not in page
    address = documents.figures_of(document).of("findings.all").address
    assert f"of={organ.pk}" in address


def test_the_numbers_that_may_be_put_in_are_shown_with_how_they_are_written(
    draft, office, make_finding, client
) -> None:
    make_finding(1)
    client.force_login(office.clerk)
    address = f"/documents/{draft().pk}/numbers/"
    page = client.get(address).content.decode()
    assert "[[1|findings.all]]" in page
    part = client.get(address, headers={"X-Part": "1"}).content.decode()
    assert 'data-token="[[1|findings.all]]"' in part
    assert "<html" not in part


def test_a_figure_of_records_one_may_not_see_leads_nowhere(
    draft, office, saved, make_finding, client
) -> None:
    make_finding(1)
    document = saved(draft(), "证件集中保管率[[100.00%|passports.kept]]。")
    Document.objects.update(state=Document.State.APPROVED, approved_on=LAST)
    client.force_login(office.owner)
    page = client.get(f"/documents/{document.pk}/").content.decode()
    assert '<span class="counted">100.00%</span>' in page
    assert "indicator=passports.kept" not in page


def test_the_numbers_to_insert_have_the_unit_that_is_theirs(draft, office, make_finding, client) -> None:
    make_finding(1)
    client.force_login(office.clerk)
    page = client.get(f"/documents/{draft().pk}/numbers/", headers={"X-Part": "1"}).content.decode()
    assert "<strong>1个</strong>" in page  # 反馈问题
    assert "<strong>0%</strong>" in page  # 销号率
    assert "<strong>0.00元</strong>" in page  # 资产价值

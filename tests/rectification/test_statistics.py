"""The numbers: the same everywhere, and each opens the records behind it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from xiaohao.core.models import Organ, Role
from xiaohao.rectification.models import Area, Finding, Measure, State
from xiaohao.rectification.services import measures, summary
from xiaohao.rectification.services.statistics import count_findings, of_organs, percentage
from xiaohao.rectification.wall_chart import Filters, build

TODAY = timezone.localdate()
WEEK = summary.period_of(TODAY, 7)


@pytest.fixture
def supervisor(organ, make_organ, make_account):
    above = make_organ("above", "市委巡察办")
    Organ.objects.filter(pk=organ.pk).update(parent=above, path=f"{above.path}{organ.pk}/")
    return make_account(above, "程言", Role.SUPERVISOR)


@pytest.fixture
def published(area: Area):
    """The figures of a published notice: 697 problems, 688 closed, 4 basically done, 5 open."""
    now = timezone.now()
    states = [State.CLOSED] * 688 + [State.PHASED] * 4 + [State.IN_PROGRESS] * 5
    Finding.objects.bulk_create(
        Finding(
            organ=area.organ,
            inspection=area.inspection,
            area=area,
            number=number,
            code=f"1-{number}",
            title=f"问题{number}",
            state=state,
            closed_on=TODAY if state == State.CLOSED else None,
            created_at=now,
            changed_at=now,
        )
        for number, state in enumerate(states, start=1)
    )
    return area.organ


def test_697_problems_688_closed_4_basically_done_5_open(published, clerk, supervisor, client) -> None:
    counts = count_findings(Finding.objects.all(), TODAY)
    assert (counts.total, counts.closed, counts.phased, counts.open) == (697, 688, 4, 5)
    assert counts.rate == "98.71%"

    chart = build(clerk, Filters(), TODAY)
    assert (chart.total, chart.closed, chart.rate) == (697, 688, "98.71%")

    (kept,) = of_organs(Organ.objects.all(), TODAY)
    assert (kept.total, kept.closed, kept.phased, kept.open) == (697, 688, 4, 5)

    client.force_login(supervisor)
    assert "共 697 个问题，已销号 688 个" in client.get("/organs/").content.decode()

    (overall, *_rest) = summary.summary(clerk, TODAY, WEEK)
    assert [figure.number for figure in overall.figures[:6]] == ["697", "688", "0", "4", "5", "98.71%"]


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, "—"), (0, 7, "0.00%"), (1, 3, "33.33%"), (2, 3, "66.67%"), (7, 7, "100.00%")],
)
def test_shares_are_rounded_half_up(part, whole, said) -> None:
    assert percentage(part, whole) == said


def test_every_figure_of_the_summary_opens_as_many_records(
    client, office, make_finding, make_measure, organ
) -> None:
    make_finding(1, state=State.CLOSED, closed_on=TODAY, round=2)
    make_finding(2, state=State.STANDING, closed_on=TODAY)
    make_finding(3, state=State.PHASED)
    late = make_finding(4, state=State.IN_PROGRESS, deadline=TODAY - dt.timedelta(days=2))
    make_measure(late, 1, deadline=TODAY, state=State.IN_PROGRESS)
    client.force_login(office.leader)
    opened = 0
    for paragraph in summary.summary(office.leader, TODAY, WEEK):
        for figure in paragraph.figures:
            if "counted=" in figure.address and figure.number.isdigit() and figure.after == "个":
                page = client.get(figure.address)
                assert (figure.before, page.context["count"]) == (figure.before, figure.number)
                opened += 1
    assert opened >= 6


def test_the_summary_is_text_to_be_copied(client, office, make_finding) -> None:
    make_finding(1)
    client.force_login(office.clerk)
    page = client.get("/weekly-summary/")
    assert "共有问题1个，已销号0个" in page.context["text"]


def test_kept_counts_are_counted_anew_after_a_change_and_only_then(
    published, office, make_finding, make_measure
) -> None:
    organs = Organ.objects.filter(pk=published.pk)
    assert of_organs(organs, TODAY).get().overdue == 0
    with CaptureQueriesContext(connection) as queries:
        of_organs(organs, TODAY).get()
    assert len(queries) == 2  # what is stale, and what is kept
    finding = make_finding(700, state=State.IN_PROGRESS, deadline=TODAY - dt.timedelta(days=1))
    make_measure(finding, 1, deadline=TODAY - dt.timedelta(days=1), owner=office.owner.person)
    kept = of_organs(organs, TODAY).get()
    assert (kept.total, kept.overdue, kept.measures_total) == (698, 1, 1)
    measure = Measure.objects.select_related("finding", "organ").get()
    said = measures.Report("完成", State.COMPLETED)
    measures.report(measure=measure, said=said, by=office.owner, expected_version=1)
    assert of_organs(organs, TODAY).get().overdue == 0


def test_a_supervisor_drills_down_and_a_neighbour_sees_nothing(
    client, supervisor, published, make_organ, make_account
) -> None:
    client.force_login(supervisor)
    page = client.get("/findings/", {"organ": published.pk, "counted": "phased"})
    assert page.context["count"] == "4"
    stranger = make_account(make_organ("neighbour", "红河区巡察办"), "周行", Role.SUPERVISOR)
    client.force_login(stranger)
    assert client.get("/organs/").context["rows"] == []
    assert client.get("/findings/", {"organ": published.pk}).context["count"] == "0"


def test_more_organs_take_no_more_queries(client, supervisor, make_organ, make_account) -> None:
    from xiaohao.rectification.models import Inspection

    client.force_login(supervisor)

    def add(number: int) -> None:
        below = make_organ(f"below{number}", f"第{number}个单位", parent=supervisor.organ)
        now = timezone.now()
        stamps = {"organ": below, "created_at": now, "changed_at": now}
        inspection = Inspection.objects.create(number=1, title="巡察", **stamps)
        area = Area.objects.create(inspection=inspection, number=1, title="方面", **stamps)
        Finding.objects.create(inspection=inspection, area=area, number=1, code="1-1", title="问题", **stamps)
        make_account(below, "干事", Role.CLERK)

    counts = []
    for number in (1, 2, 3, 4):
        add(number)
        client.get("/organs/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/organs/")
        counts.append(len(queries))
    assert len(set(counts[1:])) == 1


def test_a_supervisors_chart_shows_one_organ_at_a_time(client, supervisor, published) -> None:
    client.force_login(supervisor)
    page = client.get("/wall-chart/")
    assert page.context["filters"].organ == published.pk
    assert page.context["chart"].title == "青山区政协机关"


@pytest.mark.parametrize(
    ("day", "days", "first", "last"),
    [
        ((2026, 11, 24), 7, (2026, 11, 23), (2026, 11, 29)),
        ((2026, 2, 15), 15, (2026, 2, 1), (2026, 2, 15)),
        ((2026, 2, 16), 15, (2026, 2, 16), (2026, 2, 28)),
        ((2026, 12, 31), 30, (2026, 12, 1), (2026, 12, 31)),
    ],
)
def test_a_summary_is_about_a_week_a_half_month_or_a_month(day, days, first, last) -> None:
    period = summary.period_of(dt.date(*day), days)
    assert (period.first, period.last) == (dt.date(*first), dt.date(*last))


def test_the_rhythm_of_the_summary_is_a_setting(client, office) -> None:
    from xiaohao.core.services.settings import set_value

    client.force_login(office.clerk)
    assert client.get("/weekly-summary/").context["period"].days == 7
    set_value(key="summary.rhythm_days", value=30, valid_from=TODAY, source="", by=office.clerk)
    assert client.get("/weekly-summary/").context["period"].days == 30
    assert "半月小结" in client.get("/weekly-summary/", {"days": "15"}).context["text"]

"""The list, a finding, and what I owe: right content, right people, a constant number of queries."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from xiaohao.core.models import Role
from xiaohao.rectification.models import State


@pytest.fixture
def owner(organ, make_account):
    return make_account(organ, "方晓", Role.OWNER)


def queries(client, path: str) -> int:
    """Return how many queries a page takes."""
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", ["/findings/", "/my-duties/", "/wall-chart/"])
def test_more_findings_take_no_more_queries(client, clerk, owner, make_finding, make_measure, path) -> None:
    client.force_login(owner if path == "/my-duties/" else clerk)
    make_measure(make_finding(1), owner=owner.person)
    client.get(path)
    few = queries(client, path)
    for number in range(2, 30):
        make_measure(make_finding(number), owner=owner.person)
    assert queries(client, path) == few


def test_a_finding_with_more_measures_takes_no_more_queries(
    client, clerk, make_finding, make_measure
) -> None:
    client.force_login(clerk)
    finding = make_finding()
    make_measure(finding, 1)
    path = f"/findings/{finding.pk}/"
    client.get(path)
    few = queries(client, path)
    for number in range(2, 12):
        make_measure(finding, number)
    assert queries(client, path) == few


def test_the_list_pages_by_key(client, clerk, make_finding) -> None:
    client.force_login(clerk)
    for number in range(1, 61):
        make_finding(number, f"第{number}个问题")
    first = client.get("/findings/")
    assert [finding.number for finding, *_rest in first.context["findings"]] == list(range(1, 51))
    second = client.get("/findings/", {"after": first.context["next"]})
    assert [finding.number for finding, *_rest in second.context["findings"]] == list(range(51, 61))
    assert client.get("/findings/", {"after": "nonsense"}).status_code == 400


def test_htmx_gets_the_table_alone(client, clerk, make_finding) -> None:
    client.force_login(clerk)
    make_finding()
    alone = client.get("/findings/", headers={"HX-Request": "true"})
    assert "<html" not in alone.content.decode()
    assert "HX-Request" in alone["Vary"]


@pytest.mark.parametrize(
    ("words", "found"), [("接待", [2]), ("超", [1, 2]), ("提案 超期", [1]), ("不存在的词", [])]
)
def test_search_is_right_for_short_words(client, clerk, make_finding, words: str, found: list[int]) -> None:
    client.force_login(clerk)
    make_finding(1, "提案办理超期")
    make_finding(2, "公务接待超标")
    answer = client.get("/findings/", {"q": words})
    assert [finding.number for finding, *_rest in answer.context["findings"]] == found


def test_what_i_owe_comes_most_urgent_first(client, owner, make_finding, make_measure) -> None:
    today = timezone.localdate()
    finding = make_finding()
    make_measure(finding, 1, "晚些", deadline=today + dt.timedelta(90), owner=owner.person)
    make_measure(finding, 2, "逾期", deadline=today - dt.timedelta(3), owner=owner.person)
    make_measure(finding, 3, "临近", deadline=today + dt.timedelta(2), owner=owner.person)
    make_measure(finding, 4, "别人的", deadline=today)
    client.force_login(owner)
    groups = client.get("/my-duties/").context["groups"]
    assert [[line.duty.subject for line in lines] for _label, lines in groups] == [
        ["1-1-2 逾期"],
        ["1-1-3 临近"],
        ["1-1-1 晚些"],
    ]
    assert groups[0][1][0].days == -3


def test_an_owner_reports_on_his_measure_and_on_no_other(client, owner, make_finding, make_measure) -> None:
    finding = make_finding()
    own, other = make_measure(finding, 1, owner=owner.person), make_measure(finding, 2)
    client.force_login(owner)
    report = {"progress": "已答复两件。", "state": State.IN_PROGRESS, "version": own.version}
    assert client.post(f"/measures/{own.pk}/progress/", report).status_code == 302
    assert client.post(f"/measures/{other.pk}/progress/", report).status_code == 403
    own.refresh_from_db()
    assert (own.progress, own.state) == ("已答复两件。", State.IN_PROGRESS)


def test_the_second_to_save_is_told_and_overwrites_nothing(client, clerk, make_finding) -> None:
    finding = make_finding(title="原标题")
    client.force_login(clerk)
    form = {"title": "先改的", "area": finding.area_id, "version": finding.version}
    assert client.post(f"/findings/{finding.pk}/edit/", form).status_code == 302
    late = client.post(f"/findings/{finding.pk}/edit/", form | {"title": "后改的"})
    page = late.content.decode()
    assert "已修改这条记录，您的修改没有保存" in page
    assert late.context["theirs"] == [("反馈问题", "先改的")]
    assert 'value="后改的"' in page  # nothing typed is lost
    finding.refresh_from_db()
    assert finding.title == "先改的"

    seen = form | {"title": "后改的", "version": finding.version}
    assert f'name="version" value="{finding.version}"' in page
    assert client.post(f"/findings/{finding.pk}/edit/", seen).status_code == 302
    finding.refresh_from_db()
    assert finding.title == "后改的"

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from xiaohao.core.models import Role
from xiaohao.rectification.wall_chart.chart import fingerprint

ADDRESS = "/wall-chart/"


def test_the_page_names_findings_and_links_to_them(client, make_finding) -> None:
    finding = make_finding(1, "提案办理<超期>")
    page = client.get(ADDRESS).content.decode()
    assert "提案办理&lt;超期&gt;" in page
    assert f'/{finding.pk}/">1-1 提案' in page
    assert " style=" not in page


def test_an_empty_chart_says_what_to_do_next(client) -> None:
    assert "请先导入巡察整改通报" in client.get(ADDRESS).content.decode()


def test_a_filter_that_finds_nothing_offers_to_clear_it(client, make_finding) -> None:
    make_finding(1)
    assert "清除筛选，查看全部" in client.get(ADDRESS, {"state": "closed"}).content.decode()


def test_a_refresh_gets_the_body_only_and_nothing_when_nothing_changed(client, clerk, make_finding) -> None:
    make_finding(1)
    headers = {"HX-Request": "true", "HX-Target": "wall-chart-body"}
    response = client.get(ADDRESS, headers=headers)
    assert response.content.decode().startswith('<div id="wall-chart-body"')
    assert "HX-Request" in response.headers["Vary"]
    seen = fingerprint(clerk, timezone.localdate())
    assert client.get(ADDRESS, {"seen": seen}, headers=headers).status_code == 204
    make_finding(2)
    assert client.get(ADDRESS, {"seen": seen}, headers=headers).status_code == 200


def test_the_wall_display_has_no_filters_and_keeps_its_choice_when_it_refreshes(client, make_finding) -> None:
    make_finding(1)
    page = client.get(ADDRESS, {"display": "wall", "light": "grey"}).content.decode()
    assert 'class="page-wall-chart display-wall"' in page
    assert "chart-filters" not in page
    assert "light=grey&amp;display=wall&amp;seen=" in page


def test_the_number_of_queries_does_not_grow_with_the_rows(client, make_finding, make_measure) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(ADDRESS).status_code == 200
        return len(captured)

    make_measure(make_finding(1), 1)
    queries()  # the first request of a session writes it
    first = queries()
    for number in (2, 3, 4):
        make_measure(make_finding(number), 1)
    assert queries() == first


def test_administrators_do_not_see_the_chart(client, organ, make_account) -> None:
    client.force_login(make_account(organ, "钱未", Role.SYSTEM_ADMINISTRATOR))
    assert client.get(ADDRESS).status_code == 403

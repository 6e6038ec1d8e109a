"""Paging by key gives every row once, in order, whatever the pages' size."""

import pytest
from django.core.exceptions import BadRequest
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.core.paging import bounded_count, page
from xiaohao.rectification.models import Finding


def walk(by: str, size: int) -> list[int]:
    """Return the numbers of all findings, page after page."""
    numbers: list[int] = []
    cursor = ""
    while True:
        found = page(Finding.objects.all(), by=by, cursor=cursor, size=size)
        numbers += [row.number for row in found.rows]
        assert len(found.rows) <= size
        if not found.next:
            return numbers
        cursor = found.next


@pytest.fixture
def findings(make_finding) -> list[Finding]:
    """Seven findings: equal deadlines, and two without."""
    days = ["2026-03-01", "2026-01-01", None, "2026-01-01", "2026-02-01", None, "2026-01-01"]
    return [make_finding(number, deadline=day) for number, day in enumerate(days, start=1)]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_every_row_comes_once_with_equal_and_missing_values(findings, size: int) -> None:
    assert walk("deadline", size) == [2, 4, 7, 5, 1, 3, 6]
    assert walk("-deadline", size) == [1, 5, 7, 4, 2, 6, 3]
    assert walk("inspection_id,number", size) == [1, 2, 3, 4, 5, 6, 7]
    assert walk("-state,number", size) == [7, 6, 5, 4, 3, 2, 1]
    assert walk("number", size) == [1, 2, 3, 4, 5, 6, 7]


@given(st.text(max_size=40).filter(bool))
def test_a_cursor_nobody_issued_is_refused(cursor: str) -> None:
    with pytest.raises(BadRequest):
        page(Finding.objects.all(), by="number", cursor=cursor)


def test_a_count_stops_at_its_limit(findings) -> None:
    assert bounded_count(Finding.objects.all(), limit=5) == (5, True)
    assert bounded_count(Finding.objects.all(), limit=7) == (7, False)

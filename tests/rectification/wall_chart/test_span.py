import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from xiaohao.rectification.models import State
from xiaohao.rectification.wall_chart.bars import bar_of, drawing
from xiaohao.rectification.wall_chart.span import Month, Span, span_of

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


def test_a_span_is_whole_months_with_today_in_it() -> None:
    span = span_of([dt.date(2025, 4, 2), dt.date(2025, 12, 31)], dt.date(2025, 6, 10))
    assert span == Span(dt.date(2025, 4, 1), dt.date(2026, 1, 1))
    assert [month.label for month in span.months()] == [
        "2025.4", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月",
    ]  # fmt: skip


def test_one_wrong_date_does_not_squeeze_the_chart() -> None:
    span = span_of([dt.date(2205, 4, 2)], dt.date(2025, 6, 10))
    assert span.end == dt.date(2027, 7, 1)


def test_a_long_span_labels_some_months_only() -> None:
    months = Span(dt.date(2024, 1, 1), dt.date(2026, 1, 1)).months()
    assert months[:2] == [Month("2024.1", 0, 82), Month("3月", 82, 84)]


@given(days=st.lists(DAYS), today=DAYS)
def test_the_months_fill_the_width_without_gap(days: list[dt.date], today: dt.date) -> None:
    months = span_of(days, today).months()
    assert [month.x for month in months] == [0, *(month.x + month.width for month in months[:-1])]
    assert months[-1].x + months[-1].width == 1000


@given(
    start=st.none() | DAYS, feedback=DAYS, deadline=st.none() | DAYS, today=DAYS, state=st.sampled_from(State)
)
def test_a_bar_is_seen_and_stays_on_the_chart(start, feedback, deadline, today, state) -> None:
    span = span_of([], today)
    bar = bar_of(span, starts_on=start, fallback=feedback, deadline=deadline, state=state)
    assert 0 <= bar.x <= bar.x + bar.width <= 1000
    assert bar.width >= 6


def test_a_bar_runs_from_its_start_to_the_end_of_the_day_of_its_deadline() -> None:
    span = Span(dt.date(2025, 4, 1), dt.date(2025, 5, 1))
    bar = bar_of(
        span,
        starts_on=None,
        fallback=dt.date(2025, 4, 1),
        deadline=dt.date(2025, 4, 15),
        state=State.IN_PROGRESS,
    )
    assert (bar.x, bar.width, bar.begin, bar.deadline) == (0, 500, None, 500)


def test_each_state_looks_different_without_colour() -> None:
    span = Span(dt.date(2025, 4, 1), dt.date(2025, 5, 1))
    drawings = {
        drawing(bar_of(span, starts_on=None, fallback=span.start, deadline=span.start, state=state))
        for state in State
    }
    assert len(drawings) == len(State)

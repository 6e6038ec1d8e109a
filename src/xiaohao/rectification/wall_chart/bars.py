"""The bar of one measure, and its drawing as a small picture that stretches with its column."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from xiaohao.rectification.models import State
from xiaohao.rectification.wall_chart.span import WIDTH, Month, Span

NARROWEST = 6  # per mille, so that a measure of one day is still seen
STRUCK = (State.CLOSED,)
HATCHED = {State.PHASED: "chart-hatch", State.COMPLETED: "chart-cross"}  # pattern over the colour


@dataclass(frozen=True)
class Bar:
    """Where a bar stands, in per mille; ``deadline`` and ``begin`` are ``None`` when not stated."""

    x: int
    width: int
    begin: int | None
    deadline: int | None
    state: State


def bar_of(
    span: Span, *, starts_on: dt.date | None, fallback: dt.date, deadline: dt.date | None, state: State
) -> Bar:
    """Return the bar from the start (else ``fallback``, the feedback) to the end of the day of the deadline.

    A measure without deadline runs on to the edge of the chart.
    """
    first = span.place(starts_on or fallback)
    last = WIDTH if deadline is None else span.place(deadline + dt.timedelta(days=1))
    width = max(NARROWEST, last - first)
    x = min(first, max(0, last - width), WIDTH - width)
    return Bar(
        x=x,
        width=width,
        begin=None if starts_on is None else x,
        deadline=None if deadline is None else x + width,
        state=state,
    )


def drawing(bar: Bar) -> SafeString:
    """Return the bar as inline SVG. Only whole numbers and fixed words go in, so nothing needs escaping."""
    x, width, end = bar.x, bar.width, bar.x + bar.width
    parts = [
        '<svg class="bar" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">',
        '<use href="#chart-months"/>',
        f'<rect class="bar-{bar.state}" x="{x}" y="5" width="{width}" height="10"/>',
    ]
    if bar.state in HATCHED:
        pattern = HATCHED[bar.state]
        parts.append(f'<rect fill="url(#{pattern})" x="{x}" y="5" width="{width}" height="10"/>')
    if bar.state in STRUCK:
        parts.append(f'<path class="bar-strike" d="M{x} 10H{end}"/>')
    if bar.begin is not None:
        parts.append(f'<path class="bar-begin" d="M{bar.begin} 3V17"/>')
    if bar.deadline is not None:
        parts.append(f'<path class="bar-deadline" d="M{bar.deadline} 1V19"/>')
    else:
        parts.append(f'<path class="bar-open-end" d="M{end - 12} 2L{end - 1} 10L{end - 12} 18"/>')
    parts.append('<use href="#chart-today"/></svg>')
    return mark_safe("".join(parts))  # numbers and constants only


def drawing_of_scale(months: Sequence[Month], today: int) -> SafeString:
    """Return the definitions all bars use: month lines, today's line and the hatching."""
    lines = "".join(f"M{month.x} -80V100" for month in months)
    return mark_safe(
        '<svg class="chart-definitions" width="0" height="0" aria-hidden="true"><defs>'
        f'<path id="chart-months" class="month-line" d="{lines}"/>'
        f'<path id="chart-today" class="today-line" d="M{today} -80V100"/>'
        '<pattern id="chart-hatch" width="10" height="20" patternUnits="userSpaceOnUse">'
        '<path class="hatch-line" d="M0 20L10 0"/></pattern>'
        '<pattern id="chart-cross" width="10" height="20" patternUnits="userSpaceOnUse">'
        '<path class="hatch-line" d="M0 20L10 0M0 0L10 20"/></pattern>'
        "</defs></svg>"
    )


def drawing_of_axis(months: Sequence[Month]) -> SafeString:
    """Return the months above the bars, placed in per cent so that their letters keep their shape."""
    labels = "".join(
        f'<path class="month-line" d="M0 0V40"/><text x="3" y="20">{month.label}</text>'.join(
            (f'<svg x="{month.x / 10}%" width="{month.width / 10}%" height="100%">', "</svg>")
        )
        for month in months
    )
    return mark_safe(f'<svg class="axis" aria-hidden="true">{labels}</svg>')

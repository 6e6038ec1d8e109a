"""Graded supervision orders (督办单): blue when near, yellow when behind, red when late.

Grades and the letter after a second yellow follow what offices do; all limits are settings.
"""

import datetime as dt

from django.db import transaction

from xiaohao.core.dated_settings import value
from xiaohao.core.models import Organ
from xiaohao.core.services import records
from xiaohao.rectification.models import OPEN_STATES, Measure, SupervisionOrder
from xiaohao.rectification.services.measures import mark_late

Grade = SupervisionOrder.Grade


def behind(measure: Measure, today: dt.date, tolerance: int, most_stalled: int) -> bool:
    """Tell whether progress lags behind time by more than ``tolerance`` percent, or stands still."""
    if measure.stalled_reports >= most_stalled:
        return True
    if measure.starts_on is None or measure.deadline is None or measure.deadline <= measure.starts_on:
        return False
    passed = (today - measure.starts_on).days * 100 / (measure.deadline - measure.starts_on).days
    return passed - measure.percent > tolerance


def grade_of(measure: Measure, today: dt.date, near: int, tolerance: int, most_stalled: int) -> Grade | None:
    """Return the gravest grade that fits a measure, None where all is well."""
    if measure.deadline is not None and measure.deadline < today:
        return Grade.RED
    if behind(measure, today, tolerance, most_stalled):
        return Grade.YELLOW
    if measure.deadline is not None and measure.deadline <= today + dt.timedelta(days=near):
        return Grade.BLUE
    return None


@transaction.atomic
def issue(organ: Organ, today: dt.date) -> int:
    """Mark what is late and issue the orders due today; a second run issues nothing. Return how many."""
    mark_late(organ, today)
    near, tolerance, stalled, letter_from, again = (
        int(value(organ, key, today))
        for key in (
            "lights.near_days",
            "orders.behind_percent",
            "progress.stalled_reports",
            "orders.letter_from",
            "orders.again_days",
        )
    )
    rows = (
        Measure.objects.filter(organ=organ, state__in=OPEN_STATES, deadline__isnull=False)
        .select_related("organ")
        .prefetch_related("orders")
    )
    count = 0
    for measure in rows:
        grade = grade_of(measure, today, near, tolerance, stalled)
        assert measure.deadline is not None  # noqa: S101 - filtered above
        earlier = [one for one in measure.orders.all() if one.grade == grade]
        of_deadline = [one for one in earlier if one.deadline == measure.deadline]
        # Near and late are said once for a deadline; being behind is said again after some days.
        if grade is None or (of_deadline and grade != Grade.YELLOW):
            continue
        if earlier and grade == Grade.YELLOW and (today - earlier[0].issued_on).days < again:
            continue
        number = len(earlier) + 1
        order = SupervisionOrder(
            organ=organ,
            measure=measure,
            grade=grade,
            deadline=measure.deadline,
            number=number,
            letter=grade == Grade.YELLOW and number >= letter_from,
            issued_on=today,
        )
        records.create(order, by=None, action="supervision_order.created")
        count += 1
    return count

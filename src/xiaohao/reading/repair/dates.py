"""Dates that lost their 年 or 月, or the digits printed in another font."""

import re
from datetime import date

_RUN = re.compile(r"(?P<year>(?:19|20)\d\d)年?(?P<digits>\d{2,4})日?")


def date_readings(text: str) -> list[date]:
    """Return every date that a run of digits such as ``2024717日`` may stand for, in order.

    The year comes first, the day last, and no digit is dropped or added; more than one result means that only
    a person can tell. Text that is no such run gives an empty list.
    """
    run = _RUN.fullmatch(text.strip())
    if run is None:
        return []
    year, digits = int(run["year"]), run["digits"]
    splits = ((digits[:cut], digits[cut:]) for cut in (1, 2))
    readings = {
        _date(year, int(month), int(day))
        for month, day in splits
        if (1 <= len(day) <= 2 and month[0] != "0" and day[0] != "0") or len(month) == len(day) == 2
    }
    return sorted(reading for reading in readings if reading is not None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""The working calendar: the library's table, and what an administrator entered on top."""

from xiaohao.core.models import CalendarDay, CalendarYear
from xiaohao.lib.working_days import WorkingDays


def working_days() -> WorkingDays:
    """Return the calendar as it stands now; the entered days win over the library's."""
    return WorkingDays(
        dict(CalendarDay.objects.values_list("day", "working")),
        covered_years=list(CalendarYear.objects.values_list("year", flat=True)),
    )

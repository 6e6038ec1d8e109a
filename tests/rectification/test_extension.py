"""Extensions: asked in time, decided, limited, and visible."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from xiaohao.ledger.models import Decision
from xiaohao.ledger.services import decisions
from xiaohao.rectification.decisions import EXTENSION
from xiaohao.rectification.models import Extension, Measure
from xiaohao.rectification.services import measures
from xiaohao.rectification.wall_chart import Filters, build

TODAY = timezone.localdate()


@pytest.fixture
def measure(work) -> Measure:
    return work().measures.select_related("finding__inspection", "finding__accountable_leader", "organ").get()


def ask(measure: Measure, by, day: dt.date) -> Decision:
    content = {"deadline": day.isoformat()}
    return decisions.ask(EXTENSION, about=measure, reason="等待上级批复。", by=by, content=content)


def grant(measure: Measure, office, day: dt.date) -> Measure:
    asked = ask(measure, office.owner, day)
    decisions.agree(decision=asked, opinion="", by=office.clerk)
    decisions.agree(decision=asked, opinion="同意延期", by=office.leader)
    measure.refresh_from_db()
    return measure


def test_a_granted_extension_shows_the_first_and_the_new_day(measure, office) -> None:
    first, new = measure.deadline, measure.deadline + dt.timedelta(days=20)
    grant(measure, office, new)
    assert (measure.original_deadline, measure.deadline) == (first, new)
    measure.finding.refresh_from_db()
    assert measure.finding.deadline == new
    row = build(office.leader, Filters(), TODAY).areas[0].findings[0].measures[0]
    assert (row.deadline, row.original) == (new.isoformat(), f"原{first.isoformat()}")


def test_after_a_second_one_the_first_day_is_still_shown(measure, office) -> None:
    first = measure.deadline
    for days in (20, 40):
        grant(measure, office, first + dt.timedelta(days=days))
    assert measure.original_deadline == first
    assert [one.to_deadline for one in Extension.objects.all()] == [
        first + dt.timedelta(days=20),
        first + dt.timedelta(days=40),
    ]


def test_the_number_of_extensions_is_limited(measure, office) -> None:
    first = measure.deadline
    for days in (20, 40):
        grant(measure, office, first + dt.timedelta(days=days))
    with pytest.raises(ValidationError, match="已经延期 2 次，达到上限"):
        ask(measure, office.owner, first + dt.timedelta(days=60))


@pytest.mark.parametrize(
    ("days", "why"), [(0, "新时限要晚于原时限"), (-3, "新时限要晚于原时限"), (91, "一次最多延期 90 天")]
)
def test_its_length_is_limited(measure, office, days: int, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        ask(measure, office.owner, measure.deadline + dt.timedelta(days=days))


def test_it_is_asked_before_the_deadline(work, office) -> None:
    late = work(deadline=TODAY - dt.timedelta(days=1)).measures.select_related("finding", "organ").get()
    with pytest.raises(ValidationError, match="延期要在到期之前申请"):
        ask(late, office.owner, TODAY + dt.timedelta(days=9))


def test_asked_in_time_and_signed_later_it_still_counts(measure, office) -> None:
    asked = ask(measure, office.owner, measure.deadline + dt.timedelta(days=20))
    last = measure.deadline
    Measure.objects.filter(pk=measure.pk).update(deadline=TODAY - dt.timedelta(days=1))
    Decision.objects.filter(pk=asked.pk).update(created_at=timezone.now() - dt.timedelta(days=5))
    assert measures.mark_late(measure.organ, TODAY) == 0  # nobody is late while it waits
    decisions.agree(decision=asked, opinion="", by=office.clerk)
    decisions.agree(decision=asked, opinion="", by=office.leader)
    measure.refresh_from_db()
    assert measure.deadline == last + dt.timedelta(days=20)


def test_a_refused_extension_changes_nothing(measure, office) -> None:
    before = measure.deadline
    asked = ask(measure, office.owner, before + dt.timedelta(days=20))
    decisions.refuse(decision=asked, opinion="抓紧办", by=office.clerk)
    measure.refresh_from_db()
    assert (measure.deadline, measure.original_deadline, Extension.objects.count()) == (before, None, 0)


def test_it_is_asked_in_a_page(client, measure, office) -> None:
    client.force_login(office.owner)
    form = {"deadline": (measure.deadline + dt.timedelta(days=10)).isoformat(), "reason": "等待批复"}
    assert client.post(f"/measures/{measure.pk}/extension/", form).status_code == 302
    page = client.post(f"/measures/{measure.pk}/extension/", form).content.decode()
    assert "申请正在审批，请等待结果。" in page
    client.force_login(office.leader)
    assert client.get(f"/measures/{measure.pk}/extension/").status_code == 403

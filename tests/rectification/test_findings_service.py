"""Changing findings and measures."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from xiaohao.core.models import AuditEntry
from xiaohao.core.services import audit
from xiaohao.core.services.records import Conflict
from xiaohao.rectification.models import Finding, State
from xiaohao.rectification.services import findings, measures, search


@pytest.mark.parametrize(
    ("states", "closed", "expected"),
    [
        ([], False, State.NOT_STARTED),
        ([State.NOT_STARTED], False, State.NOT_STARTED),
        ([State.NOT_STARTED, State.CLOSED], False, State.IN_PROGRESS),
        ([State.CLOSED, State.PHASED], False, State.PHASED),
        ([State.CLOSED, State.COMPLETED, State.STANDING], False, State.COMPLETED),
        ([State.CLOSED, State.STANDING], False, State.COMPLETED),
        ([State.CLOSED, State.STANDING], True, State.STANDING),
        ([State.CLOSED, State.CLOSED], True, State.CLOSED),
    ],
)
def test_state_of_a_finding_follows_from_its_measures_and_its_closing(states, closed, expected) -> None:
    assert findings.overall_state(states, closed=closed) == expected


def test_a_reported_measure_moves_its_finding_and_leaves_its_entries(
    make_finding, make_measure, clerk
) -> None:
    finding = make_finding()
    measure = make_measure(finding, deadline=dt.date(2025, 6, 30))
    before = AuditEntry.objects.count()

    said = measures.Report("已召开专题会议", State.COMPLETED)
    measures.report(measure=measure, said=said, by=clerk, expected_version=1)

    finding.refresh_from_db()
    entry = AuditEntry.objects.get(action="measure.progress_reported")
    assert (finding.state, finding.deadline) == (State.COMPLETED, dt.date(2025, 6, 30))
    assert AuditEntry.objects.count() == before + 2  # the measure, and the report itself
    assert entry.changes["progress"] == ["", "已召开专题会议"]
    assert entry.changes["state"] == ["not_started", "completed"]
    assert entry.changes["percent"] == [0, 100]


def test_an_owner_cannot_close_his_own_work_by_reporting(make_finding, make_measure, clerk) -> None:
    measure = make_measure(make_finding())
    said = measures.Report("好了", State.CLOSED)
    with pytest.raises(ValidationError, match="不能由责任人报告"):
        measures.report(measure=measure, said=said, by=clerk, expected_version=1)


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(make_finding, clerk) -> None:
    finding = make_finding()
    findings.change_finding(finding=finding, values={"title": "甲的修改"}, by=clerk, expected_version=1)
    before = AuditEntry.objects.count()

    with pytest.raises(Conflict, match="林清越"):
        findings.change_finding(finding=finding, values={"title": "乙的修改"}, by=clerk, expected_version=1)

    assert Finding.objects.get().title == "甲的修改"
    assert AuditEntry.objects.count() == before


def test_a_change_of_nothing_is_not_logged(make_finding, clerk) -> None:
    finding = make_finding()
    before = AuditEntry.objects.count()
    findings.change_finding(
        finding=finding, values={"title": finding.title}, by=clerk, expected_version=finding.version
    )
    assert AuditEntry.objects.count() == before


def test_the_log_of_real_changes_verifies(make_finding, make_measure, clerk) -> None:
    make_measure(make_finding())
    assert list(audit.verify()) == []


@pytest.mark.parametrize("words", ["提案", "办理", "超期", "提案办理", "提 案", "1-1", "案"])
def test_search_finds_words_of_one_to_four_characters(make_finding, words) -> None:
    make_finding(1, "提案办理超期")
    make_finding(2, "公务卡使用不规范")
    assert [f.number for f in search.matching(Finding.objects.all(), words)] == [1]


def test_search_does_not_join_characters_that_do_not_stand_together(make_finding) -> None:
    make_finding(1, "提案办理超期")
    assert list(search.matching(Finding.objects.all(), "提办")) == []


def test_search_knows_the_new_text_after_a_change(make_finding, clerk) -> None:
    finding = make_finding(1, "提案办理超期")
    findings.change_finding(finding=finding, values={"title": "合同验收缺失"}, by=clerk, expected_version=1)
    assert list(search.matching(Finding.objects.all(), "提案")) == []
    assert [f.number for f in search.matching(Finding.objects.all(), "验收")] == [1]

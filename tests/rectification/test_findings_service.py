"""Changing findings and measures."""

import datetime as dt

import pytest

from xiaohao.core.models import AuditEntry
from xiaohao.core.services import audit
from xiaohao.core.services.records import Conflict
from xiaohao.rectification.models import Finding, State
from xiaohao.rectification.services import findings, search


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], State.NOT_STARTED),
        ([State.NOT_STARTED], State.NOT_STARTED),
        ([State.NOT_STARTED, State.CLOSED], State.IN_PROGRESS),
        ([State.CLOSED, State.PHASED], State.PHASED),
        ([State.CLOSED, State.COMPLETED, State.STANDING], State.COMPLETED),
        ([State.CLOSED, State.STANDING], State.STANDING),
        ([State.CLOSED, State.CLOSED], State.CLOSED),
    ],
)
def test_state_of_a_finding_follows_from_its_measures(states, expected) -> None:
    assert findings.overall_state(states) == expected


def test_a_reported_measure_moves_its_finding_and_leaves_one_entry(make_finding, make_measure, clerk) -> None:
    finding = make_finding()
    measure = make_measure(finding, deadline=dt.date(2025, 6, 30))
    before = AuditEntry.objects.count()

    findings.report_progress(
        measure=measure, progress="已召开专题会议", state=State.COMPLETED, by=clerk, expected_version=1
    )

    finding.refresh_from_db()
    entry = AuditEntry.objects.latest("sequence")
    assert (finding.state, finding.deadline) == (State.COMPLETED, dt.date(2025, 6, 30))
    assert AuditEntry.objects.count() == before + 1
    assert entry.action == "measure.progress_reported"
    assert entry.changes == {"progress": ["", "已召开专题会议"], "state": ["not_started", "completed"]}


def test_an_owner_cannot_close_his_own_work_by_reporting(make_finding, make_measure, clerk) -> None:
    measure = make_measure(make_finding())
    with pytest.raises(ValueError, match="closed"):
        findings.report_progress(
            measure=measure, progress="好了", state=State.CLOSED, by=clerk, expected_version=1
        )


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

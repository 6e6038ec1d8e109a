"""Closing on proof: what is missing at each moment, and what may no longer change afterwards."""

import datetime as dt
import io
import zipfile

import docx
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from xiaohao.core.models import AuditEntry, Role
from xiaohao.ledger.models import Decision
from xiaohao.ledger.services import decisions
from xiaohao.rectification.decisions import FINDING_CLOSING, MEASURE_CLOSING
from xiaohao.rectification.models import Kind, Measure, Rule, State
from xiaohao.rectification.services import analysis, measures


def measure_of(finding) -> Measure:
    return finding.measures.select_related(
        "finding__inspection", "finding__accountable_leader", "organ"
    ).get()


def test_a_measure_says_what_it_lacks(work, office) -> None:
    measure = measure_of(work(kind=Kind.STANDING))
    with pytest.raises(ValidationError) as refused:
        decisions.ask(MEASURE_CLOSING, about=measure, reason="办完了。", by=office.owner)
    assert refused.value.messages == [
        "责任人还没有报告完成",
        "没有佐证材料",
        "长期坚持的措施没有写明跟踪间隔",
    ]


def test_a_finding_says_what_it_lacks(work, office) -> None:
    finding = work("修订办法", "开展培训")
    assert decisions.why_not(FINDING_CLOSING, finding, office.clerk) == [
        "措施 1-1-1 还没有销号（未启动）",
        "措施 1-1-2 还没有销号（未启动）",
        "没有写明原因分析",
        "没有说明建章立制情况：登记制度，或写明不需要的理由",
    ]


def test_a_rule_that_answers_the_finding_is_enough(work, office) -> None:
    finding = work()
    values = {"name": "提案办理办法", "change": "revised", "findings": [finding], "text": "第一条……"}
    analysis.create_rule(Rule(organ=finding.organ), values, office.clerk)
    missing = decisions.why_not(FINDING_CLOSING, finding, office.clerk)
    assert not any("建章立制" in reason for reason in missing)


def test_a_finding_is_struck_off_by_office_leader_and_head(work, strike_off, office) -> None:
    finding = strike_off(work())
    assert (finding.state, finding.closed_on) == (State.CLOSED, timezone.localdate())
    decision = Decision.objects.get(kind="finding.closing")
    signed = [(one.person, one.position) for one in decision.signatures.all()]
    assert signed == [(office.discipline.person, 1), (office.leader.person, 2), (office.head.person, 3)]


def test_where_it_is_set_the_supervisor_confirms(
    work, strike_off, office, organ, make_organ, make_account
) -> None:
    from xiaohao.core.models import Organ
    from xiaohao.core.services.settings import set_value

    above = make_organ("above", "市委巡察办")
    Organ.objects.filter(pk=organ.pk).update(parent=above, path=f"{above.path}{organ.pk}/")
    supervisor = make_account(above, "程言", Role.SUPERVISOR)
    day = timezone.localdate()
    set_value(key="closing.supervisor_confirms", value=1, valid_from=day, source="", by=office.clerk)
    finding = strike_off(work())
    assert finding.closed_on is None
    waiting = Decision.objects.get(kind="finding.closing")
    assert decisions.waiting_for(supervisor) == [waiting]
    decisions.agree(decision=waiting, opinion="确认", by=supervisor)
    finding.refresh_from_db()
    assert finding.closed_on == day


def test_a_standing_measure_ends_in_standing_and_is_followed_up(work, strike_off, office) -> None:
    finding = strike_off(work(kind=Kind.STANDING, follow_up_days=90))
    assert finding.state == State.STANDING
    measure = measure_of(finding)
    assert measure.state == State.STANDING
    said = measures.Report("本季度落实。", State.STANDING)
    followed = measures.report(measure=measure, said=said, by=office.owner, expected_version=measure.version)
    assert (followed.state, followed.progress) == (State.STANDING, "本季度落实。")


def test_what_is_closed_is_reported_on_no_more(work, strike_off, office) -> None:
    measure = measure_of(strike_off(work()))
    said = measures.Report("再报一次", State.IN_PROGRESS)
    with pytest.raises(ValidationError, match="现在的状态是“已销号”"):
        measures.report(measure=measure, said=said, by=office.owner, expected_version=measure.version)


def test_while_its_closing_is_signed_a_measure_is_not_reported_on(work, complete, office) -> None:
    done = complete(measure_of(work()))
    decisions.ask(MEASURE_CLOSING, about=done, reason="办完了。", by=office.owner)
    said = measures.Report("又想改", State.IN_PROGRESS)
    with pytest.raises(ValidationError, match="正在审批"):
        measures.report(measure=done, said=said, by=office.owner, expected_version=done.version)


def test_the_page_shows_what_is_missing_and_offers_no_closing(client, work, office) -> None:
    finding = work()
    client.force_login(office.clerk)
    page = client.get(f"/findings/{finding.pk}/").content.decode()
    assert "措施 1-1-1 还没有销号（未启动）" in page
    assert f"/findings/{finding.pk}/closing/" not in page


def test_the_closing_form_comes_as_word_and_pdf(client, work, strike_off, office) -> None:
    finding = strike_off(work())
    client.force_login(office.clerk)
    word = client.get(f"/findings/{finding.pk}/closing-form.docx")
    document = docx.Document(io.BytesIO(word.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "没有人负责" in cells
    assert any("沈秋" in cell for cell in cells)
    assert client.get(f"/findings/{finding.pk}/closing-form.pdf").content.startswith(b"%PDF")


def test_there_is_no_closing_form_before_the_closing(client, work, office) -> None:
    client.force_login(office.clerk)
    assert client.get(f"/findings/{work().pk}/closing-form.pdf").status_code == 404


def test_the_evidence_comes_as_one_ordered_archive(client, work, strike_off, office) -> None:
    finding = strike_off(work("修订办法", "开展培训"))
    client.force_login(office.leader)
    answer = client.get("/evidence-archive/", {"finding": finding.pk})
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:
        assert archive.namelist() == [
            "1-1 提案办理超期/1-1-1 修订办法/01 现场照片.jpg",
            "1-1 提案办理超期/1-1-2 开展培训/01 现场照片.jpg",
            "00 佐证材料目录.xlsx",
        ]
        assert archive.testzip() is None


def test_three_reports_without_progress_are_seen(client, work, office) -> None:
    measure = measure_of(work())
    for text in ("正在协调", "仍在协调", "还在协调", "继续协调"):
        said = measures.Report(text, State.IN_PROGRESS)
        measure = measures.report(
            measure=measure, said=said, by=office.owner, expected_version=measure.version
        )
    assert measure.stalled_reports == 3  # the first one started it
    client.force_login(office.leader)
    assert "连续 3 次报告没有进展" in client.get(f"/measures/{measure.pk}/").content.decode()
    said = measures.Report("完成一半", State.IN_PROGRESS, percent=50)
    moved = measures.report(measure=measure, said=said, by=office.owner, expected_version=measure.version)
    assert moved.stalled_reports == 0


def test_late_once_stays_late_for_ever(work, office) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    finding = work(deadline=yesterday)
    assert measures.mark_late(finding.organ, timezone.localdate()) == 1
    assert measures.mark_late(finding.organ, timezone.localdate()) == 0
    measure = measure_of(finding)
    said = measures.Report("补完了", State.COMPLETED)
    done = measures.report(measure=measure, said=said, by=office.owner, expected_version=measure.version)
    assert done.late_since == timezone.localdate()
    assert AuditEntry.objects.filter(action="measure.marked_late").count() == 1

"""Controls, what they find, explanations, and the relapse alarm of a closed finding."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from tests.days import TODAY, ago

from xiaohao.core.models import AuditEntry
from xiaohao.core.services import audit, records
from xiaohao.core.services.settings import set_value
from xiaohao.ledger.controls import CONTROLS
from xiaohao.ledger.duties import duties_of_account
from xiaohao.ledger.indicators import INDICATORS, Period, figure
from xiaohao.ledger.models import ControlDay, ControlHit
from xiaohao.ledger.services import controls
from xiaohao.rectification.models import Finding, Kind, Measure, Rule, State
from xiaohao.rectification.proofs import alarm_condition
from xiaohao.rectification.services import analysis, measures
from xiaohao.rectification.wall_chart import Filters, build


def hits(key: str) -> list[tuple[str, str]]:
    rows = ControlHit.objects.filter(control=key).order_by("id")
    return [(hit.about_label[:5], hit.state) for hit in rows]


@pytest.fixture
def standing(work, strike_off) -> Finding:
    """A closed finding with a standing measure, followed up every thirty days."""
    return strike_off(work(kind=Kind.STANDING, follow_up_days=30))


@pytest.mark.parametrize(("days", "broken"), [(30, False), (31, True)])
def test_standing_measures_are_followed_up_within_their_interval(standing, days, broken) -> None:
    Measure.objects.update(last_reported_on=ago(days))
    controls.run(standing.organ, TODAY)
    assert bool(hits("standing.not_followed")) == broken


@pytest.mark.parametrize(("days", "broken"), [(90, False), (91, True)])
def test_without_an_interval_of_its_own_the_setting_counts(standing, days, broken) -> None:
    Measure.objects.update(last_reported_on=ago(days), follow_up_days=None)
    controls.run(standing.organ, TODAY)
    assert bool(hits("standing.not_followed")) == broken


def test_a_closed_measure_needs_something_that_proves_it(
    work, strike_off, make_finding, make_measure
) -> None:
    strike_off(work())
    bare = make_finding(2)
    make_measure(bare, 1, state=State.CLOSED)
    make_measure(bare, 2, state=State.CLOSED, evidence="见档案第3卷")
    controls.run(bare.organ, TODAY)
    assert hits("closing.without_evidence") == [("1-2-1", "open")]


def test_a_rule_needs_its_text_unless_it_was_repealed(office) -> None:
    organ = office.clerk.organ
    for name, change, text in (
        ("甲办法", "made", ""),
        ("乙办法", "repealed", ""),
        ("丙办法", "made", "第一条"),
    ):
        analysis.create_rule(Rule(organ=organ), {"name": name, "change": change, "text": text}, office.clerk)
    controls.run(organ, TODAY)
    assert hits("rule.without_text") == [("甲办法", "open")]


@pytest.mark.parametrize(("days", "broken"), [(180, False), (181, True)])
def test_closed_findings_are_looked_back_on(make_finding, days, broken) -> None:
    finding = make_finding(1, state=State.CLOSED, closed_on=ago(days))
    controls.run(finding.organ, TODAY)
    assert bool(hits("finding.not_looked_back")) == broken


def test_a_second_run_changes_nothing(standing) -> None:
    Measure.objects.update(last_reported_on=ago(40))
    assert controls.run(standing.organ, TODAY) == 1
    entries = AuditEntry.objects.count()
    assert controls.run(standing.organ, TODAY) == 0
    assert AuditEntry.objects.count() == entries
    assert list(audit.verify()) == []


def test_what_was_put_right_is_closed_and_opens_again_when_it_breaks_again(standing, office) -> None:
    Measure.objects.update(last_reported_on=ago(40))
    controls.run(standing.organ, TODAY)
    measure = Measure.objects.select_related("finding__inspection", "organ").get()
    said = measures.Report("本月落实。", State.STANDING)
    measures.report(measure=measure, said=said, by=office.owner, expected_version=measure.version)
    controls.run(standing.organ, TODAY)
    hit = ControlHit.objects.get(control="standing.not_followed")
    assert (hit.state, hit.gone_on) == ("closed", TODAY)
    later = TODAY + dt.timedelta(days=31)
    assert controls.run(standing.organ, later) == 1
    hit.refresh_from_db()
    assert (hit.state, hit.found_on, hit.gone_on) == ("open", later, None)


def test_an_explanation_counts_until_its_day_or_until_the_record_changes(standing, office) -> None:
    Measure.objects.update(last_reported_on=ago(40))
    controls.run(standing.organ, TODAY)

    def explained() -> ControlHit:
        hit = ControlHit.objects.select_related("organ").get(control="standing.not_followed")
        return controls.explain(
            hit=hit,
            text="本月停电，下月一并报告。",
            until=TODAY + dt.timedelta(days=10),
            by=office.clerk,
            expected_version=hit.version,
        )

    explained()
    assert controls.run(standing.organ, TODAY + dt.timedelta(days=10)) == 0
    assert controls.run(standing.organ, TODAY + dt.timedelta(days=11)) == 1
    explained()
    measure = Measure.objects.select_related("organ").get()
    records.change(measure, {"goal": "换了目标"}, by=office.clerk, action="measure.changed")
    assert controls.run(standing.organ, TODAY) == 1


def test_an_explanation_of_yesterday_is_refused(standing, office) -> None:
    Measure.objects.update(last_reported_on=ago(40))
    controls.run(standing.organ, TODAY)
    hit = ControlHit.objects.select_related("organ").get()
    with pytest.raises(ValidationError, match="已经过去"):
        controls.explain(hit=hit, text="好", until=ago(1), by=office.clerk, expected_version=hit.version)


def test_a_control_says_which_values_it_used(client, standing, office) -> None:
    set_value(key="follow_up.default_days", value=45, valid_from=TODAY, source="", by=office.clerk)
    client.force_login(office.leader)
    page = client.get("/controls/standing.not_followed/")
    assert page.context["values"] == [("长期坚持的措施多久跟踪一次", "45 天")]


def test_a_closed_finding_raises_its_hand_when_its_proof_breaks(client, standing, office) -> None:
    controls.tie(about=standing, controls=["standing.not_followed"], by=office.clerk)
    controls.run(standing.organ, TODAY)
    client.force_login(office.leader)
    assert "反弹警报" not in client.get(f"/findings/{standing.pk}/").content.decode()
    assert f"{TODAY:%Y-%m-%d} 起成立" in client.get(f"/findings/{standing.pk}/").content.decode()

    Measure.objects.update(last_reported_on=ago(40))
    controls.run(standing.organ, TODAY)
    page = client.get(f"/findings/{standing.pk}/").content.decode()
    assert "问题已经销号，但它的凭据现在不成立" in page
    assert build(office.leader, Filters(), TODAY).areas[0].findings[0].alarm
    assert client.get("/findings/", {"counted": "alarm"}).context["count"] == "1"
    duties = [one.key for one in duties_of_account(office.owner, TODAY)]
    assert f"alarm:{standing.pk}" in duties


def test_an_alarm_ends_by_putting_right_by_explaining_or_by_reopening(client, standing, office) -> None:
    controls.tie(about=standing, controls=["standing.not_followed"], by=office.clerk)
    Measure.objects.update(last_reported_on=ago(40))
    controls.run(standing.organ, TODAY)
    client.force_login(office.clerk)
    hit = ControlHit.objects.get()
    form = {"version": hit.version, "text": "下周补报", "until": (TODAY + dt.timedelta(days=7)).isoformat()}
    assert client.post(f"/control-hits/{hit.pk}/explain/", form).status_code == 302
    assert "反弹警报" not in client.get(f"/findings/{standing.pk}/").content.decode()

    controls.run(standing.organ, TODAY + dt.timedelta(days=8))
    assert client.get(f"/findings/{standing.pk}/reopen/").status_code == 403  # not for the clerk
    client.force_login(office.leader)
    again = {"reason": "又没有人管了", "deadline": (TODAY + dt.timedelta(days=30)).isoformat()}
    assert client.post(f"/findings/{standing.pk}/reopen/", again).status_code == 302
    standing.refresh_from_db()
    assert (standing.closed_on, standing.relapses, standing.state) == (None, 1, State.IN_PROGRESS)


def test_controls_are_tied_in_a_page_and_those_like_the_finding_come_first(
    client, make_finding, office
) -> None:
    finding = make_finding(1, "长期坚持的措施没有人跟踪", lead_department=office.department)
    client.force_login(office.clerk)
    choices = client.get(f"/findings/{finding.pk}/proofs/").context["form"].fields["controls"].choices
    assert choices[0] == ("standing.not_followed", "长期坚持的措施没有按时跟踪（建议）")
    for chosen in (["standing.not_followed", "rule.without_text"], ["rule.without_text"]):
        client.post(f"/findings/{finding.pk}/proofs/", {"controls": chosen})
        assert {proof.control for proof in controls.proofs_of(finding)} == set(chosen)


def test_the_clerk_runs_the_controls_and_sees_what_they_found(client, standing, office) -> None:
    Measure.objects.update(last_reported_on=ago(40))
    client.force_login(office.clerk)
    assert client.post("/controls/run/").status_code == 302
    page = client.get("/controls/").content.decode()
    assert "1-1-1 上次跟踪是" in page
    assert ControlDay.objects.filter(control="standing.not_followed", count=1).exists()


@pytest.mark.parametrize("control", CONTROLS.values(), ids=lambda control: control.key)
def test_every_control_has_a_basis_a_page_and_a_short_sentence(control, client, office) -> None:
    assert all((str(control.title), str(control.basis), str(control.group)))
    client.force_login(office.leader)
    assert client.get(f"/controls/{control.key}/").status_code == 200


def test_the_command_runs_them_all(standing, capsys) -> None:
    from xiaohao.cli.main import main

    Measure.objects.update(last_reported_on=ago(40))
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "青山区政协机关：未处理 1 条\n新发现 1 条\n"


def test_a_control_tied_to_a_measure_alarms_its_finding(client, office, work, strike_off) -> None:
    finding = strike_off(work("修订办法"))
    measure = finding.measures.get()
    client.force_login(office.clerk)
    client.post(f"/measures/{measure.pk}/proofs/", {"controls": ["rule.without_text"]})
    assert "登记的制度没有正文" in client.get(f"/findings/{finding.pk}/").content.decode()
    records.create(Rule(organ=finding.organ, name="没有正文的办法"), by=office.clerk, action="rule.created")
    controls.run(finding.organ, TODAY)
    assert Finding.objects.filter(alarm_condition()).get() == finding
    assert "反弹警报" in client.get(f"/findings/{finding.pk}/").content.decode()


def test_every_number_of_the_rectification_opens_as_many_findings(client, office, work, strike_off) -> None:
    strike_off(work("修订办法"))
    client.force_login(office.clerk)
    for indicator in INDICATORS.values():
        if indicator.model is Finding:
            got = figure(indicator, office.clerk, Period.year_to(TODAY))
            shown = client.get(got.address)
            assert shown.context["count"] == str(got.value)
            assert str(indicator.title) in shown.content.decode()

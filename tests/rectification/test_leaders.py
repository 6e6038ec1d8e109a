"""As 责任领导 a form, a filter and the ledger to fill in offer those who lead, and who is it already."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from xiaohao.core.services import organs
from xiaohao.rectification.adding_forms import FindingAddForm, MeasureAddForm
from xiaohao.rectification.finding_filters import FindingFilters
from xiaohao.rectification.forms import FindingForm, MeasureForm
from xiaohao.rectification.models import Finding, Measure
from xiaohao.rectification.sheets import ledger_file


@pytest.fixture
def staff(office, make_organ, make_account):
    """Beside those of the office a member of the leadership without a role, one who left, and a stranger."""
    organ = office.clerk.organ
    for name in ("方静", "走了"):
        organs.add_person(organ=organ, name=name, is_leader=True, by=None)
    organ.people.filter(name="走了").update(left_on=dt.date(2025, 1, 1))
    organs.add_person(organ=make_organ("other", "别的单位"), name="外人", is_leader=True, by=None)
    return office


def offered(form) -> set[str]:
    return {person.name for person in form.fields["accountable_leader"].queryset}


def forms_of(finding: Finding, measure: Measure) -> list[object]:
    return [
        FindingAddForm(None, finding.organ),
        MeasureAddForm(None, finding.organ),
        FindingForm(None, instance=finding),
        MeasureForm(None, instance=measure),
    ]


def test_only_those_who_lead_are_offered(staff, make_finding, make_measure) -> None:
    finding = make_finding()
    for form in forms_of(finding, make_measure(finding)):
        assert offered(form) == {"罗远", "沈秋", "方静"}


def test_nobody_else_can_be_entered(staff, make_finding) -> None:
    finding = make_finding()
    form = FindingForm(
        {"title": finding.title, "area": finding.area_id, "accountable_leader": staff.owner.person_id},
        instance=finding,
    )
    assert "accountable_leader" in form.errors


def test_who_is_it_already_stays_offered_though_he_left(staff, make_finding, make_measure) -> None:
    gone = staff.clerk.organ.people.get(name="走了")
    finding = make_finding(accountable_leader=gone)
    measure = make_measure(finding, accountable_leader=staff.owner.person)
    assert "走了" in offered(FindingForm(None, instance=finding))
    assert "唐溪" in offered(MeasureForm(None, instance=measure))


def test_where_an_organ_has_named_no_leader_everybody_is_offered(organ, clerk, make_finding) -> None:
    finding = make_finding()
    organs.add_person(organ=organ, name="唐溪", by=None)
    assert offered(FindingForm(None, instance=finding)) == {"林清越", "唐溪"}


def test_the_ledger_offers_the_same(staff, make_finding) -> None:
    make_finding()
    with ledger_file(Finding.objects.all(), Measure.objects.all(), staff.clerk.organ) as stream:
        sheet = load_workbook(io.BytesIO(stream.read())).worksheets[0]
    rules = {str(one.sqref)[0]: one.formula1 for one in sheet.data_validations.dataValidation}
    assert set(rules["H"].strip('"').split(",")) == {"罗远", "沈秋", "方静"}


def test_the_filter_offers_a_leader_by_his_role_too(staff) -> None:
    filters = FindingFilters({}, staff.clerk)
    assert {one.name for one in filters.fields["leader"].queryset} == {"罗远", "沈秋", "方静", "走了"}

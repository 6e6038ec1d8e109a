"""Every control: a row that trips it, and one that just does not; on both databases the same."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from xiaohao.core.models import Evidence
from xiaohao.ledger.controls import CONTROLS, Parameters
from xiaohao.ledger.models import ControlHit
from xiaohao.ledger.register import REGISTERS
from xiaohao.ledger.services import controls
from xiaohao.registers import __name__ as package

TODAY = timezone.localdate()
YESTERDAY = TODAY - dt.timedelta(days=1)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


@dataclass(frozen=True)
class Case:
    """Of a register: what a row says that trips the control, and what one says that just does not."""

    register: str
    trips: dict[str, Any]
    spares: dict[str, Any]
    prepare: Callable[[Any, Any], None] | None = None  # makes what hangs on the two rows


CASES: dict[str, Case] = {
    "proposals.overdue": Case(
        "proposals",
        {"state": "handed_over", "due_on": YESTERDAY},
        {"state": "handed_over", "due_on": TODAY},
    ),
    "proposals.answered_late": Case(
        "proposals",
        {"state": "answered", "due_on": ago(5), "answered_on": ago(4)},
        {"state": "answered", "due_on": ago(5), "answered_on": ago(5)},
    ),
    "proposals.beyond_longest": Case(
        "proposals",
        {"state": "handed_over", "handed_over_on": ago(190)},
        {"state": "handed_over", "handed_over_on": ago(170)},
    ),
    "proposals.without_meeting": Case(
        "proposals", {"state": "answered", "met_on": None}, {"state": "answered", "met_on": ago(1)}
    ),
    "proposals.not_rehandled": Case(
        "proposals",
        {"state": "answered", "satisfaction": "dissatisfied"},
        {"state": "rehandled", "satisfaction": "dissatisfied"},
    ),
    "proposals.key_without_supervision": Case(
        "proposals",
        {"state": "handed_over", "is_key": True, "supervised_on": ago(61)},
        {"state": "handed_over", "is_key": True, "supervised_on": ago(60)},
    ),
    "proposals.not_with_supervision_office": Case(
        "proposals",
        {"state": "handed_over", "handed_over_on": ago(8)},
        {"state": "handed_over", "handed_over_on": ago(7)},
    ),
    "proposals.opinion_late": Case(
        "joint-opinions", {"due_on": YESTERDAY, "given_on": None}, {"due_on": TODAY, "given_on": None}
    ),
}
OURS = [key for key, control in CONTROLS.items() if control.model.__module__.startswith(f"{package}.")]


def test_every_control_of_a_register_has_its_case() -> None:
    assert sorted(OURS) == sorted(CASES)


@pytest.mark.parametrize("key", CASES)
def test_it_names_the_row_that_breaks_it_and_spares_the_one_that_just_does_not(key, row, organ) -> None:
    case, control = CASES[key], CONTROLS[key]
    tripping, spared = row(case.register, **case.trips), row(case.register, **case.spares)
    if case.prepare:
        case.prepare(tripping, spared)
    found = list(controls.broken_rows(control, Parameters(organ, TODAY)))
    assert found == [tripping]
    assert control.sentence(found[0])
    assert str(control.basis)


@pytest.mark.parametrize("key", CASES)
def test_a_hit_opens_once_and_goes_when_the_row_is_put_right(key, row, organ) -> None:
    case, control = CASES[key], CONTROLS[key]
    tripping, spared = row(case.register, **case.trips), row(case.register, **case.spares)
    if case.prepare:
        case.prepare(tripping, spared)
    assert controls.run(organ, TODAY, [control]) == 1
    assert controls.run(organ, TODAY, [control]) == 0
    hit = ControlHit.objects.get(control=key)
    assert (hit.about_number, hit.state) == (tripping.pk, "open")
    if case.prepare is None:
        REGISTERS[case.register].model.objects.filter(pk=tripping.pk).update(**case.spares)
        controls.run(organ, TODAY, [control])
        hit.refresh_from_db()
        assert (hit.state, hit.gone_on) == ("closed", TODAY)


def test_the_page_of_a_control_names_the_values_it_used(client, keeper, row) -> None:
    row("proposals", state="handed_over", is_key=True, supervised_on=ago(61))
    client.force_login(keeper)
    page = client.get("/controls/proposals.key_without_supervision/").content.decode()
    assert "60 天" in page
    assert Evidence.objects.count() == 0

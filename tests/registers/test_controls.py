"""Every control: a row that trips it, and one that just does not; on both databases the same."""

import datetime as dt
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

import pytest
from tests.contracts.examples import make_row
from tests.days import TODAY, ago

from xiaohao.core.models import Evidence, SettingValue
from xiaohao.core.services import organs, records
from xiaohao.ledger.controls import CONTROLS, Parameters
from xiaohao.ledger.models import ControlHit
from xiaohao.ledger.register import REGISTERS
from xiaohao.ledger.services import controls
from xiaohao.registers import __name__ as package
from xiaohao.registers.meetings.models import Meeting
from xiaohao.registers.passports.models import Trip

YESTERDAY = TODAY - dt.timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """Of a register: what a row says that trips the control, and what one says that just does not."""

    register: str
    trips: dict[str, Any]
    spares: dict[str, Any]
    prepare: Callable[[Any, Any], None] | None = None  # makes what hangs on the two rows


def people(organ: Any, count: int) -> list[Any]:
    """Return so many people of an organ, made where there are too few."""
    found = list(organ.people.order_by("pk")[:count])
    return found + [
        organs.add_person(organ=organ, name=f"委员{number}", by=None) for number in range(len(found), count)
    ]


def entitled_and_present(entitled: int, *present: int) -> Callable[[Any, Any], None]:
    """Let so many be entitled to two meetings, and so many come to each."""

    def prepare(*meetings: Any) -> None:
        everybody = people(meetings[0].organ, entitled)
        for meeting, came in zip(meetings, present, strict=True):
            meeting.members.set(everybody)
            meeting.present.set(everybody[:came])

    return prepare


def concerned(tripping: Any, spared: Any) -> None:
    """Let an item concern somebody who stayed, and another somebody who left."""
    (person,) = people(tripping.organ, 1)
    for item in (tripping, spared):
        item.meeting.present.set([person])
        Meeting.objects.filter(pk=item.meeting_id).update(state="held")
        item.concerned.set([person])
    spared.recused.set([person])


def spoken(tripping: Any, spared: Any) -> None:
    """Let somebody else speak last, and in the other item the head."""
    head, other = people(tripping.organ, 2)
    for item, last in ((tripping, other), (spared, head)):
        item.meeting.present.set([head, other])
        Meeting.objects.filter(pk=item.meeting_id).update(state="held", head=head)
        type(item).objects.filter(pk=item.pk).update(last_speaker=last)


def voted(tripping: Any, spared: Any) -> None:
    """Let four be entitled: two votes are no majority, three are."""
    for item in (tripping, spared):
        item.meeting.members.set(people(item.organ, 4))


def line_drawn(tripping: Any, _spared: Any) -> None:
    """Let the organ say what a large sum is."""
    SettingValue.objects.create(
        organ=tripping.organ, key="meetings.large_sum_yuan", value=50_000, valid_from=ago(900)
    )


def out_for_a_trip(document: Any) -> None:
    """Let a document be out for a trip that was approved."""
    trip = Trip(
        organ=document.organ,
        number="YS-1",
        document=document,
        destination="新加坡",
        purpose="探亲",
        leaves_on=TODAY,
        returns_on=TODAY,
        state=Trip.State.LENT,
    )
    records.create(trip, by=None, action="trip.created")


def leaving(tripping: Any, spared: Any) -> None:
    """Let one keeper leave today, and the other tomorrow."""
    for card, day in ((tripping, TODAY), (spared, TODAY + dt.timedelta(days=1))):
        keeper = organs.add_person(organ=card.organ, name=f"保管{day.day}", by=None)
        type(keeper).objects.filter(pk=keeper.pk).update(left_on=day)
        type(card).objects.filter(pk=card.pk).update(keeper=keeper)


def decided(card: Any) -> None:
    """Let a meeting have decided it."""
    by = card.created_by
    item = make_row(REGISTERS["meeting-items"], by)
    type(card).objects.filter(pk=card.pk).update(decision=item)


CASH = {"method": "cash", "kind": "travel", "exemption": "", "exemption_reason": "", "payee": ""}
SMALL = {**CASH, "payee": "某商店", "exemption": "no_reader", "exemption_reason": "无刷卡条件"}


def another_payment(tripping: Any, spared: Any) -> None:
    """Put a payment just before the one, and one too long before the other."""
    for line, days in ((tripping, 6), (spared, 7)):
        earlier = copy(line)
        earlier.pk, earlier.key = None, f"{line.key}-前"
        earlier.booked_day = line.booked_day - days
        earlier.sum = 9_999 if line is tripping else 19_999
        earlier.save()


def alone(tripping: Any, spared: Any) -> None:
    """Let the second check be another organ's, so that each is the newest of its own."""
    neighbour = organs.create_organ(code="neighbour", name="红河区政协机关")
    type(spared).objects.filter(pk=spared.pk).update(organ=neighbour)


CASES: dict[str, Case] = {
    "meetings.no_quorum": Case(
        "meetings", {"state": "held"}, {"state": "held"}, entitled_and_present(5, 2, 3)
    ),
    "meetings.no_minutes": Case(
        "meetings", {"state": "held", "held_on": ago(8)}, {"state": "held", "held_on": ago(7)}
    ),
    "meetings.agenda_late": Case(
        "meetings",
        {"held_on": TODAY, "agenda_sent_on": TODAY},
        {"held_on": TODAY, "agenda_sent_on": YESTERDAY},
    ),
    "meetings.concerned_present": Case("meeting-items", {}, {}, concerned),
    "meetings.head_not_last": Case("meeting-items", {}, {}, spoken),
    "meetings.circulated": Case("meeting-items", {"form": "circulation"}, {"form": "meeting"}),
    "meetings.without_majority": Case(
        "meeting-items", {"outcome": "passed", "votes_for": 2}, {"outcome": "passed", "votes_for": 3}, voted
    ),
    "meetings.follow_up_late": Case("follow-ups", {"due_on": YESTERDAY}, {"due_on": TODAY}),
    "vouchers.compulsory_in_cash": Case(
        "vouchers",
        {**CASH, "exemption": "no_reader", "sum": 20_000},
        {**CASH, "exemption": "no_reader", "sum": 19_999},
    ),
    "vouchers.exempt_without_reason": Case(
        "vouchers",
        {**CASH, "exemption": "tickets"},
        {**CASH, "exemption": "tickets", "exemption_reason": "打车"},
    ),
    "vouchers.split": Case(
        "vouchers",
        {**SMALL, "sum": 10_001, "booked_day": 700_000},
        {**SMALL, "sum": 19_999, "booked_day": 710_000},
        another_payment,
    ),
    "vouchers.reimbursed_late": Case(
        "vouchers",
        {"method": "card", "due_on": ago(3), "reimbursed_on": ago(2)},
        {"method": "card", "due_on": ago(3), "reimbursed_on": ago(3)},
    ),
    "vouchers.large_without_decision": Case("vouchers", {"sum": 5_000_000}, {"sum": 4_999_999}, line_drawn),
    "passports.not_handed_in": Case(
        "travel-documents",
        {"state": "with_holder", "issued_on": ago(8)},
        {"state": "with_holder", "issued_on": ago(7)},
    ),
    "passports.overdue": Case(
        "trips", {"state": "lent", "due_on": YESTERDAY}, {"state": "lent", "due_on": TODAY}
    ),
    "passports.returned_late": Case(
        "trips",
        {"state": "returned", "due_on": ago(3), "returned_on": ago(2)},
        {"state": "returned", "due_on": ago(3), "returned_on": ago(3)},
    ),
    "passports.lent_without_approval": Case(
        "travel-documents", {"state": "lent"}, {"state": "lent"}, lambda _one, other: out_for_a_trip(other)
    ),
    "passports.travelled_without_lending": Case("trips", {"leaves_on": YESTERDAY}, {"leaves_on": TODAY}),
    "passports.expired": Case(
        "travel-documents",
        {"state": "kept", "expires_on": YESTERDAY},
        {"state": "kept", "expires_on": TODAY},
    ),
    "passports.roster_not_updated": Case(
        "registered-people",
        {"post_changed_on": ago(31), "updated_on": ago(32)},
        {"post_changed_on": ago(30), "updated_on": ago(32)},
    ),
    "passports.missing_from_safe": Case(
        "safe-counts", {"missing": "ZJ-001"}, {"missing": "ZJ-001", "explanation": "在领用途中"}
    ),
    "passports.no_recent_count": Case(
        "safe-counts", {"counted_on": ago(191)}, {"counted_on": ago(190)}, alone
    ),
    "assets.without_keeper": Case("assets", {"keeper": None}, {"keeper": None, "state": "disposed"}),
    "assets.keeper_left": Case("assets", {}, {}, leaving),
    "assets.disposed_without_decision": Case(
        "assets", {"state": "disposed"}, {"state": "disposed"}, lambda _one, other: decided(other)
    ),
    "assets.no_stocktake": Case("assets", {"acquired_on": ago(367)}, {"acquired_on": ago(366)}, alone),
    "assets.stocktake_late": Case("stocktakes", {"due_on": YESTERDAY}, {"due_on": TODAY}),
    "assets.difference_open": Case("asset-differences", {"found_on": ago(31)}, {"found_on": ago(30)}),
    "vouchers.check_overdue": Case("voucher-checks", {"due_on": YESTERDAY}, {"due_on": TODAY}),
    "vouchers.no_recent_check": Case("voucher-checks", {"last_day": ago(96)}, {"last_day": ago(95)}, alone),
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
    "proposals.extended_late": Case(
        "proposals",
        {"original_due_on": ago(10), "extended_on": ago(9)},
        {"original_due_on": ago(10), "extended_on": ago(10)},
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


def test_a_kind_of_record_without_controls_runs_none_of_the_others(row, organ) -> None:
    row("assets", keeper=None)
    assert controls.run_model(organ, REGISTERS["account-lines"].model, TODAY) == 0
    assert not ControlHit.objects.exists()


def test_very_many_hits_are_written_in_batches_and_stay_the_same_the_second_time(
    row, organ, keeper, monkeypatch
) -> None:
    monkeypatch.setattr(controls, "BATCH", 3)
    cards = [row("assets", keeper=None) for _number in range(8)]
    control = CONTROLS["assets.without_keeper"]
    assert controls.run(organ, TODAY, [control]) == len(cards)
    assert controls.run(organ, TODAY, [control]) == 0
    hits = ControlHit.objects.filter(control=control.key)
    assert sorted(hit.about_number for hit in hits) == sorted(card.pk for card in cards)

"""A passport: handed in, kept, lent for a trip that was approved, returned in time."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from xiaohao.core import encryption
from xiaohao.core.models import AuditEntry, Role
from xiaohao.core.services import organs, records
from xiaohao.ledger.duties import duties_of
from xiaohao.ledger.models import ControlHit, Delegation
from xiaohao.ledger.register import add, store, take
from xiaohao.ledger.services import controls, decisions
from xiaohao.registers.passports.decisions import LEAVE
from xiaohao.registers.passports.models import RegisteredPerson, SafeCount, TravelDocument, Trip
from xiaohao.registers.passports.register import COUNTS, DOCUMENTS, TRIPS

NUMBER = "E12345678"


@pytest.fixture
def leaders(organ, make_account):
    return make_account(organ, "罗远", Role.LEADER), make_account(organ, "沈秋", Role.HEAD)


@pytest.fixture
def document(organ, keeper, leaders, today):
    """The leader's own passport, kept in the safe."""
    holder = RegisteredPerson(organ=organ, name="罗远", person=leaders[0].person, registered_on=today)
    holder.created_at = holder.changed_at = dt.datetime.now(dt.UTC)
    holder.save()
    values = {
        "shelf_number": "ZJ-001",
        "holder": holder,
        "number": NUMBER,
        "issued_on": today - dt.timedelta(400),
        "expires_on": today + dt.timedelta(2000),
    }
    made = add(DOCUMENTS, TravelDocument(organ=organ), values, keeper)
    return take(DOCUMENTS, made, "hand_in", {"handed_in_on": today}, keeper)


@pytest.fixture
def trip(document, keeper, today):
    def make(leaves: int = 5, returns: int = 12) -> Trip:
        values = {
            "number": f"YS-{Trip.objects.count() + 1}",
            "document": document,
            "destination": "新加坡",
            "purpose": "探亲",
            "leaves_on": today + dt.timedelta(leaves),
            "returns_on": today + dt.timedelta(returns),
        }
        return add(TRIPS, Trip(organ=document.organ), values, keeper)

    return make


def test_a_number_lies_encrypted_in_the_database_and_masked_on_the_page(document, client, keeper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM registers_traveldocument")
        (stored,) = cursor.fetchone()
    assert NUMBER not in stored
    assert encryption.decrypt(stored) == NUMBER
    client.force_login(keeper)
    for address in ("/travel-documents/", f"/travel-documents/{document.pk}/"):
        page = client.get(address).content.decode()
        assert NUMBER not in page
        assert "E*****678" in page
    assert NUMBER not in str([entry.changes for entry in AuditEntry.objects.all()])


def test_a_value_altered_in_the_database_does_not_open(document) -> None:
    stored = encryption.encrypt(NUMBER)
    flipped = stored[:-6] + ("A" if stored[-6] != "A" else "B") + stored[-5:]
    with pytest.raises(encryption.Unopenable):
        encryption.decrypt(flipped)


def test_no_number_is_registered_twice(document, keeper, today) -> None:
    values = {
        "shelf_number": "ZJ-002",
        "holder": document.holder,
        "number": NUMBER,
        "issued_on": today,
        "expires_on": today + dt.timedelta(100),
    }
    with pytest.raises(ValidationError, match="已经登记了这个证件号码"):
        add(DOCUMENTS, TravelDocument(organ=document.organ), values, keeper)


def approve(trip: Trip, keeper, leaders, organ, make_account) -> Trip:
    """The holder himself is a leader: another one signs for him."""
    other = make_account(organ, "方静怡", Role.LEADER)
    asked = decisions.ask(LEAVE, about=trip, reason="探亲", by=keeper)
    with pytest.raises(ValidationError):
        decisions.agree(decision=asked, opinion="同意", by=leaders[0])
    for signer in (other, leaders[1]):
        decisions.agree(decision=asked, opinion="同意", by=signer)
    trip.refresh_from_db()
    return trip


def test_it_is_lent_for_an_approved_trip_and_due_ten_days_after(
    trip, document, keeper, leaders, organ, make_account, today
) -> None:
    applied = trip()
    with pytest.raises(ValidationError, match="不能登记领证"):
        take(TRIPS, applied, "lend", {"lent_on": today}, keeper)
    approved = approve(applied, keeper, leaders, organ, make_account)
    lent = take(TRIPS, approved, "lend", {"lent_on": today}, keeper)
    document.refresh_from_db()
    assert (document.state, lent.due_on) == ("lent", lent.returns_on + dt.timedelta(10))
    (duty,) = [one for one in duties_of(organ, today) if one.key.startswith("trips.return")]
    assert (duty.person, duty.due_on) == (leaders[0].person_id, lent.due_on)
    take(TRIPS, lent, "take_back", {"returned_on": today + dt.timedelta(14)}, keeper)
    document.refresh_from_db()
    assert document.state == "kept"
    assert not [one for one in duties_of(organ, today) if one.key.startswith("trips.return")]


def test_what_is_not_in_the_safe_is_not_lent(trip, document, keeper, today) -> None:
    first = trip()
    take(DOCUMENTS, document, "lose", {"ended_on": today, "ended_why": "途中遗失"}, keeper)
    first = Trip.objects.get(pk=first.pk)
    with pytest.raises(ValidationError, match="不在库"):
        decisions.ask(LEAVE, about=first, reason="探亲", by=keeper)


def test_nobody_lends_past_the_application(document, keeper) -> None:
    with pytest.raises(ValidationError, match="申请上登记"):
        take(DOCUMENTS, document, "lend", {}, keeper)


def test_a_count_says_what_is_missing_until_it_is_explained(document, keeper, organ, today) -> None:
    people = [organs.add_person(organ=organ, name=name, by=None) for name in ("甲", "乙")]
    values = {
        "title": "清点",
        "counted_on": today,
        "keeper": people[0],
        "witness": people[1],
        "found": [],
    }
    count = add(COUNTS, SafeCount(organ=organ), values, keeper)
    assert (count.expected_count, count.found_count, count.missing) == (1, 0, "ZJ-001")
    assert ControlHit.objects.filter(control="passports.missing_from_safe", state="open").count() == 1
    store(COUNTS, count, {"explanation": "当日在派出所换发"}, keeper, count.version)
    assert ControlHit.objects.get(control="passports.missing_from_safe").state == "closed"


def test_one_person_does_not_keep_key_and_book(keeper, organ, today) -> None:
    person = organs.add_person(organ=organ, name="甲", by=None)
    values = {"title": "清点", "counted_on": today, "keeper": person, "witness": person, "found": []}
    with pytest.raises(ValidationError, match="两个人"):
        add(COUNTS, SafeCount(organ=organ), values, keeper)


def test_who_may_not_see_the_register_sees_no_trace_of_it_elsewhere(
    trip, document, keeper, leaders, client, organ, make_account, today
) -> None:
    asked = decisions.ask(LEAVE, about=trip(), reason="探亲", by=keeper)
    TravelDocument.objects.filter(pk=document.pk).update(state="lent")
    controls.run(organ, today)
    hit = ControlHit.objects.get(control="passports.lent_without_approval")
    colleague = make_account(organ, "何田", Role.OWNER)
    addresses = {
        "/decisions/": (200, 200),
        f"/decisions/{asked.pk}/": (404, 200),
        "/controls/": (200, 200),
        f"/control-hits/{hit.pk}/": (404, 200),
        f"/evidence/add/travel_document/{document.pk}/": (404, 200),
    }
    for account, place in ((colleague, 0), (keeper, 1)):
        client.force_login(account)
        for address, expected in addresses.items():
            answer = client.get(address)
            assert (address, answer.status_code) == (address, expected[place])
            if place == 0:
                assert "新加坡" not in answer.content.decode()
                assert "罗远 普通护照" not in answer.content.decode()


def test_a_deputy_whose_turn_it_is_sees_what_he_signs(
    trip, keeper, leaders, client, organ, make_account, today
) -> None:
    other = make_account(organ, "方静怡", Role.LEADER)
    deputy = make_account(organ, "何田", Role.OWNER)
    values = {"person": other.person, "deputy": deputy.person, "starts_on": today, "ends_on": today}
    delegation = Delegation(organ=organ, reason="出差", **values)
    records.create(delegation, by=other, action="delegation.created")
    asked = decisions.ask(LEAVE, about=trip(), reason="探亲", by=keeper)
    client.force_login(deputy)
    assert "新加坡" in client.get(f"/decisions/{asked.pk}/").content.decode()

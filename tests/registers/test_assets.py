"""A thing: handed over, counted, matched with the books, disposed of by decision."""

import datetime as dt
import json
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from xiaohao.core.models import AuditEntry, Role
from xiaohao.core.services import organs
from xiaohao.ledger.models import ControlHit
from xiaohao.ledger.register import add, store, take
from xiaohao.ledger.services import decisions, register_import
from xiaohao.registers.assets.decisions import DISPOSAL, MATCH_SIGNING
from xiaohao.registers.assets.labels import qr_code
from xiaohao.registers.assets.models import Handover, Match, Scan, Stocktake, Surplus
from xiaohao.registers.assets.register import ACCOUNT_LINES, DIFFERENCES, HANDOVERS, MATCHES, STOCKTAKES
from xiaohao.registers.assets.services import Scanned, match, take_scans, tick


@pytest.fixture
def leaders(organ, make_account):
    return make_account(organ, "罗远", Role.LEADER), make_account(organ, "沈秋", Role.HEAD)


@pytest.fixture
def begin(keeper, organ, today):
    """Begin a stocktake of the cards there are."""

    def make() -> Stocktake:
        values = {
            "title": "年度盘点",
            "started_on": today,
            "due_on": today + dt.timedelta(30),
            "leader": keeper.person,
        }
        return add(STOCKTAKES, Stocktake(organ=organ), values, keeper)

    return make


def scanned(code: str, room: str = "301", key: uuid.UUID | None = None) -> Scanned:
    return Scanned(key or uuid.uuid4(), code, room, timezone.now())


def test_a_handover_changes_the_keeper_and_both_are_in_the_log(row, keeper, organ, today) -> None:
    card = row("assets")
    receiver = organs.add_person(organ=organ, name="何田", by=None)
    values = {"asset": card, "receiver": receiver, "handed_on": today, "room": "305"}
    made = add(HANDOVERS, Handover(organ=organ), values, keeper)
    before = card.keeper
    card.refresh_from_db()
    assert (made.giver, card.keeper, card.room) == (before, receiver, "305")
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"asset_handover.created", "asset_card.handed_over"} <= actions


def test_the_book_is_frozen_when_the_round_begins(row, begin) -> None:
    card = row("assets", room="301", value=468_000)
    stocktake = begin()
    type(card).objects.filter(pk=card.pk).update(room="999")
    row("assets")
    line = stocktake.lines.get()
    assert (line.room, stocktake.card_count, stocktake.card_value) == ("301", 1, 468_000)


def test_there_is_one_round_at_a_time(row, begin) -> None:
    row("assets")
    begin()
    with pytest.raises(ValidationError, match="还没有结束"):
        begin()


def test_scanned_four_times_counts_once(row, begin, keeper) -> None:
    card = row("assets", room="301")
    stocktake = begin()
    scan = scanned(f"XH1:{card.number}")
    answers = [take_scans(stocktake=stocktake, scans=[scan], by=keeper)[0].result for _again in range(2)]
    answers += [
        take_scans(stocktake=stocktake, scans=[scanned(card.number)], by=keeper)[0].result
        for _again in range(2)
    ]
    assert answers == ["found", "again", "again", "again"]
    assert Scan.objects.count() == 3
    assert AuditEntry.objects.filter(action="stocktake_line.seen").count() == 1


def test_what_stands_elsewhere_is_elsewhere_until_it_is_seen_at_its_place(row, begin, keeper) -> None:
    card = row("assets", room="301")
    stocktake = begin()
    (answer,) = take_scans(stocktake=stocktake, scans=[scanned(card.number, "402")], by=keeper)
    assert (answer.result, stocktake.lines.get().result) == ("elsewhere", "elsewhere")
    take_scans(stocktake=stocktake, scans=[scanned(card.number, "301")], by=keeper)
    assert stocktake.lines.get().result == "found"


def test_what_has_no_card_is_surplus_once(row, begin, keeper) -> None:
    row("assets")
    stocktake = begin()
    for _again in range(2):
        take_scans(stocktake=stocktake, scans=[scanned("没有卡片的椅子")], by=keeper)
    assert [one.code for one in Surplus.objects.all()] == ["没有卡片的椅子"]


def test_a_room_is_ticked_off_in_bulk(row, begin, keeper, client) -> None:
    cards = [row("assets", room="301") for _number in range(3)]
    stocktake = begin()
    client.force_login(keeper)
    page = client.get(f"/stocktakes/{stocktake.pk}/room/?room=301").content.decode()
    assert all(card.number in page for card in cards)
    numbers = [card.number for card in cards[:2]]
    assert tick(stocktake=stocktake, numbers=numbers, room="301", by=keeper) == 2
    assert stocktake.lines.filter(result="found").count() == 2


def test_a_list_of_numbers_is_taken_at_once(row, begin, keeper, client) -> None:
    cards = [row("assets", room=room) for room in ("301", "302")]
    stocktake = begin()
    client.force_login(keeper)
    numbers = "\n".join([*(card.number for card in cards), cards[0].number, "无主柜子", ""])
    client.post(f"/stocktakes/{stocktake.pk}/list/", {"numbers": numbers})
    assert stocktake.lines.filter(result="found").count() == 2
    assert Surplus.objects.get().code == "无主柜子"


def test_a_telephone_sends_what_it_kept_and_hears_what_became_of_it(row, begin, keeper, client) -> None:
    card = row("assets", room="301")
    stocktake = begin()
    client.force_login(keeper)
    key = str(uuid.uuid4())
    scan = {"key": key, "code": card.number, "room": "301", "at": "2026-11-24T08:00:00Z"}
    address = f"/stocktakes/{stocktake.pk}/scans/"
    answer = client.post(address, json.dumps({"scans": [scan, scan]}), "application/json")
    assert [(one["key"], one["result"]) for one in answer.json()["answers"]] == [
        (key, "found"),
        (key, "again"),
    ]
    for bad in ("{", '{"scans": [{}]}', '{"scans": 3}', '{"scans": [{"key":"x","code":"","at":"x"}]}'):
        assert client.post(address, bad, "application/json").status_code == 400


def test_a_closed_round_takes_nothing_any_more(row, begin, keeper, client) -> None:
    card = row("assets")
    stocktake = take(STOCKTAKES, begin(), "close", {}, keeper)
    with pytest.raises(ValidationError, match="已经结束"):
        take_scans(stocktake=stocktake, scans=[scanned(card.number)], by=keeper)
    client.force_login(keeper)
    assert client.get(f"/stocktakes/{stocktake.pk}/scan/").status_code == 403


@pytest.fixture
def matched(row, begin, keeper, organ, today):
    """Match a book of lines with the cards there are and what was seen of them."""

    def make(*lines: str, seen: tuple[str, ...] = ()) -> Match:
        stocktake = begin()
        take_scans(stocktake=stocktake, scans=[scanned(number) for number in seen], by=keeper)
        values = {
            "title": "上半年核对",
            "as_of": today,
            "accountant": keeper.person,
            "stocktake": stocktake,
        }
        found = add(MATCHES, Match(organ=organ), values, keeper)
        text = "账面编号,名称,数量,账面价值\n" + "\n".join(lines)
        draft = register_import.keep(
            register=ACCOUNT_LINES,
            organ=organ,
            file=SimpleUploadedFile("资产账.csv", text.encode()),
            by=keeper,
            belongs_to={"match": found.pk},
        )
        assert draft.faults == []
        register_import.write(register=ACCOUNT_LINES, draft=draft, by=keeper)
        return match(found=found, by=keeper)

    return make


def differences(found: Match) -> list[tuple[str, str]]:
    return sorted(found.differences.exclude(state="gone").values_list("kind", "number"))


def test_books_cards_and_things_that_agree_differ_in_nothing(row, matched) -> None:
    card = row("assets", room="301", value=10_000)
    found = matched(f"{card.account_number},电脑,1,100.00", seen=(card.number,))
    assert differences(found) == []
    assert (found.account_value, found.card_value) == (10_000, 10_000)


def test_every_kind_of_difference_is_found(row, matched) -> None:
    same, dear, extra, moved = (row("assets", room="301", value=10_000) for _number in range(4))
    type(moved).objects.filter(pk=moved.pk).update(room="205")
    found = matched(
        f"{same.number},电脑,1,100.00",
        f"{dear.number},电脑,1,120.00",
        f"{moved.number},电脑,2,100.00",
        "没有卡片,桌子,1,50.00",
        seen=(same.number, dear.number, moved.number, "无主椅子"),
    )
    assert differences(found) == sorted(
        [
            ("value", dear.number),
            ("no_account", extra.number),
            ("missing", extra.number),
            ("quantity", moved.number),
            ("elsewhere", moved.number),
            ("no_card", "没有卡片"),
            ("surplus", "无主椅子"),
        ]
    )


def test_one_line_of_the_books_may_stand_for_several_cards(row, matched) -> None:
    cards = [row("assets", value=10_000, account_number="批-1", room="301") for _number in range(3)]
    found = matched("批-1,办公椅,3,300.00", seen=tuple(card.number for card in cards))
    assert differences(found) == []


def test_matching_again_keeps_explanations_and_marks_what_is_gone(row, matched, keeper) -> None:
    card = row("assets", room="301", value=10_000)
    found = matched(f"{card.number},电脑,1,120.00", "没有卡片,桌子,1,50.00", seen=(card.number,))
    no_card = found.differences.get(kind="no_card")
    store(DIFFERENCES, no_card, {"explanation": "桌子已报废，账未销"}, keeper, no_card.version)
    type(card).objects.filter(pk=card.pk).update(value=12_000)
    again = match(found=found, by=keeper)
    assert differences(again) == [("no_card", "没有卡片")]
    no_card.refresh_from_db()
    assert (no_card.state, no_card.explanation) == ("explained", "桌子已报废，账未销")


def test_a_match_is_signed_when_every_difference_is_explained(row, matched, keeper, leaders) -> None:
    card = row("assets", room="301", value=10_000)
    found = matched(f"{card.number},电脑,1,120.00", seen=(card.number,))
    with pytest.raises(ValidationError, match="1 处差异"):
        decisions.ask(MATCH_SIGNING, about=found, reason="基本相符", by=keeper)
    difference = found.differences.get()
    store(DIFFERENCES, difference, {"explanation": "运费没有计入卡片"}, keeper, difference.version)
    asked = decisions.ask(MATCH_SIGNING, about=found, reason="基本相符", by=keeper)
    for leader in leaders:
        decisions.agree(decision=asked, opinion="同意", by=leader)
    found.refresh_from_db()
    assert found.state == "signed"
    with pytest.raises(ValidationError, match="已经签字"):
        match(found=found, by=keeper)
    booked = found.account_lines.get()
    with pytest.raises(ValidationError, match="不能再改"):
        store(ACCOUNT_LINES, booked, {"value": 1}, keeper, booked.version)


def test_disposal_needs_a_meeting_and_two_signatures(row, keeper, leaders) -> None:
    card, item = row("assets"), row("meeting-items")
    content = {"way": "scrapped", "decision": item.pk}
    with pytest.raises(ValidationError, match="会议通过"):
        decisions.ask(DISPOSAL, about=card, reason="到期报废", content=content, by=keeper)
    type(item).objects.filter(pk=item.pk).update(outcome="passed")
    asked = decisions.ask(DISPOSAL, about=card, reason="到期报废", content=content, by=keeper)
    for leader in leaders:
        decisions.agree(decision=asked, opinion="同意", by=leader)
    card.refresh_from_db()
    assert (card.state, card.decision, card.disposed_on) == ("disposed", item, timezone.localdate())


def test_a_keeper_who_left_is_found_as_soon_as_the_card_is_saved(row, keeper, organ, today) -> None:
    card = row("assets")
    gone = organs.add_person(organ=organ, name="何田", by=None)
    type(gone).objects.filter(pk=gone.pk).update(left_on=today)
    gone.refresh_from_db()
    from xiaohao.registers.assets.register import ASSETS

    store(ASSETS, card, {"keeper": gone}, keeper, card.version)
    assert ControlHit.objects.filter(control="assets.keeper_left", state="open").count() == 1


def test_labels_carry_the_number_as_a_code(row, keeper, client) -> None:
    card = row("assets")
    assert qr_code(card.number).startswith("<svg")
    client.force_login(keeper)
    page = client.get(f"/assets/labels/?q={card.number}").content.decode()
    assert page.count("<svg") == 1

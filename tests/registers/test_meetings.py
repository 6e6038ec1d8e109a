"""A meeting that decides: invited, reminded, held, voted, written down."""

import pytest
from django.core.exceptions import ValidationError

from xiaohao.core.models import AuditEntry
from xiaohao.core.services import organs, records
from xiaohao.ledger.duties import duties_of
from xiaohao.ledger.models import ControlHit
from xiaohao.ledger.register import add, take
from xiaohao.registers.meetings.models import Item, Kin, Meeting
from xiaohao.registers.meetings.quorum import standing
from xiaohao.registers.meetings.recusal import recusals
from xiaohao.registers.meetings.register import ITEMS, MEETINGS
from xiaohao.registers.meetings.services import ItemRecord, record_sheet


@pytest.fixture
def members(organ):
    """Five members, the head first."""
    names = ("沈砚秋", "罗明远", "方静怡", "贺长河", "韩松竹")
    return [organs.add_person(organ=organ, name=name, by=None) for name in names]


@pytest.fixture
def meeting(row, members, today):
    return row("meetings", held_on=today, members=members, head=members[0], chair=members[0])


@pytest.fixture
def make_item(meeting, keeper):
    def make(title: str = "维修经费安排", **values: object) -> Item:
        number = f"{meeting.number}-{Item.objects.count() + 1}"
        given = {"meeting": meeting, "number": number, "title": title, "kind": "decision", **values}
        return add(ITEMS, Item(organ=meeting.organ), given, keeper)

    return make


@pytest.fixture
def hold(meeting, keeper):
    """Write the sheet: who came, and what was said of the items."""

    def write(present, *items: ItemRecord) -> Meeting:
        fresh = Meeting.objects.select_related("organ", "kind").get(pk=meeting.pk)
        return record_sheet(
            meeting=fresh,
            present=present,
            absences="",
            items=items,
            by=keeper,
            expected_version=fresh.version,
        )

    return write


def hits(control: str) -> int:
    return ControlHit.objects.filter(control=control, state="open").count()


def test_the_base_of_quorum_and_majority_is_said(meeting, hold, members) -> None:
    found = standing(hold(members[:3]))
    assert (found.entitled, found.present, found.needed, found.majority) == (5, 3, 3, 3)
    assert found.said == "应到 5 人，实到 3 人，至少 3 人到会；以应到会人数为基数，3 票通过。"


def test_an_appointment_needs_two_thirds(meeting, make_item, hold, members) -> None:
    make_item("任免事项", kind="appointment")
    assert standing(hold(members[:3])).needed == 4
    assert hits("meetings.no_quorum") == 1


def test_whose_son_runs_the_firm_is_reminded_before_the_meeting(
    meeting, make_item, members, keeper, organ, today
) -> None:
    kin = Kin(organ=organ, person=members[1], name="罗小川", relation="儿子", work="川流建筑公司")
    records.create(kin, by=keeper, action="kin.created")
    item = make_item("确定维修单位", concerned_others="川流建筑公司、云岭设计院")
    (one,) = recusals([item], members)[item.pk]
    assert (one.person, one.reason, one.recorded) == (members[1], "议题涉及儿子罗小川", False)
    reminded = {duty.person for duty in duties_of(organ, today) if duty.key.startswith("meetings.recusal")}
    assert reminded == {members[1].pk, meeting.chair_id}


def test_who_stays_for_his_own_item_is_found_and_who_leaves_is_not(meeting, make_item, hold, members) -> None:
    item = make_item("任免事项", concerned=[members[2]])
    hold(members, ItemRecord(item, {}, ()))
    assert hits("meetings.concerned_present") == 1
    item.refresh_from_db()
    hold(members, ItemRecord(item, {}, (members[2],)))
    assert hits("meetings.concerned_present") == 0


def test_the_head_speaks_last(meeting, make_item, hold, members) -> None:
    item = make_item()
    hold(members, ItemRecord(item, {"speaking_order": "沈砚秋、罗明远"}))
    assert hits("meetings.head_not_last") == 1
    item.refresh_from_db()
    hold(members, ItemRecord(item, {"speaking_order": "罗明远、沈砚秋"}))
    assert hits("meetings.head_not_last") == 0


def test_there_are_no_more_votes_than_voters(meeting, make_item, hold, members) -> None:
    item = make_item(concerned=[members[2]])
    with pytest.raises(ValidationError, match="4 人"):
        hold(members, ItemRecord(item, {"votes_for": 5}, (members[2],)))
    meeting.refresh_from_db()
    assert meeting.state == "planned"
    assert not AuditEntry.objects.filter(action="decision_meeting.recorded").exists()


def test_who_was_not_invited_did_not_come(meeting, hold, members, organ) -> None:
    stranger = organs.add_person(organ=organ, name="路过的人", by=None)
    with pytest.raises(ValidationError, match="路过的人"):
        hold([*members, stranger])


def test_minutes_end_it(meeting, hold, members, keeper, today) -> None:
    held = hold(members)
    with pytest.raises(ValidationError, match="会议纪要"):
        take(MEETINGS, held, "minute", {"minutes_on": today}, keeper)
    done = take(MEETINGS, held, "minute", {"minutes_on": today, "minutes": "会议决定……"}, keeper)
    assert done.state == "minuted"


def test_the_page_reminds_and_the_sheet_proposes_who_leaves(
    client, meeting, make_item, members, keeper
) -> None:
    make_item("任免事项", concerned=[members[2]])
    client.force_login(keeper)
    assert "会前提醒" in client.get(f"/meetings/{meeting.pk}/").content.decode()
    page = client.get(f"/meetings/{meeting.pk}/sheet/")
    ((_item, form, _leaving),) = page.context["items"]
    assert form.initial["recused"] == [members[2]]

"""Instructions must be answered, and both sides see when they are not."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from xiaohao.core.models import Organ, Role
from xiaohao.ledger.duties import duties_of_account
from xiaohao.ledger.models import Instruction
from xiaohao.ledger.services import instructions

TODAY = timezone.localdate()
LATER = TODAY + dt.timedelta(days=5)


@pytest.fixture
def instruction(work, office) -> Instruction:
    return instructions.give(
        about=work(),
        kind="instruction",
        text="请说明原因。",
        to=office.owner.person,
        due_on=LATER,
        by=office.leader,
    )


def test_it_is_a_duty_until_it_is_answered(instruction, office) -> None:
    (duty,) = [one for one in duties_of_account(office.owner, TODAY) if one.key.startswith("instruction")]
    assert (duty.due_on, duty.hears) == (LATER, (office.leader.person_id,))
    answered = instructions.answer(
        instruction=instruction, text="已查明。", by=office.owner, expected_version=1
    )
    assert (answered.state, answered.answered_by) == ("answered", office.owner)
    assert not [one for one in duties_of_account(office.owner, TODAY) if one.key.startswith("instruction")]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"due_on": None}, "请写明回复期限"),
        ({"due_on": TODAY - dt.timedelta(days=1)}, "已经过去"),
    ],
)
def test_it_needs_a_day_to_come(work, office, values, why) -> None:
    given = {"kind": "instruction", "text": "请说明。", "to": office.owner.person, "due_on": LATER, **values}
    with pytest.raises(ValidationError, match=why):
        instructions.give(about=work(), by=office.leader, **given)


def test_it_is_not_answered_by_who_gave_it_nor_by_strangers(instruction, office) -> None:
    for account in (office.leader, office.department_head):
        with pytest.raises(ValidationError, match="由唐溪回复"):
            instructions.answer(instruction=instruction, text="好", by=account, expected_version=1)


def test_it_is_not_answered_with_nothing(instruction, office) -> None:
    with pytest.raises(ValidationError, match="请写明办理情况"):
        instructions.answer(instruction=instruction, text=" ", by=office.owner, expected_version=1)
    with pytest.raises(ValidationError, match="要写明办理情况"):
        instructions.note(instruction=instruction, by=office.owner)


def test_a_remark_needs_no_answer(work, office) -> None:
    remark = instructions.give(
        about=work(), kind="remark", text="注意进度。", to=office.owner.person, by=office.leader
    )
    assert instructions.note(instruction=remark, by=office.owner).state == "noted"


def test_a_supervisor_of_the_organ_above_gives_one_and_sees_the_answer(
    client, work, office, organ, make_organ, make_account
) -> None:
    above = make_organ("above", "市委巡察办")
    Organ.objects.filter(pk=organ.pk).update(parent=above, path=f"{above.path}{organ.pk}/")
    supervisor = make_account(above, "程言", Role.SUPERVISOR)
    finding = work()
    client.force_login(supervisor)
    form = {
        "kind": "supervision",
        "text": "请于本周报告。",
        "to": office.owner.person_id,
        "due_on": LATER.isoformat(),
    }
    assert client.post(f"/instructions/add/finding/{finding.pk}/", form).status_code == 302
    given = Instruction.objects.get()
    client.force_login(office.owner)
    answer = {"version": given.version, "text": "已报告。"}
    assert client.post(f"/instructions/{given.pk}/answer/", answer).status_code == 302
    client.force_login(supervisor)
    page = client.get(f"/findings/{finding.pk}/").content.decode()
    assert "已报告。" in page
    assert "请于本周报告。" in page


def test_an_owner_gives_no_instructions(client, work, office) -> None:
    client.force_login(office.owner)
    assert client.get(f"/instructions/add/finding/{work().pk}/").status_code == 403

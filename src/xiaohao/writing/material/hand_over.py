"""What somebody hands over who changes post: what he owes, what he leads, what is in his charge."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from xiaohao.core.models import Person
from xiaohao.core.values import label
from xiaohao.ledger.duties import duties_of
from xiaohao.ledger.register import REGISTERS, Charge, Register
from xiaohao.rectification.models import DONE_STATES, Finding, Measure
from xiaohao.writing.material.spoken import day, deadline_of, sentence
from xiaohao.writing.scope import Scope

MOST = 200  # rows of one register that are listed; how many more there are is said


def hand_over(scope: Scope) -> dict[str, Any]:
    """Return everything that has to pass from one person to the other, of all inspections."""
    assert scope.person is not None  # noqa: S101 - a hand-over has somebody who hands over
    person = scope.person
    duties = duties_of(scope.organ, scope.today, frozenset({person.pk}))
    return {
        "移交人": person.name,
        "接收人": str(scope.successor or ""),
        "职务": "、".join(post.title for post in person.posts.all()),
        "角色": "、".join(str(role.get_role_display()) for role in person.roles.all()),
        "措施": _measures(person),
        "问题": _findings(person),
        "待办": [
            {"事项": str(duty.what), "对象": str(duty.subject), "期限": day(duty.due_on)} for duty in duties
        ],
        "保管": [
            row
            for register in REGISTERS.values()
            if register.charge is not None
            for row in _in_charge(register, register.charge, person)
        ],
    }


def _measures(person: Person) -> list[dict[str, str]]:
    rows = Measure.objects.filter(organ=person.organ_id, owner=person).exclude(state__in=DONE_STATES)
    return [
        {
            "编号": one.code,
            "问题": sentence(one.finding.title),
            "措施": sentence(one.text),
            "时限": deadline_of(one.kind, one.deadline),
            "状态": str(one.get_state_display()),
            "进展": sentence(one.progress),
        }
        for one in rows.select_related("finding").order_by("deadline", "code")
    ]


def _findings(person: Person) -> list[dict[str, str]]:
    mine = Q(accountable_leader=person) | Q(taken_on_by=person)
    rows = Finding.objects.filter(mine, organ=person.organ_id, closed_on=None)
    return [
        {
            "编号": one.code,
            "题目": sentence(one.title),
            "身份": "、".join(_capacities(one, person)),
            "时限": day(one.deadline),
            "状态": str(one.get_state_display()),
        }
        for one in rows.order_by("deadline", "code")
    ]


def _capacities(finding: Finding, person: Person) -> Iterator[str]:
    if finding.accountable_leader_id == person.pk:
        yield "责任领导"
    if finding.taken_on_by_id == person.pk:
        yield "领办领导"


def _in_charge(register: Register, charge: Charge, person: Person) -> Iterable[dict[str, str]]:
    """Yield the rows of a register the person has in his charge."""
    rows: Any = register.model.objects.filter(charge.while_, organ=person.organ_id, **{charge.person: person})
    told = {"台账": str(register.title), "身份": label(register.model, charge.person)}
    listed = list(rows.order_by("pk")[: MOST + 1])
    for row in listed[:MOST]:
        yield {**told, "事项": str(row)}
    if len(listed) > MOST:
        yield {**told, "事项": f"还有{rows.count() - MOST}条，见台账"}

"""Checks for the same fault elsewhere, look-backs, and taking a relapsed finding up again."""

import datetime as dt
import random
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from xiaohao.core.models import Account, Department, Person, Role
from xiaohao.core.services import records
from xiaohao.ledger.models import Decision, Outcome, Signature
from xiaohao.ledger.workflow import Step, Workflow, declare, move
from xiaohao.rectification.models import Finding, LookBackCheck, LookBackRound, Measure, SimilarCheck
from xiaohao.rectification.services import measures as measure_service
from xiaohao.rectification.services.findings import refresh

Result = LookBackCheck.State
Similar = SimilarCheck.State


def checking_similar(check: SimilarCheck, account: Account | None) -> str:
    if account is not None and account.person_id == check.person_id:
        return ""
    if account is not None and check.person.left_on and account.holds(Role.CLERK):
        return ""  # who was asked has left: the office answers for the department
    return _("由%(name)s填报。") % {"name": check.person}


def checking(check: LookBackCheck, account: Account | None) -> str:
    """Return why the account may not fill in the check."""
    if account is None or account.person_id != check.checker_id:
        return _("由检查人%(name)s填写。") % {"name": check.checker}
    if account.person_id in took_part(check.finding):
        return _("您参与过这个问题的整改或销号，应当换人检查。")
    return ""


SIMILAR_WORKFLOW = declare(
    Workflow(
        key="similar_check",
        label=lazy("举一反三排查"),
        states=Similar,
        first=Similar.OPEN,
        steps=(
            Step(
                Similar.CLEAN,
                lazy("没有同类问题"),
                (Similar.OPEN,),
                Similar.CLEAN,
                lazy("排查人"),
                checking_similar,
            ),
            Step(
                Similar.FOUND,
                lazy("发现同类问题"),
                (Similar.OPEN,),
                Similar.FOUND,
                lazy("排查人"),
                checking_similar,
            ),
        ),
        final=frozenset({Similar.CLEAN, Similar.FOUND}),
    )
)
LOOK_BACK_WORKFLOW = declare(
    Workflow(
        key="look_back_check",
        label=lazy("回头看检查"),
        states=Result,
        first=Result.OPEN,
        steps=tuple(
            Step(state, state.label, (Result.OPEN,), state, lazy("检查人"), checking)
            for state in (Result.HOLDS, Result.PARTLY, Result.RELAPSED)
        ),
        final=frozenset({Result.HOLDS, Result.PARTLY, Result.RELAPSED}),
    )
)


@transaction.atomic
def ask_similar(
    *, finding: Finding, departments: Sequence[Department], due_on: dt.date, by: Account
) -> list[SimilarCheck]:
    """Ask departments to look for the same fault; their heads, else their first person, answer for it."""
    if due_on < timezone.localdate():
        raise ValidationError(_("完成期限已经过去，请另选一天。"))
    return [
        records.create(
            SimilarCheck(
                organ=finding.organ,
                finding=finding,
                department=department,
                person=_head_of(department),
                due_on=due_on,
            ),
            by=by,
            action="similar_check.created",
        )
        for department in departments
    ]


def _head_of(department: Department) -> Person:
    people = department.people.filter(left_on=None)
    person = people.filter(roles__role="department_head").first() or people.first()
    if person is None:
        raise ValidationError(_("%(name)s还没有人员，不能布置排查。") % {"name": department})
    return person


def answer_similar(
    *, check: SimilarCheck, state: str, result: str, by: Account, expected_version: int
) -> SimilarCheck:
    """Say what was found. Raises ``ValidationError`` for somebody else's check or one that is done."""
    values = {"result": result, "done_on": timezone.localdate()}
    return move(
        SIMILAR_WORKFLOW,
        check,
        state,
        by=by,
        action="similar_check.answered",
        values=values,
        expected_version=expected_version,
    )


def took_part(finding: Finding) -> set[int]:
    """Return the numbers of the people who did the work or signed its closing."""
    owners = set(finding.measures.exclude(owner=None).values_list("owner_id", flat=True))
    reporters = set(
        Person.objects.filter(
            account__in=finding.measures.filter(reports__isnull=False).values("reports__created_by")
        ).values_list("pk", flat=True)
    )
    numbers = finding.measures.values("pk")
    decisions = Decision.objects.filter(organ=finding.organ_id, kind__endswith=".closing")
    closings = decisions.filter(about_kind=Finding.subject_kind, about_number=finding.pk) | decisions.filter(
        about_kind=Measure.subject_kind, about_number__in=numbers
    )
    signers = Signature.objects.filter(decision__in=closings, outcome=Outcome.AGREED)
    return owners | reporters | set(signers.values_list("person_id", flat=True))


def sample(findings: Sequence[Finding], share: int, seed: str) -> list[Finding]:
    """Draw a share (percent, at least one) of the findings; the same seed draws the same ones."""
    if share >= 100 or not findings:
        return list(findings)
    count = max(1, round(len(findings) * share / 100))
    drawn = random.Random(seed).sample(range(len(findings)), count)  # noqa: S311 - to be drawn again, no secret
    return [findings[place] for place in sorted(drawn)]


@transaction.atomic
def plan_round(record: LookBackRound, values: Mapping[str, Any], by: Account) -> LookBackRound:
    """Plan a look-back and put closed findings into it: all, or a sample.

    Raises ``ValidationError``: nothing closed, or the checker took part in all of it.
    """
    record.seed = secrets.token_hex(8)
    made = records.create(record, by=by, action="look_back.created", values=values)
    closed = list(Finding.objects.filter(organ=made.organ_id).exclude(closed_on=None).order_by("pk"))
    drawn = sample(closed, made.share, made.seed)
    if not drawn:
        raise ValidationError(_("还没有销号的问题，不需要回头看。"))
    others = _free_checkers(made)
    for finding in drawn:
        part = took_part(finding)
        free = [made.checker, *others] if made.checker_id not in part else others
        checker = next((person for person in free if person.pk not in part), None)
        if checker is None:
            raise ValidationError(
                _("问题 %(code)s 找不到没有参与整改和销号的检查人。请为别的人开通账号。")
                % {"code": finding.code}
            )
        records.create(
            LookBackCheck(organ=made.organ, round=made, finding=finding, checker=checker),
            by=by,
            action="look_back_check.created",
        )
    return made


@transaction.atomic
def change_checker(
    *, found: LookBackCheck, checker: Person, by: Account, expected_version: int
) -> LookBackCheck:
    """Let somebody else check. Raises ``ValidationError``: done already, or he took part himself."""
    if found.state != Result.OPEN:
        raise ValidationError(_("已经检查过了，不能再换检查人。"))
    if checker.pk in took_part(found.finding):
        raise ValidationError(_("%(name)s参与过这个问题的整改或销号，请选别人。") % {"name": checker})
    return records.change(
        found,
        {"checker": checker},
        by=by,
        action="look_back_check.changed",
        expected_version=expected_version,
    )


def _free_checkers(made: LookBackRound) -> list[Person]:
    """Return who may check instead where the checker took part himself: whoever has a business account."""
    roles = ("discipline_reviewer", "clerk", "department_head", "leader", "owner")
    rows = made.organ.people.filter(left_on=None, account__is_active=True, roles__role__in=roles)
    return list(rows.distinct().exclude(pk=made.checker_id))


@transaction.atomic
def check(
    *,
    found: LookBackCheck,
    state: str,
    result: str,
    by: Account,
    expected_version: int,
    deadline: dt.date | None = None,
) -> LookBackCheck:
    """Write what the look-back found; a relapse opens the finding again with the new deadline.

    Raises ``ValidationError``: took part himself, no words, or a relapse without a deadline to come.
    """
    if not result.strip():
        raise ValidationError(_("请写明检查情况。"))
    if state == Result.RELAPSED and (deadline is None or deadline <= timezone.localdate()):
        raise ValidationError(_("反弹的问题要重新整改，请写明以后的一天作为新时限。"))
    values = {"result": result, "checked_at": timezone.now(), "checked_by": by}
    done = move(
        LOOK_BACK_WORKFLOW,
        found,
        state,
        by=by,
        action="look_back_check.checked",
        values=values,
        expected_version=expected_version,
    )
    if state == Result.RELAPSED and deadline is not None:
        reopen(done.finding, done.finding.measures.all(), deadline, result, by)
    return done


@transaction.atomic
def reopen(
    finding: Finding, measures: Iterable[Measure], deadline: dt.date, reason: str, by: Account
) -> Finding:
    """Begin a new round: the finding is open again, its measures are to be worked on once more.

    Raises ``ValidationError`` for a finding that is open, or a deadline that is not to come.
    """
    if deadline <= timezone.localdate():
        raise ValidationError(_("反弹的问题要重新整改，请写明以后的一天作为新时限。"))
    if finding.closed_on is None:
        raise ValidationError(_("问题还没有销号，不能重新整改。"))
    values = {"closed_on": None, "round": finding.round + 1}
    changed = records.change(finding, values, by=by, action="finding.reopened", note=reason)
    for measure in measures:
        measure_service.reopen(measure, deadline, reason, by)
    refresh(changed)
    return changed

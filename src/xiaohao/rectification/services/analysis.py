"""Root cause, causes, rules: why it happened and what keeps it from happening again."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.models import Account, Organ, Person
from xiaohao.core.services import records
from xiaohao.ledger.indicators import INDICATORS
from xiaohao.rectification.models import Cause, Finding, Rule, RuleVersion

# What an organ's own list of causes begins with; it is edited freely afterwards.
FIRST_CAUSES = (
    "思想认识不到位",
    "责任没有压实",
    "制度缺失",
    "制度执行不严",
    "监督检查缺位",
    "业务能力不足",
    "人员变动衔接不畅",
)


@transaction.atomic
def causes_of(organ: Organ, by: Account) -> Sequence[Cause]:
    """Return the organ's list of causes, begun with a first one on its first use."""
    found = list(Cause.objects.filter(organ=organ))
    if found:
        return found
    made = [Cause(organ=organ, name=name) for name in FIRST_CAUSES]
    return records.create_many(Cause, made, by=by, action="cause.created")


@transaction.atomic
def analyse(*, finding: Finding, values: Mapping[str, Any], by: Account, expected_version: int) -> Finding:
    """Write down root cause, causes, and why no rule is needed; refused once it is closed."""
    if finding.closed_on is not None:
        raise ValidationError(_("问题已经销号，原因分析不能再改。"))
    return records.change(
        finding, values, by=by, action="finding.analysed", expected_version=expected_version
    )


def choose_indicators(
    *, finding: Finding, keys: Sequence[str], by: Account, expected_version: int
) -> Finding:
    """Choose the numbers that show what the fix brought about; reports say them. Raises ``Conflict``."""
    unknown = [key for key in keys if key not in INDICATORS]
    if unknown:
        raise ValidationError(_("没有这个指标：%(key)s") % {"key": unknown[0]})
    return records.change(
        finding,
        {"indicators": list(keys)},
        by=by,
        action="finding.indicators_chosen",
        expected_version=expected_version,
    )


def take_on(*, finding: Finding, leader: Person | None, by: Account, expected_version: int) -> Finding:
    """A leader takes a hard finding on (领办), or gives it back."""
    if finding.taken_on_by_id not in (None, by.person_id):
        raise ValidationError(_("这个问题已由%(name)s领办。") % {"name": finding.taken_on_by})
    values = {"taken_on_by": leader}
    return records.change(
        finding, values, by=by, action="finding.taken_on", expected_version=expected_version
    )


@transaction.atomic
def create_rule(record: Rule, values: Mapping[str, Any], by: Account) -> Rule:
    """Register a rule with its first text."""
    rule = records.create(record, by=by, action="rule.created", values=values)
    _keep_text(rule)
    return rule


@transaction.atomic
def change_rule(record: Rule, values: Mapping[str, Any], by: Account, expected_version: int) -> Rule:
    """Change a rule; the text as it was stays as a version."""
    rule = records.change(record, values, by=by, action="rule.changed", expected_version=expected_version)
    _keep_text(rule)
    return rule


def _keep_text(rule: Rule) -> None:
    newest = rule.versions.first()
    if newest is not None and (newest.text, newest.change) == (rule.text, rule.change):
        return
    number = newest.number + 1 if newest else 1
    RuleVersion.objects.create(
        rule=rule, number=number, text=rule.text, change=rule.change, made_at=timezone.now()
    )

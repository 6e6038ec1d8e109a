"""Closing (销号): what is still missing at each moment, and striking off."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.models import Account, Person
from xiaohao.core.services import records
from xiaohao.rectification.models import DONE_STATES, Finding, Kind, Measure, State
from xiaohao.rectification.services.findings import refresh


def measure_missing(measure: Measure, evidence_count: int) -> list[str]:
    """Return what a measure lacks before its closing can be asked for."""
    reasons = []
    if measure.state in DONE_STATES:
        return [_("措施已经销号或转入长期坚持。")]
    if measure.state != State.COMPLETED:
        reasons.append(_("责任人还没有报告完成"))
    if not evidence_count:
        reasons.append(_("没有佐证材料"))
    if measure.kind == Kind.STANDING and not measure.follow_up_days:
        reasons.append(_("长期坚持的措施没有写明跟踪间隔"))
    return reasons


def finding_missing(finding: Finding, measures: Iterable[Measure]) -> list[str]:
    """Return what a finding lacks before it can be struck off."""
    listed = list(measures)
    if finding.closed_on is not None:
        return [_("问题已经销号。")]
    if not listed:
        return [_("还没有整改措施")]
    reasons = [
        _("措施 %(code)s 还没有销号（%(state)s）")
        % {"code": measure.code, "state": measure.get_state_display()}
        for measure in listed
        if measure.state not in DONE_STATES
    ]
    if not finding.root_cause.strip():
        reasons.append(_("没有写明原因分析"))
    if not finding.no_rule_reason.strip() and not finding.rules.exists():
        reasons.append(_("没有说明建章立制情况：登记制度，或写明不需要的理由"))
    return reasons


def workers(measures: Iterable[Measure]) -> list[Person]:
    """Return who did the work: they sign none of its closing."""
    return [measure.owner for measure in measures if measure.owner is not None]


def close(finding: Finding, by: Account) -> Finding:
    """Strike a finding off after its decision. Raises ``ValidationError`` where something is missing."""
    missing = finding_missing(finding, finding.measures.all())
    if missing:
        raise ValidationError(missing)
    changed = records.change(finding, {"closed_on": timezone.localdate()}, by=by, action="finding.closed")
    refresh(changed)
    return changed

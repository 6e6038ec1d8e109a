"""Findings and measures added by hand: what came up after the feedback, or came from elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from xiaohao.core.models import Account
from xiaohao.core.services import records
from xiaohao.ledger.models import Decision
from xiaohao.rectification.models import Area, Finding, Inspection, Measure
from xiaohao.rectification.services import search
from xiaohao.rectification.services.findings import refresh


@dataclass(frozen=True)
class Origin:
    """Where something came from: in words, and the record behind it, by kind and number."""

    said: str = ""
    kind: str = ""
    number: int | None = None

    def values(self) -> dict[str, Any]:
        return {"origin": self.said, "origin_kind": self.kind, "origin_number": self.number}


@transaction.atomic
def add_finding(
    *,
    inspection: Inspection,
    area: Area | str,
    values: Mapping[str, Any],
    by: Account,
    origin: Origin | None = None,
) -> Finding:
    """Add a finding to an inspection, in one of its areas or a new one of that title.

    It gets the next number. An approved plan stays as it was and shows the finding as new.
    """
    # Two at once would get the same number: the inspection is held while it is given.
    held = Inspection.objects.select_for_update(of=("self",)).select_related("organ").get(pk=inspection.pk)
    chosen = _area(held, area, by) if isinstance(area, str) else area
    if chosen.inspection_id != held.pk:
        raise ValidationError(_("“%(area)s”不是这次巡察的方面。") % {"area": chosen})
    number = (held.findings.aggregate(top=Max("number"))["top"] or 0) + 1
    finding = Finding(
        organ=held.organ,
        inspection=held,
        area=chosen,
        number=number,
        code=f"{held.code}-{number}",
    )
    given = {**values, **(origin or Origin()).values()}
    made = records.create(finding, by=by, action="finding.created", values=given)
    search.index([made])
    return made


def _area(inspection: Inspection, title: str, by: Account) -> Area:
    """Return the area of a title; a new one at the end where there is none."""
    found = inspection.areas.filter(title=title).first()
    if found is not None:
        return found
    number = (inspection.areas.aggregate(top=Max("number"))["top"] or 0) + 1
    area = Area(organ=inspection.organ, inspection=inspection, number=number, title=title)
    return records.create(area, by=by, action="area.created")


@transaction.atomic
def add_measure(
    *, finding: Finding, values: Mapping[str, Any], by: Account, origin: Origin | None = None
) -> Measure:
    """Add a measure to a finding that is not struck off. Raises ``ValidationError`` otherwise.

    An approved plan stays as it was and shows the measure as new; owner and deadline given here are then
    fixed like those of the plan.
    """
    rows = Finding.objects.select_for_update(of=("self",)).select_related("organ", "inspection")
    held = rows.get(pk=finding.pk)
    reason = not_addable(held)
    if reason:
        raise ValidationError(reason)
    number = (held.measures.aggregate(top=Max("number"))["top"] or 0) + 1
    measure = Measure(organ=held.organ, finding=held, number=number, code=f"{held.code}-{number}")
    given = {**values, **(origin or Origin()).values()}
    made = records.create(measure, by=by, action="measure.created", values=given)
    refresh(held)
    return made


def not_addable(finding: Finding) -> str:
    """Return why a finding takes no further measure, as a sentence; empty when it does."""
    if finding.closed_on is not None:
        return _("问题已经销号，不能再加措施。问题又出现时，请先认定反弹。")
    if Decision.objects.about(finding).filter(kind="finding.closing", state=Decision.State.OPEN).exists():
        return _("问题的销号申请正在审批，请等结果出来，或先撤回申请。")
    return ""

"""A finding with its proof: what its closing form says."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from xiaohao.core.services.evidence import evidence_of
from xiaohao.ledger.models import Decision, Signature
from xiaohao.rectification.models import Finding
from xiaohao.rectification.proofs import standings_of
from xiaohao.writing.material.spoken import day

CLOSING = "finding.closing"


def closing(finding: Finding, findings: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the finding with the evidence of each measure, the rules it rests on, and who signed."""
    found = dict(next(one for one in findings if one["编号"] == finding.code))
    measures = list(finding.measures.order_by("number"))
    proofs = evidence_of(measures)
    for row, said in zip(measures, found["措施"], strict=True):
        names = [f"{one.proves}（{one.name}）" if one.proves else one.name for one in proofs.get(row.pk, [])]
        said["佐证"] = "；".join([*([said["佐证"]] if said["佐证"] else []), *names])
    found["不建制度的理由"] = finding.no_rule_reason
    found["凭据"] = [
        {"规则": one.title, "成立": not one.broken, "自": day(one.holds_since), "查过": one.ran}
        for one in standings_of(finding)
    ]
    found["签批"] = _signatures(finding)
    return found


def _signatures(finding: Finding) -> list[dict[str, str]]:
    """Return the places of the newest decision on the closing with what was said at each; empty if none."""
    decision = Decision.objects.about(finding).filter(kind=CLOSING).order_by("-pk").first()
    if decision is None:
        return []
    said: dict[int, Signature] = {}
    rows = decision.signatures.filter(round=decision.round)
    for signature in rows.select_related("person", "on_behalf_of").order_by("pk"):
        said[signature.position] = signature
    return [
        {"环节": place.label, **_said(said.get(place.position))}
        for place in decision.signers.order_by("position")
    ]


def _said(signature: Signature | None) -> dict[str, str]:
    if signature is None:
        return {"意见": "", "签批人": "", "日期": ""}
    behalf = f"（代{signature.on_behalf_of}）" if signature.on_behalf_of else ""
    return {
        "意见": signature.opinion or str(signature.get_outcome_display()),
        "签批人": f"{signature.person}{behalf}",
        "日期": day(timezone.localtime(signature.signed_at).date()),
    }

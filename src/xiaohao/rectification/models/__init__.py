from xiaohao.rectification.models.afterwards import LookBackCheck, LookBackRound, SimilarCheck
from xiaohao.rectification.models.findings import (
    DONE_STATES,
    OPEN_STATES,
    Cause,
    Finding,
    Kind,
    Measure,
    State,
)
from xiaohao.rectification.models.imports import DraftFinding, ImportDraft
from xiaohao.rectification.models.inspections import Area, Inspection, OrganCounts, next_inspection_number
from xiaohao.rectification.models.plans import Meeting, Plan, Rule, RuleVersion
from xiaohao.rectification.models.work import Extension, ProgressEntry, SupervisionOrder

__all__ = [
    "DONE_STATES",
    "OPEN_STATES",
    "Area",
    "Cause",
    "DraftFinding",
    "Extension",
    "Finding",
    "ImportDraft",
    "Inspection",
    "Kind",
    "LookBackCheck",
    "LookBackRound",
    "Measure",
    "Meeting",
    "OrganCounts",
    "Plan",
    "ProgressEntry",
    "Rule",
    "RuleVersion",
    "SimilarCheck",
    "State",
    "SupervisionOrder",
    "next_inspection_number",
]

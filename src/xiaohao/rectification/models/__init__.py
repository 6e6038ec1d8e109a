from xiaohao.rectification.models.findings import OPEN_STATES, Finding, Kind, Measure, State
from xiaohao.rectification.models.imports import DraftFinding, ImportDraft
from xiaohao.rectification.models.inspections import Area, Inspection, next_inspection_number

__all__ = [
    "OPEN_STATES",
    "Area",
    "DraftFinding",
    "Finding",
    "ImportDraft",
    "Inspection",
    "Kind",
    "Measure",
    "State",
    "next_inspection_number",
]

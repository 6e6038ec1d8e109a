from xiaohao.rectification.models.findings import OPEN_STATES, Finding, Kind, Measure, State
from xiaohao.rectification.models.inspections import Area, ImportDraft, Inspection, next_inspection_number

__all__ = [
    "OPEN_STATES",
    "Area",
    "Finding",
    "ImportDraft",
    "Inspection",
    "Kind",
    "Measure",
    "State",
    "next_inspection_number",
]

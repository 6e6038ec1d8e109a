"""From a file to a ledger: read, let a person correct, write in one transaction."""

from xiaohao.rectification.services.importing.confirm import confirm, existing_inspection, update
from xiaohao.rectification.services.importing.content import (
    FACTS,
    FindingContent,
    ImportContent,
    MeasureContent,
    from_json,
    to_json,
)
from xiaohao.rectification.services.importing.names import Names, unknown_names
from xiaohao.rectification.services.importing.reading import content_of

__all__ = [
    "FACTS",
    "FindingContent",
    "ImportContent",
    "MeasureContent",
    "Names",
    "confirm",
    "content_of",
    "existing_inspection",
    "from_json",
    "to_json",
    "unknown_names",
    "update",
]

"""From a file to a ledger: read, let a person correct, write in one transaction."""

from xiaohao.rectification.services.importing.confirm import confirm
from xiaohao.rectification.services.importing.content import (
    FindingContent,
    ImportContent,
    MeasureContent,
)
from xiaohao.rectification.services.importing.differences import Difference, differences
from xiaohao.rectification.services.importing.drafts import (
    content_of_draft,
    correct,
    discard,
    keep,
    page_of_draft,
    write,
)
from xiaohao.rectification.services.importing.names import Names, unknown_names
from xiaohao.rectification.services.importing.reading import content_of
from xiaohao.rectification.services.importing.updating import existing_inspection, update

__all__ = [
    "Difference",
    "FindingContent",
    "ImportContent",
    "MeasureContent",
    "Names",
    "confirm",
    "content_of",
    "content_of_draft",
    "correct",
    "differences",
    "discard",
    "existing_inspection",
    "keep",
    "page_of_draft",
    "unknown_names",
    "update",
    "write",
]

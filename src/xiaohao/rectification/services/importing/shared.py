"""Columns that hold the finding's value, or that of a measure where it has one of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xiaohao.core.models import Department, Person
from xiaohao.core.sheets import same_in_cell
from xiaohao.rectification.models import Finding, Measure
from xiaohao.rectification.services.importing.content import FindingContent, MeasureContent
from xiaohao.rectification.services.importing.names import Names

SHARED = ("goal", "accountable_leader", "lead_department")


def names_record(record: Person | Department | None, text: str) -> bool:
    """Tell whether a cell names somebody, though the name may be shared or he may have left."""
    return record is not None and same_in_cell(record.name, text)


@dataclass(frozen=True)
class Shared:
    """One such column: what the finding has, and what a file makes it (None: the same as before)."""

    name: str
    kept: Any
    of_finding: Any
    names: Names

    @classmethod
    def of(
        cls,
        name: str,
        finding: Finding,
        content: FindingContent,
        pairs: Sequence[tuple[MeasureContent, Measure | None]],
        names: Names,
    ) -> "Shared":
        """Compare the column of a finding.

        The finding changes where all its rows say the same, at least one of them something new, and its own
        value was to be seen in one of them. Else single measures change.
        """
        kept = getattr(finding, name)
        before = cls(name, kept, None, names)
        own = [getattr(measure, name) for _content, measure in pairs if measure]
        read = {getattr(one, name).strip() for one, _measure in pairs} or {getattr(content, name).strip()}
        text = read.pop()
        seen = not own or any(not one or one == kept for one in own)
        news = any(not before.same(one or kept, text) for one in own or [kept])
        return cls(name, kept, before.value(text) if not read and text and seen and news else None, names)

    def of_measure(self, measure: Measure, content: MeasureContent) -> Any:
        """Return what the file makes of a measure's own value; None where it stays.

        A measure without one goes on having that of its finding.
        """
        text, own = getattr(content, self.name).strip(), getattr(measure, self.name)
        shown = own or (self.kept and (self.of_finding or self.kept))
        return None if not text or self.same(shown, text) else self.value(text)

    def same(self, kept: Any, text: str) -> bool:
        """Tell whether a cell says what is kept: a text, or somebody by his name."""
        return same_in_cell(kept, text) if isinstance(kept, str) else names_record(kept, text)

    def value(self, text: str) -> Any:
        """Return what a cell means; None for a name nobody has."""
        if self.name == "goal":
            return text
        return self.names.department(text) if self.name == "lead_department" else self.names.person(text)

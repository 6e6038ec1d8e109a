"""Which records belong to an inspection: what its archive may hold of signatures and log."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from xiaohao.core.models import Evidence, Record
from xiaohao.ledger.models import ControlHit, Decision, Instruction, Proof
from xiaohao.rectification.models import (
    Area,
    Extension,
    Finding,
    ImportDraft,
    Inspection,
    LookBackCheck,
    Measure,
    Meeting,
    Plan,
    ProgressEntry,
    Rule,
    SimilarCheck,
    SupervisionOrder,
)
from xiaohao.writing.models import Document

Subjects = Mapping[str, frozenset[int]]
# Model and the way from it to the inspection.
OWN: tuple[tuple[type[Record], str], ...] = (
    (Inspection, "pk"),
    (Area, "inspection"),
    (Finding, "inspection"),
    (Measure, "finding__inspection"),
    (ProgressEntry, "measure__finding__inspection"),
    (Extension, "measure__finding__inspection"),
    (SupervisionOrder, "measure__finding__inspection"),
    (SimilarCheck, "finding__inspection"),
    (LookBackCheck, "finding__inspection"),
    (Rule, "findings__inspection"),
    (Plan, "inspection"),
    (Meeting, "inspection"),
    (ImportDraft, "inspection"),
    (Document, "inspection"),
)
ATTACHED: tuple[Any, ...] = (Evidence, Decision, Instruction, Proof, ControlHit)
MORE: list[Callable[[Inspection], tuple[str, Iterable[int]]]] = []


def add_subjects(further: Callable[[Inspection], tuple[str, Iterable[int]]]) -> None:
    """Let a layer above say which of its records belong to an inspection: their kind and numbers."""
    MORE.append(further)


def subjects_of(inspection: Inspection) -> Subjects:
    """Return the numbers of the records of an inspection by kind, what is attached to them included."""
    found: dict[str, frozenset[int]] = {}
    for model, way in OWN:
        rows = model.objects.filter(organ=inspection.organ_id, **{way: inspection.pk})
        found[model.subject_kind] = frozenset(rows.order_by().values_list("pk", flat=True))
    for further in MORE:
        kind, numbers = further(inspection)
        found[kind] = frozenset(numbers)
    for attached in ATTACHED:
        rows = attached.objects.filter(organ=inspection.organ_id)
        pairs = rows.filter(about_kind__in=found).order_by().values_list("pk", "about_kind", "about_number")
        found[attached.subject_kind] = frozenset(
            number for number, kind, about in pairs.iterator(chunk_size=5000) if about in found[kind]
        )
    return found

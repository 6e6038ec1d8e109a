"""A closed finding rests on controls; when one of them breaks, it raises its hand (反弹警报)."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from xiaohao.core.models import Record
from xiaohao.ledger.controls import CONTROLS
from xiaohao.ledger.models import ControlHit, Proof
from xiaohao.ledger.services import controls
from xiaohao.lib.bigrams import bigrams
from xiaohao.rectification.models import Finding, Measure


def alarm_condition() -> Q:
    """Return the condition for closed findings that rest on a control that is broken now.

    A finding rests on the controls tied to it and to its measures.
    """
    own = _broken_proofs(Finding).filter(about_number=OuterRef("pk"))
    measures = Measure.objects.filter(
        Exists(_broken_proofs(Measure).filter(about_number=OuterRef("pk"))), finding=OuterRef("pk")
    )
    return Q(closed_on__isnull=False) & (Q(Exists(own)) | Q(Exists(measures)))


def _broken_proofs(model: type[Record]) -> "QuerySet[Proof]":
    hit = ControlHit.objects.filter(
        organ=OuterRef("organ"), control=OuterRef("control"), state=ControlHit.State.OPEN
    )
    return Proof.objects.filter(Exists(hit), organ=OuterRef("organ"), about_kind=model.subject_kind)


def standings_of(finding: Finding) -> list[controls.Standing]:
    """Return how the controls stand that a finding and its measures rest on; a fixed number of queries."""
    measures = Measure.objects.filter(finding=finding).values("pk")
    whose = Q(about_kind=Finding.subject_kind, about_number=finding.pk) | Q(
        about_kind=Measure.subject_kind, about_number__in=measures
    )
    keys = (
        Proof.objects.filter(whose, organ=finding.organ_id).order_by("pk").values_list("control", flat=True)
    )
    return controls.standings(finding.organ_id, dict.fromkeys(keys))


def suggested(text: str) -> Sequence[str]:
    """Return the controls whose words are most like those of a text, best first."""
    words = set(bigrams(text).split())
    shared = {key: len(words & set(bigrams(f"{control.title}").split())) for key, control in CONTROLS.items()}
    return [key for key, count in sorted(shared.items(), key=lambda one: -one[1]) if count >= 2]

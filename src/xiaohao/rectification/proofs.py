"""A closed finding rests on controls; when one of them breaks, it raises its hand (反弹警报)."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from xiaohao.ledger.controls import CONTROLS
from xiaohao.ledger.models import ControlHit, Proof
from xiaohao.lib.bigrams import bigrams
from xiaohao.rectification.models import Finding


def alarm_condition() -> Q:
    """Return the condition for closed findings one of whose controls is broken now."""
    hit = ControlHit.objects.filter(
        organ=OuterRef("organ"), control=OuterRef("control"), state=ControlHit.State.OPEN
    )
    proof = Proof.objects.filter(
        Exists(hit), organ=OuterRef("organ"), about_kind=Finding.subject_kind, about_number=OuterRef("pk")
    )
    return Q(closed_on__isnull=False) & Q(Exists(proof))


def suggested(finding: Finding) -> Sequence[str]:
    """Return the controls whose words are most like those of the finding, best first."""
    words = set(bigrams(f"{finding.title}\n{finding.detail}\n{finding.root_cause}").split())
    shared = {key: len(words & set(bigrams(f"{control.title}").split())) for key, control in CONTROLS.items()}
    return [key for key, count in sorted(shared.items(), key=lambda one: -one[1]) if count >= 2]

"""A closed finding rests on controls; when one of them breaks, it raises its hand (反弹警报)."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from xiaohao.core.then import end_of, is_past, said
from xiaohao.ledger.controls import CONTROLS
from xiaohao.ledger.models import ControlHit, Proof
from xiaohao.ledger.services import controls
from xiaohao.lib.bigrams import bigrams
from xiaohao.rectification.models import Finding, Measure
from xiaohao.rectification.then import struck_off


def alarm_condition() -> Q:
    """Return the condition for closed findings that rest on a control that is broken now.

    A finding rests on the controls tied to it and to its measures.
    """
    hits = ControlHit.objects.filter(state=ControlHit.State.OPEN)
    return Q(closed_on__isnull=False) & _resting_on(hits, Proof.objects.all())


def alarm_then(last: dt.date) -> Q:
    """Return the condition for findings that had such an alarm at the end of a day.

    Of what a finding rested on only what it still rests on is known.
    """
    if not is_past(last):
        return alarm_condition()
    known = {"created_at__lt": end_of(last)}
    hits = ControlHit.objects.filter(**known).alias(state_then=said(ControlHit, "state", last))
    broken = hits.filter(state_then=ControlHit.State.OPEN)
    return struck_off(last) & _resting_on(broken, Proof.objects.filter(**known))


def _resting_on(hits: "QuerySet[ControlHit]", proofs: "QuerySet[Proof]") -> Q:
    """Return the condition for findings that rest, or a measure of which rests, on a control with a hit."""
    broken = proofs.filter(
        Exists(hits.filter(organ=OuterRef("organ"), control=OuterRef("control"))), organ=OuterRef("organ")
    )
    own = broken.filter(about_kind=Finding.subject_kind, about_number=OuterRef("pk"))
    of_measures = broken.filter(about_kind=Measure.subject_kind, about_number=OuterRef("pk"))
    measures = Measure.objects.filter(Exists(of_measures), finding=OuterRef("pk"))
    return Q(Exists(own)) | Q(Exists(measures))


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

"""Running controls, explaining what they found, and tying closings to them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core import subjects
from xiaohao.core.models import Account, Organ, Record
from xiaohao.core.services import records
from xiaohao.ledger.controls import CONTROLS, Control, Parameters, title_of
from xiaohao.ledger.models import ControlDay, ControlHit, Proof

State = ControlHit.State
SENTENCE = 300
BATCH = 1000  # rows at a time, so that memory does not grow with what breaks a rule


def run_all(today: dt.date) -> int:
    """Run every control for every organ; return how many hits are new."""
    return sum(run(organ, today) for organ in Organ.objects.order_by("pk"))


@transaction.atomic
def run(organ: Organ, today: dt.date, controls: Iterable[Control] | None = None) -> int:
    """Run controls for an organ: new → open, gone → closed, explained → stays until it counts no more.

    A second run changes nothing. Returns how many hits were opened.
    """
    return sum(
        _run(control, organ, today) for control in (CONTROLS.values() if controls is None else controls)
    )


@transaction.atomic
def run_for(record: Record) -> None:
    """Run the controls a saved record may have broken or mended by itself; about a query for each."""
    mine = [
        control for control in CONTROLS.values() if control.by_itself and isinstance(record, control.model)
    ]
    if not mine:
        return
    parameters = Parameters(record.organ, timezone.localdate())
    hits = ControlHit.objects.about(record).select_related("organ")
    known = {hit.control: hit for hit in hits}
    for control in mine:
        hit = known.get(control.key)
        rows = broken_rows(control, parameters, record.pk)
        if _settle(control, rows, {record.pk: hit} if hit else {}, parameters.today) or hit:
            _note_day(control, record.organ, parameters.today)


@transaction.atomic
def run_model(organ: Organ, model: type[Record], today: dt.date) -> int:
    """Run the controls over one kind of record for an organ; return how many hits were opened."""
    return run(organ, today, [control for control in CONTROLS.values() if control.model is model])


def _run(control: Control, organ: Organ, today: dt.date) -> int:
    hits = ControlHit.objects.filter(organ=organ, control=control.key).select_related("organ")
    known = {hit.about_number: hit for hit in hits}
    opened = _settle(control, broken_rows(control, Parameters(organ, today)), known, today)
    _note_day(control, organ, today)
    return opened


def _settle(control: Control, rows: Any, known: Mapping[int, ControlHit], today: dt.date) -> int:
    """Bring the known hits in line with the rows that break a control; return how many were opened."""
    opened, broken = 0, set()
    new: list[ControlHit] = []
    for record in rows.iterator(chunk_size=BATCH):
        broken.add(record.pk)
        hit = known.get(record.pk)
        if hit is None:
            new.append(_new_hit(control, record, today))
        else:
            opened += _found_again(control, record, hit, today)
        if len(new) == BATCH:
            opened += _open(new)
            new = []
    opened += _open(new)
    for number, hit in known.items():
        if number not in broken and hit.state != State.CLOSED:
            values = {"state": State.CLOSED, "gone_on": today}
            records.change(hit, values, by=None, action="control_hit.closed")
    return opened


def _open(hits: Sequence[ControlHit]) -> int:
    """Write new hits; return how many."""
    if hits:
        records.create_many(ControlHit, hits, by=None, action="control_hit.created")
    return len(hits)


def _note_day(control: Control, organ: Organ, today: dt.date) -> None:
    """Keep how many records break the control today: the trend."""
    left = ControlHit.objects.filter(organ=organ, control=control.key).exclude(state=State.CLOSED).count()
    ControlDay.objects.update_or_create(organ=organ, control=control.key, day=today, defaults={"count": left})


def broken_rows(control: Control, parameters: Parameters, only: int | None = None) -> Any:
    """Return the organ's rows that break the control, in the order of their numbers; ``only`` one of them."""
    rows = control.model._default_manager.filter(organ=parameters.organ)
    if only is not None:
        rows = rows.filter(pk=only)
    return control.breaks(rows, parameters).select_related("organ", *control.related).order_by("pk")


def _new_hit(control: Control, record: Record, today: dt.date) -> ControlHit:
    return ControlHit(
        organ=record.organ,
        control=control.key,
        about_kind=record.subject_kind,
        about_number=record.pk,
        about_label=str(record)[:200],
        sentence=control.sentence(record)[:SENTENCE],
        department=control.department(record),
        found_on=today,
    )


def _found_again(control: Control, record: Record, hit: ControlHit, today: dt.date) -> int:
    """Note that a record breaks a control it broke before; return 1 where that is news again."""
    sentence = control.sentence(record)[:SENTENCE]
    if hit.state == State.CLOSED:
        values = {"state": State.OPEN, "found_on": today, "gone_on": None, "sentence": sentence}
        records.change(hit, values, by=None, action="control_hit.reopened")
        return 1
    over = hit.explained_until is not None and hit.explained_until < today
    if hit.state == State.EXPLAINED and (over or hit.about_version != record.version):
        records.change(hit, {"state": State.OPEN}, by=None, action="control_hit.reopened")
        return 1
    return 0


def may_explain(hit: ControlHit, account: Account | None) -> str:
    """Return why the account may not explain a hit: whoever works on the record does."""
    if hit.state == State.CLOSED:
        return _("问题已经消除，不需要说明。")
    if account is None or account.organ.pk != hit.organ_id:
        return _("由本单位说明。")
    return ""


@transaction.atomic
def explain(*, hit: ControlHit, text: str, until: dt.date, by: Account, expected_version: int) -> ControlHit:
    """Say why a record is in order all the same, and until when that counts. Raises ``ValidationError``."""
    refusal = may_explain(hit, by)
    if refusal:
        raise ValidationError(refusal)
    if until < timezone.localdate():
        raise ValidationError(_("说明的有效期已经过去，请另选一天。"))
    about = subjects.find(hit.about_kind, hit.about_number)
    values = {
        "state": State.EXPLAINED,
        "explanation": text,
        "explained_until": until,
        "explained_at": timezone.now(),
        "explained_by": by,
        "about_version": about.version,
    }
    return records.change(
        hit, values, by=by, action="control_hit.explained", expected_version=expected_version
    )


@transaction.atomic
def tie(*, about: Record, controls: Iterable[str], by: Account) -> None:
    """Let a record rest on exactly these controls."""
    wanted = set(controls)
    unknown = wanted - CONTROLS.keys()
    if unknown:
        raise ValidationError(_("没有这条检查规则：%(keys)s") % {"keys": "、".join(sorted(unknown))})
    tied = {proof.control: proof for proof in proofs_of(about)}
    for key in sorted(wanted - tied.keys()):
        proof = Proof(organ=about.organ, about_kind=about.subject_kind, about_number=about.pk, control=key)
        records.create(proof, by=by, action="proof.created", note=f"{about} ← {title_of(key)}")
    for key in sorted(tied.keys() - wanted):
        records.remove(tied[key], by=by, action="proof.removed")


def proofs_of(about: Record) -> list[Proof]:
    """Return the controls a record rests on."""
    return list(Proof.objects.about(about).select_related("organ"))


@dataclass(frozen=True)
class Standing:
    """How a control stands for an organ: what breaks it, and since when it holds."""

    key: str
    title: str
    hits: list[ControlHit]
    holds_since: dt.date | None
    ran: bool

    @property
    def broken(self) -> bool:
        return bool(self.hits)


def standings(organ_number: int, keys: Iterable[str]) -> list[Standing]:
    """Return how controls stand; two queries."""
    wanted = list(keys)
    hits: dict[str, list[ControlHit]] = {key: [] for key in wanted}
    for hit in ControlHit.objects.filter(organ=organ_number, control__in=wanted, state=State.OPEN):
        hits[hit.control].append(hit)
    since: dict[str, dt.date | None] = {}
    ran: set[str] = set()
    for day in ControlDay.objects.filter(organ=organ_number, control__in=wanted).order_by("day"):
        ran.add(day.control)
        if day.count:
            since[day.control] = None
        elif since.get(day.control) is None:
            since[day.control] = day.day
    return [
        Standing(key, title_of(key), hits[key], None if hits[key] else since.get(key), key in ran)
        for key in wanted
    ]

"""Lending and taking back, and the count of the safe."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from xiaohao.core.dated_settings import value
from xiaohao.core.models import Account
from xiaohao.core.services import records
from xiaohao.ledger.register import change_plainly, create_plainly
from xiaohao.ledger.services import controls
from xiaohao.registers.passports.models import SafeCount, TravelDocument, Trip

State = TravelDocument.State
Given = Mapping[str, Any]


def lend(trip: Trip, given: Given, by: Account | None) -> Given:
    """Take the document out of the safe for an approved trip; return when it is due back."""
    document = _document(trip)
    if document.state != State.KEPT:
        raise ValidationError(_("证件不在库，不能领用。"))
    if given["lent_on"] > trip.leaves_on:
        raise ValidationError({"lent_on": _("领证日期不能晚于出境日期。")})
    _move(document, {"state": State.LENT}, by, "travel_document.lent")
    days = int(value(trip.organ, "passports.return_days", trip.returns_on))
    return {"due_on": trip.returns_on + dt.timedelta(days=days)}


def take_back(trip: Trip, given: Given, by: Account | None) -> Given:
    """Put the document back into the safe."""
    if trip.lent_on and given["returned_on"] < trip.lent_on:
        raise ValidationError({"returned_on": _("交回日期不能早于领证日期。")})
    _move(_document(trip), {"state": State.KEPT}, by, "travel_document.taken_back")
    return {}


def _document(trip: Trip) -> TravelDocument:
    rows = TravelDocument.objects.select_for_update(of=("self",)).select_related("organ", "holder")
    return rows.get(pk=trip.document_id)


def _move(document: TravelDocument, values: Given, by: Account | None, action: str) -> None:
    controls.run_for(records.change(document, values, by=by, action=action))


def counted(count: SafeCount, values: Given) -> dict[str, Any]:
    """Return the values of a count with what should lie in the safe, and what was not found."""
    known = dict(values)
    if "found" in known:
        kept = TravelDocument.objects.filter(organ=count.organ, state=State.KEPT).order_by("shelf_number")
        found = {document.pk for document in known["found"]}
        missing = [document.shelf_number for document in kept if document.pk not in found]
        known["expected_count"], known["found_count"] = len(kept), len(found)
        known["missing"] = "、".join(missing)[:500]
    return known


def create_count(count: SafeCount, values: Given, by: Account) -> Any:
    return create_plainly(count, counted(count, values), by)


def change_count(count: SafeCount, values: Given, by: Account, expected_version: int) -> Any:
    return change_plainly(count, counted(count, values), by, expected_version)

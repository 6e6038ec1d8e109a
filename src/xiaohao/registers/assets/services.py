"""Handing over, freezing the book, taking scans, and the three-way match."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.models import Account
from xiaohao.core.services import records
from xiaohao.ledger.register import create_plainly
from xiaohao.ledger.services import controls
from xiaohao.lib.money import yuan_of
from xiaohao.registers.assets.models import (
    AssetCard,
    Difference,
    Handover,
    Match,
    Scan,
    Stocktake,
    StocktakeLine,
    Surplus,
)

BATCH = 2000
PREFIX = "XH1:"  # before the number in the QR code, so that any other code is told apart
Result = StocktakeLine.Result


def create_handover(handover: Handover, values: Mapping[str, Any], by: Account) -> Any:
    """Write a handover down and let the receiver be the keeper from now on."""
    asset = AssetCard.objects.select_for_update(of=("self",)).get(pk=values["asset"].pk)
    if asset.state == AssetCard.State.DISPOSED:
        raise ValidationError({"asset": _("资产已经处置，不能交接。")})
    if asset.keeper_id == values["receiver"].pk:
        raise ValidationError({"receiver": _("他已经是保管人。")})
    made = create_plainly(handover, {**values, "giver": asset.keeper}, by)
    moved = {
        "keeper": values["receiver"],
        "department": values["receiver"].department or asset.department,
        "room": values.get("room") or asset.room,
    }
    controls.run_for(records.change(asset, moved, by=by, action="asset_card.handed_over"))
    return made


# --- stocktake


def _present(organ: Any) -> "QuerySet[AssetCard]":
    return AssetCard.objects.filter(organ=organ).exclude(state=AssetCard.State.DISPOSED)


def create_stocktake(stocktake: Stocktake, values: Mapping[str, Any], by: Account) -> Any:
    """Begin a round: the book is frozen, a line for each card. Raises ``ValidationError``."""
    organ = stocktake.organ
    if Stocktake.objects.filter(organ=organ, state=Stocktake.State.OPEN).exists():
        raise ValidationError(_("上一次盘点还没有结束。"))
    cards = _present(organ)
    total = cards.aggregate(count=Count("pk"), value=Sum("value"))
    if not total["count"]:
        raise ValidationError(_("还没有资产卡片，先登记或导入卡片。"))
    stocktake.card_count, stocktake.card_value = total["count"], total["value"] or 0
    made: Any = create_plainly(stocktake, values, by)
    rows = cards.select_related("keeper").order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        lines = [
            StocktakeLine(
                organ=organ,
                stocktake=made,
                asset=card,
                number=card.number,
                name=card.name,
                room=card.room,
                keeper_name=card.keeper.name if card.keeper else "",
                value=card.value,
            )
            for card in batch
        ]
        label = f"{made} {batch[0].number}—{batch[-1].number}"
        records.create_lines(lines, by=by, action="stocktake_line.frozen", label=label)
    return made


@dataclass(frozen=True)
class Scanned:
    """A scan as a telephone sent it: its own key, the code, the room it was seen in, and when."""

    key: uuid.UUID
    code: str
    room: str
    at: dt.datetime


@dataclass(frozen=True)
class Answer:
    """What a scan turned out to be; ``result`` is found, elsewhere, again or surplus."""

    key: str
    result: str
    text: str


def plain_code(code: str) -> str:
    """Return the number in a code: our labels carry a prefix."""
    return code.strip().removeprefix(PREFIX)[:60]


@transaction.atomic
def take_scans(*, stocktake: Stocktake, scans: Sequence[Scanned], by: Account) -> list[Answer]:
    """Count what was seen; what is sent twice, or scanned four times, counts once."""
    current = Stocktake.objects.select_for_update(of=("self",)).select_related("organ").get(pk=stocktake.pk)
    if current.state != Stocktake.State.OPEN:
        raise ValidationError(_("盘点已经结束。"))
    known = set(current.scans.filter(key__in=[one.key for one in scans]).values_list("key", flat=True))
    numbers = {plain_code(one.code) for one in scans}
    lines = {line.number: line for line in current.lines.filter(number__in=numbers).select_related("organ")}
    answers = []
    for scan in scans:
        if scan.key not in known:
            known.add(scan.key)
            Scan.objects.create(
                stocktake=current,
                key=scan.key,
                code=plain_code(scan.code),
                room=scan.room,
                scanned_at=scan.at,
                scanned_by=by,
            )
        answers.append(_count(current, lines, scan, by))
    return answers


def _count(stocktake: Stocktake, lines: dict[str, StocktakeLine], scan: Scanned, by: Account) -> Answer:
    number, key = plain_code(scan.code), str(scan.key)
    line = lines.get(number)
    if line is None:
        _surplus(stocktake, number, scan.room, by)
        return Answer(key, "surplus", _("%(code)s：账上没有，记为盘盈") % {"code": number})
    elsewhere = bool(scan.room) and scan.room != line.room
    result = Result.ELSEWHERE if elsewhere else Result.FOUND
    if line.result in (Result.FOUND, result):
        return Answer(key, "again", _("%(line)s：已经盘过") % {"line": line})
    values = {
        "result": result,
        "seen_room": scan.room,
        "seen_at": scan.at,
        "seen_by": by,
    }
    lines[number] = records.change(line, values, by=by, action="stocktake_line.seen")
    if elsewhere:
        where = {"line": line, "room": line.room or "—"}
        return Answer(key, "elsewhere", _("%(line)s：账面地点是%(room)s") % where)
    return Answer(key, "found", _("%(line)s：相符") % {"line": line})


def _surplus(stocktake: Stocktake, code: str, room: str, by: Account) -> None:
    rows = Surplus.objects.filter(organ=stocktake.organ, stocktake=stocktake, code=code)
    if code and not rows.exists():
        surplus = Surplus(organ=stocktake.organ, stocktake=stocktake, code=code, room=room)
        records.create(surplus, by=by, action="stocktake_surplus.created")


@transaction.atomic
def tick(*, stocktake: Stocktake, numbers: Iterable[str], room: str, by: Account) -> int:
    """Mark things of a room as seen from a list; return how many were new."""
    now = timezone.now()
    scans = [Scanned(uuid.uuid4(), number, room, now) for number in numbers]
    answers = take_scans(stocktake=stocktake, scans=scans, by=by)
    return sum(answer.result in ("found", "elsewhere") for answer in answers)


# --- match


@transaction.atomic
def match(*, found: Match, by: Account) -> Match:
    """Match books with cards and cards with things, in a fixed number of passes over each.

    Differences that are there already keep their explanation; those that are gone are marked so.
    """
    current = (
        Match.objects.select_for_update(of=("self",)).select_related("organ", "stocktake").get(pk=found.pk)
    )
    if current.state == Match.State.SIGNED:
        raise ValidationError(_("已经签字，不能重新核对。"))
    accounts = {
        number: (quantity, value, name)
        for number, quantity, value, name in current.account_lines.values_list(
            "number", "quantity", "value", "name"
        ).iterator(chunk_size=BATCH)
    }
    if not accounts:
        raise ValidationError(_("先导入资产账。"))
    cards = _present(current.organ).order_by().values("account_number")
    booked = cards.annotate(count=Count("pk"), sum=Sum("value")).values_list("account_number", "count", "sum")
    wanted: dict[tuple[str, str], Difference] = {}
    total = 0
    for number, count, value in booked.iterator(chunk_size=BATCH):
        total += value or 0
        _compare(current, wanted, number, accounts.pop(number, None), (count, value or 0))
    for number, (_quantity, value, name) in accounts.items():
        _differ(current, wanted, Difference.Kind.NO_CARD, number, name=name, account_value=value)
    _compare_things(current, wanted)
    _write(current, wanted, by)
    values = {
        "matched_on": timezone.localdate(),
        "card_value": total,
        "account_value": current.account_lines.aggregate(sum=Sum("value"))["sum"] or 0,
    }
    done = records.change(current, values, by=by, action="asset_match.matched")
    controls.run_model(current.organ, Difference, timezone.localdate())
    return done


Wanted = dict[tuple[str, str], Difference]


def _differ(found: Match, wanted: Wanted, kind: Difference.Kind, number: str, **values: Any) -> None:
    wanted[kind, number] = Difference(
        organ=found.organ, match=found, kind=kind, number=number, found_on=timezone.localdate(), **values
    )


def _compare(
    found: Match,
    wanted: Wanted,
    number: str,
    account: tuple[int, Any, str] | None,
    cards: tuple[int, int],
) -> None:
    count, value = cards
    if account is None:
        _differ(found, wanted, Difference.Kind.NO_ACCOUNT, number, card_value=value)
        return
    quantity, booked, name = account
    sums = {"name": name, "account_value": booked, "card_value": value}
    if quantity != count:
        detail = _("账上 %(booked)s 件，卡片 %(cards)s 张") % {"booked": quantity, "cards": count}
        _differ(found, wanted, Difference.Kind.QUANTITY, number, detail=detail, **sums)
    elif booked != value:
        detail = _("相差 %(sum)s 元") % {"sum": yuan_of(booked - value)}
        _differ(found, wanted, Difference.Kind.VALUE, number, detail=detail, **sums)


def _compare_things(found: Match, wanted: Wanted) -> None:
    """Put down what the stocktake did not find, found elsewhere, or found without a card."""
    stocktake = found.stocktake
    if stocktake is None:
        return
    for line in stocktake.lines.exclude(result=Result.FOUND).iterator(chunk_size=BATCH):
        if line.result == Result.OPEN:
            _differ(
                found, wanted, Difference.Kind.MISSING, line.number, name=line.name, card_value=line.value
            )
        else:
            detail = _("账面在%(book)s，实际在%(seen)s") % {"book": line.room or "—", "seen": line.seen_room}
            _differ(found, wanted, Difference.Kind.ELSEWHERE, line.number, name=line.name, detail=detail)
    for surplus in stocktake.surpluses.all():
        _differ(found, wanted, Difference.Kind.SURPLUS, surplus.code, detail=surplus.room)


def _write(found: Match, wanted: Wanted, by: Account) -> None:
    """Write what is new, leave what is there, and mark what is gone."""
    known = {(one.kind, one.number): one for one in found.differences.select_related("organ")}
    new = [difference for key, difference in wanted.items() if key not in known]
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        records.create_many(Difference, batch, by=by, action="asset_difference.created")
    gone, back = Difference.State.GONE, Difference.State.OPEN
    for key, difference in known.items():
        if key not in wanted and difference.state != gone:
            records.change(difference, {"state": gone}, by=by, action="asset_difference.gone")
        elif key in wanted and difference.state == gone:
            records.change(difference, {"state": back}, by=by, action="asset_difference.back")

"""A hundred things, a stocktake under way, last year's match signed, two things nobody keeps."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from xiaohao.core.services import records
from xiaohao.ledger.register import add, store, take
from xiaohao.ledger.services import decisions
from xiaohao.registers.assets.decisions import MATCH_SIGNING
from xiaohao.registers.assets.models import AccountLine, AssetCard, Handover, Match, Repair, Stocktake
from xiaohao.registers.assets.register import DIFFERENCES, HANDOVERS, MATCHES, REPAIRS, STOCKTAKES
from xiaohao.registers.assets.services import Scanned, match, take_scans
from xiaohao.registers.demo_year import Scene

# name, category, code, model, yuan, life
THINGS = (
    ("台式计算机", "A02", "A02010105", "启天 M430", 4680, 6),
    ("便携式计算机", "A02", "A02010105", "昭阳 E5", 6200, 6),
    ("激光打印机", "A02", "A02021003", "M2235", 2380, 6),
    ("空调机", "A02", "A02061804", "KFR-35GW", 3150, 10),
    ("办公桌", "A05", "A05010201", "1.6米", 1280, 15),
    ("办公椅", "A05", "A05010301", "网布", 460, 15),
    ("文件柜", "A05", "A05010502", "钢制两门", 890, 15),
    ("投影机", "A02", "A02020200", "激光 4000 流明", 15800, 8),
    ("地方志丛书", "A04", "A04010101", "全 24 卷", 3600, None),
    ("会议桌", "A05", "A05010202", "4.8 米", 7600, 15),
)
KEEPERS = ("林小满", "顾怀安", "唐若溪", "孟书言", "许知行", "曹云帆", "姚丹青")
ROOMS = ("301", "302", "303", "205", "206", "档案室", "会议室")
COUNT = 110


def tell(scene: Scene) -> None:
    """Cards; last year's stocktake and match; this year's, half done."""
    cards = [_card(scene, number) for number in range(COUNT)]
    records.create_many(
        AssetCard, cards, by=scene.clerk, action="asset_card.imported", note="资产系统导出.xlsx"
    )
    last = _stocktake(scene, cards, "上一年度资产盘点", 300, COUNT)
    take(STOCKTAKES, last, "close", {}, scene.clerk)
    _match(scene, cards, last)
    _stocktake(scene, cards, "本年度资产盘点", 12, 64)
    receiver = scene.people["姚丹青"]
    values = {"asset": cards[4], "receiver": receiver, "handed_on": scene.ago(40), "condition": "完好"}
    add(HANDOVERS, Handover(organ=scene.organ), values, scene.clerk)
    values = {"asset": cards[3], "repaired_on": scene.ago(70), "what": "加注制冷剂", "cost": 260_00}
    add(REPAIRS, Repair(organ=scene.organ), values, scene.clerk)


def _card(scene: Scene, number: int) -> AssetCard:
    name, category, code, model, yuan, life = THINGS[number % len(THINGS)]
    keeper = None if number in (37, 77) else scene.people[KEEPERS[number % len(KEEPERS)]]
    day = scene.ago(700 + 13 * number)
    card = AssetCard(
        organ=scene.organ,
        number=f"QX{day.year}-{number + 1:04d}",
        name=name,
        category=category,
        code=code,
        model_name=model,
        acquired_on=day,
        value=yuan * 100,
        department=keeper.department if keeper else scene.departments["办公室"],
        keeper=keeper,
        room=ROOMS[number % len(ROOMS)],
        life_years=life,
    )
    card.clean()
    return card


def _stocktake(scene: Scene, cards: list[AssetCard], title: str, days: int, seen: int) -> Any:
    values = {
        "title": title,
        "started_on": scene.ago(days),
        "due_on": scene.ago(days - 40),
        "leader": scene.people["曹云帆"],
    }
    stocktake = add(STOCKTAKES, Stocktake(organ=scene.organ), values, scene.clerk)
    at = timezone.now() - dt.timedelta(days=days - 1)
    scans = [Scanned(uuid.uuid4(), f"XH1:{card.number}", card.room, at) for card in cards[:seen]]
    take_scans(stocktake=stocktake, scans=scans, by=scene.accounts["finance"])  # type: ignore[arg-type]
    return stocktake


def _match(scene: Scene, cards: list[AssetCard], stocktake: Any) -> None:
    """Match with books in which the freight of one thing was counted too; explained and signed."""
    values = {
        "title": "上一年度账卡物核对",
        "as_of": scene.ago(290),
        "stocktake": stocktake,
        "accountant": scene.people["曹云帆"],
    }
    made: Any = add(MATCHES, Match(organ=scene.organ), values, scene.clerk)
    lines = [
        AccountLine(
            organ=scene.organ,
            match=made,
            number=card.account_number,
            name=card.name,
            value=(card.value or 0) + (120_00 if place == 7 else 0),
        )
        for place, card in enumerate(cards)
    ]
    records.create_lines(lines, by=scene.clerk, action="account_line.imported", label="资产账.xlsx")
    match(found=made, by=scene.clerk)
    for difference in made.differences.select_related("organ"):
        values = {"explanation": "账上含运费120元，卡片未计，已更正。"}
        store(DIFFERENCES, difference, values, scene.clerk, difference.version)
    made = Match.objects.select_related("organ").get(pk=made.pk)
    asked = decisions.ask(MATCH_SIGNING, about=made, reason="账、卡、物相符，差异1处已更正。", by=scene.clerk)
    for username in ("leader2", "head"):
        decisions.agree(decision=asked, opinion="同意", by=scene.accounts[username])

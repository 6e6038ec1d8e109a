"""What must not happen to assets."""

from typing import TypeAlias

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.ledger.controls import Control, Parameters, Severity, declare
from xiaohao.registers.assets.models import AssetCard, Difference, Stocktake

GROUP = gettext_lazy("固定资产")
Cards: TypeAlias = QuerySet[AssetCard]
State = AssetCard.State


def without_keeper(cards: Cards, _parameters: Parameters) -> Cards:
    """In the house, and nobody answers for it."""
    return cards.filter(keeper=None).exclude(state=State.DISPOSED)


def keeper_left(cards: Cards, parameters: Parameters) -> Cards:
    """The keeper has left the organ and did not hand it over."""
    return cards.filter(keeper__left_on__lte=parameters.today).exclude(state=State.DISPOSED)


def disposed_without_decision(cards: Cards, _parameters: Parameters) -> Cards:
    """Disposed of, and no meeting decided it."""
    return cards.filter(state=State.DISPOSED, decision=None)


def never_counted(cards: Cards, parameters: Parameters) -> Cards:
    """Nothing was counted within the year: one hit, on the first card of the organ."""
    before = parameters.days_ago(parameters.number("assets.stocktake_days"))
    recent = Stocktake.objects.filter(organ=OuterRef("organ"), started_on__gte=before)
    earlier = AssetCard.objects.filter(organ=OuterRef("organ"), pk__lt=OuterRef("pk"))
    return cards.filter(~Exists(recent), ~Exists(earlier), acquired_on__lt=before)


def stocktake_late(stocktakes: "QuerySet[Stocktake]", parameters: Parameters) -> "QuerySet[Stocktake]":
    """Begun and not finished by its day."""
    return stocktakes.filter(state=Stocktake.State.OPEN, due_on__lt=parameters.today)


def difference_open(differences: "QuerySet[Difference]", parameters: Parameters) -> "QuerySet[Difference]":
    """Found longer ago than the days allowed, and nobody says why."""
    before = parameters.days_ago(parameters.number("assets.difference_days"))
    return differences.filter(state=Difference.State.OPEN, found_on__lt=before)


declare(
    Control(
        key="assets.without_keeper",
        title=gettext_lazy("资产没有保管人"),
        basis=gettext_lazy("行政事业性国有资产管理条例第十五条"),
        severity=Severity.BREACH,
        model=AssetCard,
        breaks=without_keeper,
        sentence=lambda card: _("%(card)s 没有保管人，请明确并办理交接") % {"card": card},
        group=GROUP,
        related=("department",),
    )
)
declare(
    Control(
        key="assets.keeper_left",
        title=gettext_lazy("保管人已离开没有交接"),
        basis=gettext_lazy("行政事业性国有资产管理条例第十五条"),
        severity=Severity.BREACH,
        model=AssetCard,
        breaks=keeper_left,
        sentence=lambda card: (
            _("%(card)s 的保管人%(keeper)s已离开，请办理交接") % {"card": card, "keeper": card.keeper}
        ),
        group=GROUP,
        related=("department", "keeper"),
    )
)
declare(
    Control(
        key="assets.disposed_without_decision",
        title=gettext_lazy("处置资产没有集体决定"),
        basis=gettext_lazy("行政事业性国有资产管理条例第十九条、第五十三条"),
        severity=Severity.BREACH,
        model=AssetCard,
        breaks=disposed_without_decision,
        sentence=lambda card: _("%(card)s 已处置，没有集体决定的议题，请补充") % {"card": card},
        group=GROUP,
        related=("department",),
    )
)
declare(
    Control(
        key="assets.no_stocktake",
        title=gettext_lazy("一年没有盘点"),
        basis=gettext_lazy("行政事业性国有资产管理条例第三十四条"),
        severity=Severity.BREACH,
        model=AssetCard,
        breaks=never_counted,
        sentence=lambda _card: _("超过一年没有盘点固定资产，请开始盘点"),
        group=GROUP,
        related=("department",),
        by_itself=False,
    )
)
declare(
    Control(
        key="assets.stocktake_late",
        title=gettext_lazy("盘点没有按期完成"),
        basis=gettext_lazy("本单位资产管理办法"),
        severity=Severity.WARNING,
        model=Stocktake,
        breaks=stocktake_late,
        sentence=lambda stocktake: (
            _("“%(title)s”应在 %(due)s 以前完成") % {"title": stocktake.title, "due": stocktake.due_on}
        ),
        group=GROUP,
        department=lambda stocktake: stocktake.leader.department,
        related=("leader__department",),
    )
)
declare(
    Control(
        key="assets.difference_open",
        title=gettext_lazy("账卡物差异没有说明"),
        basis=gettext_lazy("行政事业性国有资产管理条例第三十四条"),
        severity=Severity.WARNING,
        model=Difference,
        breaks=difference_open,
        sentence=lambda difference: (
            _("%(difference)s %(day)s 发现，还没有说明原因")
            % {"difference": difference, "day": difference.found_on}
        ),
        group=GROUP,
        department=lambda difference: difference.match.accountant.department,
        related=("match__accountant__department",),
    )
)

from xiaohao.registers.assets.models.cards import AssetCard, Category, Handover, Repair
from xiaohao.registers.assets.models.matching import AccountLine, Difference, Match
from xiaohao.registers.assets.models.stocktake import Scan, Stocktake, StocktakeLine, Surplus

__all__ = [
    "AccountLine",
    "AssetCard",
    "Category",
    "Difference",
    "Handover",
    "Match",
    "Repair",
    "Scan",
    "Stocktake",
    "StocktakeLine",
    "Surplus",
]

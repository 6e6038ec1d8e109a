"""The registers around assets."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xiaohao.core.audit_words import name_actions
from xiaohao.core.models import Account
from xiaohao.ledger.register import Ask, Charge, Due, Part, Register, declare
from xiaohao.ledger.workflow import Step, Workflow
from xiaohao.ledger.workflow import declare as declare_workflow
from xiaohao.registers.assets import access
from xiaohao.registers.assets.decisions import DISPOSAL, MATCH_SIGNING, DisposalForm, SigningForm
from xiaohao.registers.assets.models import (
    AccountLine,
    AssetCard,
    Difference,
    Handover,
    Match,
    Repair,
    Stocktake,
    StocktakeLine,
    Surplus,
)
from xiaohao.registers.assets.services import create_handover, create_stocktake

Open = Stocktake.State.OPEN
STOCKTAKE_WORKFLOW = declare_workflow(
    Workflow(
        key="stocktake",
        label=_("资产盘点"),
        states=Stocktake.State,
        first=Open,
        steps=(
            Step(
                "close",
                _("结束盘点"),
                (Open,),
                Stocktake.State.CLOSED,
                _("盘点负责人"),
                also=lambda _round, _given, _by: {"closed_on": timezone.localdate()},
            ),
        ),
        final=frozenset({Stocktake.State.CLOSED}),
    )
)


def _progress(_account: Account, stocktake: Stocktake) -> Mapping[str, Any]:
    """Give the page of a round how far it has come, whole and by room."""
    counts = Count("pk"), Count("pk", filter=~Q(result=StocktakeLine.Result.OPEN))
    rooms = stocktake.lines.order_by("room").values("room").annotate(all=counts[0], seen=counts[1])
    rows = list(rooms[:300])
    return {
        "rooms": [
            (row, f"{reverse('stocktakes_room', args=[stocktake.pk])}?room={row['room']}") for row in rows
        ],
        "seen": sum(row["seen"] for row in rows),
        "all": sum(row["all"] for row in rows),
        "list_address": reverse("stocktakes_list", args=[stocktake.pk]),
        "scan_address": reverse("stocktakes_scan", args=[stocktake.pk]),
        "running": stocktake.state == Open,
    }


def _matching(account: Account, match: Match) -> Mapping[str, Any]:
    """Give the page of a match its button."""
    may = match.organ_id == account.organ.pk and account.holds(*access.CHANGE_MATCHES.roles)
    open_match = match.state == Match.State.OPEN
    return {"match_address": reverse("asset-matches_run", args=[match.pk]) if may and open_match else ""}


ASSETS = declare(
    Register(
        key="assets",
        charge=Charge("keeper", ~Q(state=AssetCard.State.DISPOSED)),
        model=AssetCard,
        title=access.TITLE,
        add_label=_("登记资产卡片"),
        empty=_("还没有资产卡片。可以下载模板，从资产系统导出后一次导入。"),
        purpose=_("资产卡片、保管交接、处置审批、扫码盘点，账、卡、物三相符。"),
        basis=_("行政事业性国有资产管理条例（国令第738号）"),
        columns=("number", "name", "category", "value", "department", "keeper", "room", "state"),
        fields=(
            "number",
            "name",
            "category",
            "code",
            "model_name",
            "serial",
            "source",
            "acquired_on",
            "value",
            "account_number",
            "department",
            "keeper",
            "room",
            "life_years",
        ),
        facts=(
            "category",
            "code",
            "model_name",
            "serial",
            "source",
            "acquired_on",
            "value",
            "account_number",
            "department",
            "keeper",
            "room",
            "life_years",
            "disposed_on",
            "disposal",
            "decision",
        ),
        filters=("category", "state", "department", "keeper", "acquired_on"),
        search=("number", "name", "serial", "room"),
        identity=("number",),
        example={
            "number": "QX2021-00",
            "name": "台式计算机",
            "category": "A02 设备",
            "code": "A02010105",
            "model_name": "启天 M430",
            "source": "购置",
            "acquired_on": "2021-06-18",
            "value": "4680.00",
            "department": "办公室",
            "keeper": "曹云帆",
            "room": "301",
            "state": "在用",
            "life_years": "6",
        },
        view=access.VIEW,
        change=access.CHANGE,
        order="number",
        related=("department", "keeper"),
        asks=(Ask(DISPOSAL, DisposalForm),),
        parts=(Part("asset-handovers", "asset"), Part("asset-repairs", "asset")),
        list_links=(
            (access.STOCKTAKES, "stocktakes"),
            (access.MATCHES, "asset-matches"),
            (_("打印标签"), "assets_labels"),
        ),
        responsible=lambda card: [card.keeper] if card.keeper else [],
    )
)
HANDOVERS = declare(
    Register(
        key="asset-handovers",
        model=Handover,
        title=_("资产交接"),
        add_label=_("交接"),
        empty=_("没有交接过。"),
        on_shelf=False,
        columns=("asset", "giver", "receiver", "handed_on", "room"),
        fields=("asset", "receiver", "handed_on", "room", "condition"),
        facts=("asset", "giver", "receiver", "handed_on", "room", "condition"),
        filters=("receiver", "handed_on"),
        search=("asset__number", "condition"),
        example={
            "asset": "QX2021-009",
            "receiver": "何田",
            "handed_on": "2026-03-05",
            "room": "305",
            "condition": "完好",
        },
        view=access.VIEW,
        change=access.CHANGE,
        may_change=lambda _account, _handover: False,
        related=("asset", "giver", "receiver"),
        create=create_handover,
        changed=lambda handover: (handover.asset,),
        responsible=lambda handover: [handover.receiver],
    )
)
REPAIRS = declare(
    Register(
        key="asset-repairs",
        model=Repair,
        title=_("资产维修"),
        add_label=_("登记维修"),
        empty=_("没有维修过。"),
        on_shelf=False,
        columns=("what", "asset", "repaired_on", "cost"),
        fields=("asset", "repaired_on", "what", "cost"),
        filters=("repaired_on",),
        search=("what",),
        example={"asset": "QX2021-009", "repaired_on": "2026-03-05", "what": "更换硬盘", "cost": "350.00"},
        view=access.VIEW,
        change=access.CHANGE,
        related=("asset",),
    )
)
STOCKTAKES = declare(
    Register(
        key="stocktakes",
        model=Stocktake,
        title=access.STOCKTAKES,
        add_label=_("开始盘点"),
        empty=_("还没有盘点。开始时固定账面，之后用手机扫标签，或者按房间勾选。"),
        on_shelf=False,
        columns=("title", "started_on", "due_on", "leader", "state", "card_count"),
        fields=("title", "started_on", "due_on", "leader"),
        facts=("started_on", "due_on", "leader", "closed_on", "card_count", "card_value"),
        filters=("state", "started_on"),
        search=("title",),
        example={
            "title": "2026年度盘点",
            "started_on": "2026-03-05",
            "due_on": "2026-04-30",
            "leader": "曹云帆",
        },
        view=access.VIEW_STOCKTAKES,
        change=access.CHANGE_STOCKTAKES,
        order="-started_on",
        related=("leader",),
        workflow=STOCKTAKE_WORKFLOW,
        create=create_stocktake,
        item_template="registers/stocktake.html",
        beside=_progress,
        dues=(Due("finish", _("完成资产盘点"), Q(state=Open), "leader", "due_on"),),
        list_links=((_("盘点明细"), "stocktake-lines"), (_("盘盈资产"), "stocktake-surpluses")),
        responsible=lambda stocktake: [stocktake.leader],
    )
)
STOCKTAKE_LINES = declare(
    Register(
        key="stocktake-lines",
        model=StocktakeLine,
        title=_("盘点明细"),
        add_label=_("增加明细"),
        empty=_("开始盘点后，账面上的每件资产都列在这里。"),
        on_shelf=False,
        may_add=False,
        columns=("number", "name", "room", "keeper_name", "result", "seen_room", "stocktake"),
        fields=("remark",),
        facts=(
            "stocktake",
            "asset",
            "room",
            "keeper_name",
            "value",
            "result",
            "seen_room",
            "seen_at",
            "remark",
        ),
        filters=("result", "stocktake"),
        search=("number", "name", "room"),
        example={
            "stocktake": "2026年度盘点",
            "asset": "QX2021-009",
            "number": "QX2021-00",
            "name": "台式计算机",
            "room": "301",
            "value": "4680.00",
        },
        view=access.VIEW_STOCKTAKES,
        change=access.CHANGE_STOCKTAKES,
        order="number",
        related=("stocktake", "asset"),
    )
)
SURPLUSES = declare(
    Register(
        key="stocktake-surpluses",
        model=Surplus,
        title=_("盘盈资产"),
        add_label=_("登记盘盈"),
        empty=_("没有盘盈。"),
        on_shelf=False,
        columns=("code", "stocktake", "room", "remark"),
        fields=("stocktake", "code", "room", "remark"),
        filters=("stocktake",),
        search=("code", "room"),
        example={"stocktake": "2026年度盘点", "code": "无标签办公椅", "room": "303"},
        view=access.VIEW_STOCKTAKES,
        change=access.CHANGE_STOCKTAKES,
        related=("stocktake",),
    )
)
MATCHES = declare(
    Register(
        key="asset-matches",
        model=Match,
        title=access.MATCHES,
        add_label=_("开始核对"),
        empty=_("还没有核对。先导入财务的资产账，再与卡片、盘点结果三方核对。"),
        on_shelf=False,
        columns=("title", "as_of", "stocktake", "account_value", "card_value", "state"),
        fields=("title", "as_of", "stocktake", "accountant"),
        facts=(
            "as_of",
            "stocktake",
            "accountant",
            "matched_on",
            "account_value",
            "card_value",
            "signed_on",
            "conclusion",
        ),
        filters=("state", "as_of"),
        search=("title",),
        example={"title": "2026年上半年核对", "as_of": "2026-06-30", "accountant": "曹云帆"},
        view=access.VIEW_MATCHES,
        change=access.CHANGE_MATCHES,
        order="-as_of",
        related=("stocktake", "accountant"),
        asks=(Ask(MATCH_SIGNING, SigningForm),),
        parts=(Part("asset-differences", "match"), Part("account-lines", "match")),
        item_template="registers/asset_match.html",
        beside=_matching,
        may_change=lambda _account, match: match.state == Match.State.OPEN,
        responsible=lambda match: [match.accountant],
    )
)
ACCOUNT_LINES = declare(
    Register(
        key="account-lines",
        model=AccountLine,
        title=_("资产账"),
        add_label=_("登记资产账"),
        empty=_("还没有导入资产账。"),
        on_shelf=False,
        columns=("number", "name", "quantity", "value", "match"),
        fields=("match", "number", "name", "quantity", "value"),
        filters=("match",),
        search=("number", "name"),
        identity=("number", "match"),
        example={
            "match": "2026年上半年核对",
            "number": "QX2021-00",
            "name": "台式计算机",
            "quantity": "1",
            "value": "4680.00",
        },
        view=access.VIEW_MATCHES,
        change=access.CHANGE_MATCHES,
        order="number",
        related=("match",),
        by_lines=True,
    )
)
DIFFERENCES = declare(
    Register(
        key="asset-differences",
        model=Difference,
        title=_("账卡物差异"),
        add_label=_("登记差异"),
        empty=_("没有差异，账、卡、物相符。"),
        on_shelf=False,
        may_add=False,
        columns=(
            "number",
            "kind",
            "name",
            "account_value",
            "card_value",
            "detail",
            "state",
            "explanation",
            "match",
        ),
        fields=("explanation",),
        facts=(
            "match",
            "kind",
            "name",
            "account_value",
            "card_value",
            "detail",
            "found_on",
            "state",
            "explanation",
        ),
        filters=("kind", "state", "match"),
        search=("number", "name"),
        example={
            "match": "2026年上半年核对",
            "kind": "有账无卡",
            "number": "QX2021-00",
            "found_on": "2026-07-01",
        },
        view=access.VIEW_MATCHES,
        change=access.CHANGE_MATCHES,
        order="number",
        related=("match",),
        may_change=lambda _account, difference: difference.match.state == Match.State.OPEN,
        responsible=lambda difference: [difference.match.accountant],
    )
)
name_actions(
    {
        "asset_card.handed_over": _("资产交接"),
        "asset_card.disposed": _("资产处置"),
        "stocktake_line.frozen": _("固定账面"),
        "stocktake_line.seen": _("盘到资产"),
        "asset_match.matched": _("三方核对"),
        "asset_match.signed": _("账卡物核对签字完成"),
        "asset_difference.gone": _("差异消除"),
        "asset_difference.back": _("差异再次出现"),
    }
)
